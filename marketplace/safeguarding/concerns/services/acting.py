"""What our people on duty do about a concern."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.safeguarding.enums import Level

from .. import rules
from ..enums import EventKind, Told
from ..errors import AlreadyTaken, NotOnDuty, NotTaken, ReportFirst, WordsMissing
from ..models import Concern, ConcernEvent
from ..selectors import is_keeper_now
from .guarding import concern_at_hand, steps_done
from .opening import restart_clock
from .telling import add_event, alert, page_of, tell


@transaction.atomic
def acknowledge(*, public_id: UUID, by: User, now: datetime | None = None) -> Concern:
    """Take a concern on: its clock stops. Again by the same person changes nothing.

    Raises:
        NotOnDuty, ConcernClosed: see `guarding.concern_at_hand`.
        AlreadyTaken: somebody else looks after it.
    """
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if concern.acknowledged_at:
        if concern.acknowledged_by_id != by.pk:
            raise AlreadyTaken
        return concern
    concern.acknowledged_at, concern.acknowledged_by = now, by
    concern.save(update_fields=["acknowledged_at", "acknowledged_by"])
    seconds = max(0, int((now - concern.clock_from).total_seconds()))
    add_event(concern, EventKind.ACKNOWLEDGED, at=now, by=by, seconds=seconds)
    return concern


@transaction.atomic
def release(*, public_id: UUID, by: User, now: datetime | None = None) -> Concern:
    """Take an acknowledgement back: the clock goes on from where it began, and the others are told.

    Raises:
        NotOnDuty, ConcernClosed: see `guarding.concern_at_hand`.
        NotTaken: this person does not look after it.
    """
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if not rules.is_held_by(concern, by):
        raise NotTaken
    concern.events.filter(kind=EventKind.ACKNOWLEDGED, at__gte=concern.clock_from).update(seconds=None)
    concern.acknowledged_at = concern.acknowledged_by = None
    concern.save(update_fields=["acknowledged_at", "acknowledged_by"])
    event = add_event(concern, EventKind.RELEASED, at=now, by=by)
    alert(concern, key=str(event.public_id), now=now)
    return concern


@transaction.atomic
def hand_over(*, public_id: UUID, text: str, by: User, to: User | None = None, now: datetime | None = None) -> Concern:
    """Hand a concern over with a note: to a colleague on duty, or to whoever takes it next (a new clock starts).

    Raises:
        NotOnDuty: the person, or the colleague, is not on safety duty now.
        ConcernClosed, NotTaken, WordsMissing.
    """
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if not concern.acknowledged_at:
        raise NotTaken
    if not text.strip():
        raise WordsMissing
    if to is not None and not is_keeper_now(to, now):
        raise NotOnDuty
    event = add_event(concern, EventKind.HANDED_OVER, at=now, by=by, text=text)
    if to is None:
        restart_clock(concern, now)
        concern.save()
        alert(concern, key=str(event.public_id), now=now)
    else:
        concern.acknowledged_by = to
        concern.save(update_fields=["acknowledged_by"])
        body = _("一位同事把一件事交接给你，请打开心桥看交接记录。")
        tell([to], key=f"concern:{event.public_id}", body=body, url=page_of(concern))
    return concern


@transaction.atomic
def note(*, public_id: UUID, text: str, by: User, now: datetime | None = None) -> ConcernEvent:
    """Write something down, sealed. Raises NotOnDuty, ConcernClosed, WordsMissing."""
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if not text.strip():
        raise WordsMissing
    return add_event(concern, EventKind.NOTE, at=now, by=by, text=text)


@transaction.atomic
def set_urgency(*, public_id: UUID, level: int, by: User, now: datetime | None = None) -> Concern:
    """Say how urgent a concern is, after a person has looked; the history keeps both. Raises NotOnDuty, ConcernClosed."""
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if level != concern.urgency:
        concern.urgency = Level(level)
        concern.save(update_fields=["urgency"])
        add_event(concern, EventKind.URGENCY, at=now, by=by, level=level)
    return concern


@transaction.atomic
def tell_somebody(*, public_id: UUID, told: str, text: str, by: User, now: datetime | None = None) -> ConcernEvent:
    """Note whom the desk spoke to and what was agreed. `told` is a Told; nothing is sent to anybody by this.

    Raises:
        NotOnDuty, ConcernClosed, WordsMissing.
        ReportFirst: abuse is suspected and has not been reported: nobody of the family is told before.
    """
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if not text.strip():
        raise WordsMissing
    if rules.has_to_be_reported_first(concern.kind, told, steps_done(concern)):
        raise ReportFirst
    return add_event(concern, EventKind.FAMILY_TOLD, at=now, by=by, text=text, detail=Told(told).value)
