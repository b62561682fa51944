"""Taking a case in hand, opening its words, putting it back. Two moderators never work on one case."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ...models import Case, Claim
from .. import locks, selectors
from ..care import Need
from ..errors import AlreadyTaken, EnoughForToday, HandsFull, MustRest, NotOpen, NotTrained, NotYours, SameReader

#: So long something stays in hand; then it is free for others. Reading, thinking and a kind word fit in.
IN_HAND = timedelta(minutes=15)


@transaction.atomic(durable=True)
def claim_case(*, public_id: UUID, moderator: User, now: datetime | None = None) -> Claim:
    """Take a case from the queue, or hold on to it a while longer.

    What is not covered counts as opened at once. The lock lets one after the other look; the database's constraints
    (one live claim for a case, and for a moderator) refuse what would slip by.
    Raises NotOpen, NotTrained, MustRest, EnoughForToday, SameReader, AlreadyTaken, HandsFull.
    """
    now = now or timezone.now()
    case = locks.locked_case(public_id)
    if not case.is_open:
        raise NotOpen
    _check_moderator(case, moderator, now)
    _end_expired(now)
    live = Claim.objects.filter(case=case, ended_at=None).first()
    if live is not None and live.moderator_id != moderator.pk:
        raise AlreadyTaken
    if live is not None:
        return _held_longer(live, now)
    return _new_claim(case, moderator, now)


@transaction.atomic(durable=True)
def open_words(*, public_id: UUID, moderator: User, now: datetime | None = None) -> Claim:
    """Open the covered words of a case in hand: from then on it counts as a hard one. Raises NotYours."""
    now = now or timezone.now()
    claim = claim_in_hand(locks.locked_case(public_id), moderator, now)
    if claim.opened_at is None:
        claim.opened_at = now
        claim.save(update_fields=["opened_at"])
    return claim


@transaction.atomic(durable=True)
def put_back(*, public_id: UUID, moderator: User, now: datetime | None = None) -> None:
    """Give a case back to the queue, for whatever reason: none is asked. Raises NotYours."""
    now = now or timezone.now()
    claim = claim_in_hand(locks.locked_case(public_id), moderator, now)
    claim.ended_at = now
    claim.save(update_fields=["ended_at"])


def claim_in_hand(case: Case, moderator: User, now: datetime) -> Claim:
    """Return the moderator's claim that runs, locked. Raises NotYours."""
    claim = locks.live_claim(case, moderator)
    if claim is None or claim.expires_at <= now:
        raise NotYours
    return claim


def _check_moderator(case: Case, moderator: User, now: datetime) -> None:
    if not selectors.is_trained(moderator, timezone.localdate(now)):
        raise NotTrained
    if selectors.running_rest(moderator) is not None:
        raise MustRest
    state = selectors.care_state(moderator, now)
    if state.need is Need.REQUIRED and not selectors.has_in_hand(moderator, case, now):
        raise MustRest
    if case.is_hard and state.has_seen_enough_today:
        raise EnoughForToday
    appeal = locks.appeal_of(case)
    if appeal is not None and appeal.first_reader_id == moderator.pk:
        raise SameReader


def _end_expired(now: datetime) -> None:
    """End what was in hand too long, whoever's it was, so that it is free before the constraints are asked."""
    expired = Claim.objects.select_for_update(skip_locked=True).filter(ended_at=None, expires_at__lte=now)
    for claim in expired:
        claim.ended_at = claim.expires_at
        claim.save(update_fields=["ended_at"])


def _held_longer(claim: Claim, now: datetime) -> Claim:
    claim.expires_at = now + IN_HAND
    claim.save(update_fields=["expires_at"])
    return claim


def _new_claim(case: Case, moderator: User, now: datetime) -> Claim:
    if Claim.objects.filter(moderator=moderator, ended_at=None).exists():
        raise HandsFull
    try:
        with transaction.atomic():
            return Claim.objects.create(
                case=case,
                moderator=moderator,
                claimed_at=now,
                expires_at=now + IN_HAND,
                opened_at=None if case.is_hard else now,
            )
    except IntegrityError as refused:
        raise HandsFull if "a_moderator" in str(refused) else AlreadyTaken from refused
