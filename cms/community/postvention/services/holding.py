"""Holds: begun by the rule or a person, looked at again, ended by a person; each step is written down with a reason."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.duty.selectors import people_with
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.notifications.services import notify
from marketplace.safeguarding.services import alert_duty

from ...models import HoldEntry, HoldMode, Topic
from ..enums import HoldCause, HoldStep
from ..errors import AlreadyEnded, AlreadyHeld, ReasonNeeded
from ..surge import Reading

#: After so long a person looks whether a hold is still needed; it does not end by itself.
LOOK_AGAIN_AFTER = timedelta(hours=24)


@transaction.atomic(durable=True)
def hold_community(*, topic: Topic | None, reason: str, begun_by: User, now: datetime | None = None) -> HoldMode:
    """Turn the hold on for a topic, or for everything. Raises ReasonNeeded, AlreadyHeld."""
    if not reason.strip():
        raise ReasonNeeded
    hold = begin(topic=topic, cause=HoldCause.PERSON, begun_by=begun_by, reason=reason, now=now or timezone.now())
    if hold is None:
        raise AlreadyHeld
    return hold


@transaction.atomic(durable=True)
def confirm_hold(*, public_id: UUID, words: str, confirmed_by: User, now: datetime | None = None) -> HoldMode:
    """Say that a hold is still needed; somebody looks again a day later. Raises AlreadyEnded."""
    now = now or timezone.now()
    hold = _running(public_id)
    hold.confirmed_at = hold.confirmed_at or now
    hold.look_again_at = now + LOOK_AGAIN_AFTER
    hold.save(update_fields=["confirmed_at", "look_again_at"])
    _write(hold, HoldStep.CONFIRMED, words, confirmed_by, now)
    return hold


@transaction.atomic(durable=True)
def note_on_hold(*, public_id: UUID, words: str, written_by: User, now: datetime | None = None) -> HoldEntry:
    """Write down something for colleagues. Raises AlreadyEnded, ReasonNeeded."""
    if not words.strip():
        raise ReasonNeeded
    return _write(_running(public_id), HoldStep.NOTE, words, written_by, now or timezone.now())


@transaction.atomic(durable=True)
def end_hold(*, public_id: UUID, reason: str, ended_by: User, now: datetime | None = None) -> HoldMode:
    """End a hold, with a reason. What waits still waits for a person. Raises AlreadyEnded, ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded
    now = now or timezone.now()
    hold = _running(public_id)
    hold.ended_at, hold.ended_by = now, ended_by
    hold.save(update_fields=["ended_at", "ended_by"])
    _write(hold, HoldStep.ENDED, reason, ended_by, now)
    return hold


@transaction.atomic
def begin(
    *,
    topic: Topic | None,
    cause: str,
    now: datetime,
    theme: str = "",
    reading: Reading | None = None,
    begun_by: User | None = None,
    reason: str = "",
) -> HoldMode | None:
    """Begin a hold and tell who looks after the community and safety; None where there is one already.

    Joins the caller's transaction; of two at once the database lets one be.
    """
    hold = HoldMode(
        topic=topic,
        theme=theme,
        cause=cause,
        is_drill=cause == HoldCause.DRILL,
        seen=reading.seen if reading else 0,
        usual=round(reading.usual, 3) if reading else 0,
        first_sight_at=reading.first_at if reading else None,
        began_at=now,
        began_by=begun_by,
        look_again_at=now + LOOK_AGAIN_AFTER,
    )
    try:
        with transaction.atomic():
            hold.save()
    except IntegrityError:
        return None
    _write(hold, HoldStep.BEGAN, reason, begun_by, now)
    _tell(hold)
    return hold


@transaction.atomic(durable=True)
def remind_of_holds(*, now: datetime | None = None) -> int:
    """Tell moderators of holds nobody has looked at for a day, once a day; return of how many."""
    now = now or timezone.now()
    due = HoldMode.objects.filter(ended_at=None, look_again_at__lte=now)
    for hold in due:
        day = timezone.localdate(now)
        _tell_moderators(hold, f"again:{day}", _("特别守护已经过了一天，请看看是否还需要。"))
    return len(due)


def _running(public_id: UUID) -> HoldMode:
    hold = HoldMode.objects.select_for_update(of=("self",)).select_related("topic").get(public_id=public_id)
    if hold.ended_at is not None:
        raise AlreadyEnded
    return hold


def _write(hold: HoldMode, step: str, words: str, by: User | None, at: datetime) -> HoldEntry:
    return HoldEntry.objects.create(
        hold=hold, step=step, words=without_identity_numbers(words.strip()), written_by=by, written_at=at
    )


def _tell(hold: HoldMode) -> None:
    if hold.is_drill:
        _tell_moderators(hold, "began", _("演练：请打开特别守护页面，确认看到了。"))
        return
    _tell_moderators(hold, "began", _("社区进入特别守护，请打开页面看一看。"))
    alert_duty(
        key=f"community:hold:{hold.public_id}",
        body=_("社区进入特别守护，可能需要安全值守留意。"),
        url=reverse("community:holds"),
    )


def _tell_moderators(hold: HoldMode, what: str, body: str) -> None:
    for person in people_with(Duty.MODERATION):
        notify(
            key=f"community:hold:{hold.pk}:{what}:{person.pk}",
            recipient=person,
            subject=_("社区看护"),
            body=body,
            url=reverse("community:holds"),
        )
