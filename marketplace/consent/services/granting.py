"""Agreeing to a disclosure, asking for one, answering, and switching it off. Every step is a new row of the ledger."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.models import Child

from .. import locks, rules, selectors
from ..enums import ConsentEventKind, ConsentState, DataItem, GivenAs, GranteeKind, Purpose
from ..errors import (
    AlreadyAnswered,
    AlreadyAsked,
    AskedBeforeBirthday,
    AskedRecently,
    ConsentNotFound,
    EndsTooSoon,
    LastsTooLong,
    NoReachForRole,
    NothingChosen,
    NotYourOrganisation,
    NotYoursToDecide,
)
from ..models import Consent, ConsentEvent
from ..registry import grantees_for
from ..texts import TEXT_VERSION
from . import telling

LONGEST = timedelta(days=366)
#: After a "no" the same organisation may not ask for the same purpose again for this long.
REST_AFTER_NO = timedelta(days=30)


def grant_consent(
    *,
    child: Child,
    grantee_kind: GranteeKind,
    grantee_id: UUID,
    grantee_label: str,
    items: Collection[DataItem],
    records: Collection[UUID] = (),
    purpose: Purpose,
    until: datetime,
    given_by: User,
) -> Consent:
    """Agree that somebody may see items of a child until a moment; where two must agree, the other one is asked.

    Raises NotYoursToDecide, NothingChosen, EndsTooSoon, LastsTooLong (over a year).
    """
    now = timezone.now()
    needs = rules.agreements_needed(child.born_on, timezone.localdate(now), purpose)
    given_as = rules.capacity(given_by, child, timezone.localdate(now))
    if given_as is None or given_as not in needs:
        raise NotYoursToDecide
    with transaction.atomic():
        consent = _write(child, grantee_kind, grantee_id, grantee_label, items, records, purpose, until, now)
        _add_event(consent, ConsentEventKind.GRANTED, given_as, given_by, now)
        if len(needs) > 1:
            telling.tell_waiting(consent, besides=given_by)
    return consent


def propose_consent(
    *,
    child: Child,
    grantee_kind: GranteeKind,
    grantee_id: UUID,
    grantee_label: str,
    items: Collection[DataItem],
    records: Collection[UUID] = (),
    purpose: Purpose,
    until: datetime,
    proposed_by: User,
) -> Consent:
    """Ask the family to agree. Nothing opens before they do, and no answer is never a yes.

    Raises NotYourOrganisation, NoReachForRole, AlreadyAsked, AskedRecently, and what `grant_consent` raises about items
    and time.
    """
    now = timezone.now()
    _check_proposer(child, grantee_kind, grantee_id, set(items), proposed_by)
    with transaction.atomic():
        locks.child(child.pk).get()
        _check_not_pestering(child, grantee_id, purpose, now)
        consent = _write(child, grantee_kind, grantee_id, grantee_label, items, records, purpose, until, now)
        ConsentEvent.objects.create(consent=consent, kind=ConsentEventKind.PROPOSED, by=proposed_by, at=now)
        telling.tell_waiting(consent, besides=proposed_by)
    return consent


def answer_proposal(*, consent_id: UUID, answered_by: User, agrees: bool) -> Consent:
    """Say yes or no to what somebody asks for; one "no" ends it.

    Raises ConsentNotFound, NotYoursToDecide, AlreadyAnswered, AskedBeforeBirthday.
    """
    with transaction.atomic():
        consent, given_as, now = _decide_on(consent_id, answered_by)
        if rules.state_of(consent, now) != ConsentState.WAITING or given_as not in rules.still_needed(consent):
            raise AlreadyAnswered
        day = timezone.localdate(now)
        if rules.agreements_needed(consent.child.born_on, day, Purpose(consent.purpose)) != consent.needs:
            raise AskedBeforeBirthday
        kind = ConsentEventKind.GRANTED if agrees else ConsentEventKind.DECLINED
        _add_event(consent, kind, given_as, answered_by, now)
    return consent


def revoke_consent(*, consent_id: UUID, revoked_by: User) -> Consent:
    """Switch a consent off: from the commit on, the next look is refused. Doing it twice is doing it once.

    Raises ConsentNotFound, NotYoursToDecide.
    """
    with transaction.atomic():
        consent = locks.consent(consent_id).first()
        now = timezone.now()
        if consent is None:
            raise ConsentNotFound
        if not rules.may_revoke(
            revoked_by, consent, rules.capacity(revoked_by, consent.child, timezone.localdate(now))
        ):
            raise NotYoursToDecide
        if rules.state_of(consent, now) in {ConsentState.IN_FORCE, ConsentState.COMING, ConsentState.WAITING}:
            is_own = consent.child.account_id == revoked_by.pk
            given_as = GivenAs.TEEN if is_own else GivenAs.GUARDIAN
            _add_event(consent, ConsentEventKind.REVOKED, given_as, revoked_by, now)
    return consent


def _decide_on(consent_id: UUID, user: User) -> tuple[Consent, GivenAs, datetime]:
    now = timezone.now()
    consent = locks.consent(consent_id).first()
    if consent is None:
        raise ConsentNotFound
    given_as = rules.capacity(user, consent.child, timezone.localdate(now))
    if given_as is None or given_as not in consent.needs:
        raise NotYoursToDecide
    return consent, given_as, now


def _write(
    child: Child,
    grantee_kind: GranteeKind,
    grantee_id: UUID,
    grantee_label: str,
    items: Collection[DataItem],
    records: Collection[UUID],
    purpose: Purpose,
    until: datetime,
    now: datetime,
) -> Consent:
    if not items:
        raise NothingChosen
    if until > now + LONGEST:
        raise LastsTooLong
    day = timezone.localdate(now)
    needs = rules.agreements_needed(child.born_on, day, purpose)
    valid_until = rules.last_moment(child.born_on, until, needs)
    if valid_until <= now:
        raise EndsTooSoon
    return Consent.objects.create(
        child=child,
        grantee_kind=grantee_kind,
        grantee_id=grantee_id,
        grantee_label=grantee_label[:120],
        items=sorted({DataItem(item).value for item in items}, key=DataItem.values.index),
        records=sorted(set(records)),
        purpose=purpose,
        valid_from=now,
        valid_until=valid_until,
        needs=needs,
        text_version=TEXT_VERSION,
        created_at=now,
    )


def _add_event(consent: Consent, kind: ConsentEventKind, given_as: GivenAs, by: User, at: datetime) -> None:
    ConsentEvent.objects.create(consent=consent, kind=kind, given_as=given_as, by=by, at=at)


def _check_proposer(
    child: Child, grantee_kind: GranteeKind, grantee_id: UUID, items: set[DataItem], proposed_by: User
) -> None:
    """A guardian asks for itself; an organisation's people ask for it, about children they serve."""
    if grantee_kind == GranteeKind.PERSON:
        if grantee_id != proposed_by.public_id or not rules.is_full_guardian(proposed_by, child):
            raise NotYourOrganisation
        return
    seen = selectors.disclosures(viewer=proposed_by, children=[child], purpose=Purpose.CARE)
    is_member = any(membership.organisation_id == grantee_id for membership in seen.memberships)
    if not is_member or not seen.may_see(child, DataItem.PROFILE):
        raise NotYourOrganisation
    known = next((grantee for grantee in grantees_for(child) if grantee.id == grantee_id), None)
    if known is None or not items <= set(known.items):
        raise NoReachForRole


def _check_not_pestering(child: Child, grantee_id: UUID, purpose: Purpose, now: datetime) -> None:
    """Nobody is asked the same thing twice: not while a question is open, not for a month after a no."""
    asked = Consent.objects.filter(
        child=child, grantee_id=grantee_id, purpose=purpose, events__kind=ConsentEventKind.PROPOSED
    ).prefetch_related("events")
    for consent in asked.order_by("-created_at")[:50]:
        consent.child = child
        if rules.state_of(consent, now) == ConsentState.WAITING:
            raise AlreadyAsked
        if any(e.kind == ConsentEventKind.DECLINED and e.at > now - REST_AFTER_NO for e in consent.events.all()):
            raise AskedRecently
