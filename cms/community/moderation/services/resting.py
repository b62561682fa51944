"""Rests: taken, offered, required; and what a moderator learned."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ...models import CareBreak, Claim, TrainingRecord
from .. import selectors
from ..care import REST, Need
from ..enums import BreakKind
from ..errors import RestNotOver

_KINDS = {Need.NONE: BreakKind.OWN, Need.OFFERED: BreakKind.OFFERED, Need.REQUIRED: BreakKind.REQUIRED}


@transaction.atomic(durable=True)
def begin_rest(*, moderator: User, now: datetime | None = None) -> CareBreak:
    """Begin a rest; what is in hand goes back to the queue. A second one joins the first."""
    now = now or timezone.now()
    running = selectors.running_rest(moderator)
    if running is not None:
        return running
    kind = _KINDS[selectors.care_state(moderator, now).need]
    Claim.objects.filter(moderator=moderator, ended_at=None).update(ended_at=now)
    try:
        with transaction.atomic():
            return CareBreak.objects.create(moderator=moderator, kind=kind, began_at=now, until_at=now + REST)
    except IntegrityError:
        return CareBreak.objects.get(moderator=moderator, ended_at=None)


@transaction.atomic(durable=True)
def end_rest(*, moderator: User, now: datetime | None = None) -> None:
    """Come back. A required rest lasts its time. Raises RestNotOver."""
    now = now or timezone.now()
    running = CareBreak.objects.select_for_update().filter(moderator=moderator, ended_at=None).first()
    if running is None:
        return
    if running.kind == BreakKind.REQUIRED and now < running.until_at:
        raise RestNotOver
    running.ended_at = max(now, running.began_at)
    running.save(update_fields=["ended_at"])


@transaction.atomic(durable=True)
def record_training(
    *, moderator: User, course: str, completed_on: date, recorded_by: User, valid_for: timedelta = timedelta(days=365)
) -> TrainingRecord:
    """Write down that a moderator learned something; somebody else does it, and it holds for a year."""
    record, _created = TrainingRecord.objects.update_or_create(
        moderator=moderator,
        course=course,
        completed_on=completed_on,
        defaults={"valid_until": completed_on + valid_for, "recorded_by": recorded_by},
    )
    return record
