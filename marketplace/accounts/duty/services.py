"""Planning shifts: by a lead only."""

from datetime import datetime, timedelta

from django.db import transaction

from ..enums import Duty
from ..models import DutyShift, User
from .errors import MayNotPlan, NotTheirDuty, ShiftHasNoLength, ShiftTooLong

LONGEST_SHIFT = timedelta(hours=24)


@transaction.atomic
def plan_shift(*, user: User, duty: Duty, begins_at: datetime, ends_at: datetime, planned_by: User) -> DutyShift:
    """Put somebody on duty for a time.

    Raises:
        MayNotPlan: `planned_by` is no lead.
        NotTheirDuty: the person does not have the duty.
        ShiftHasNoLength, ShiftTooLong: the time is not between nothing and 24 hours.
    """
    if not may_plan_shifts(planned_by):
        raise MayNotPlan
    if duty not in user.duties:
        raise NotTheirDuty
    if ends_at <= begins_at:
        raise ShiftHasNoLength
    if ends_at - begins_at > LONGEST_SHIFT:
        raise ShiftTooLong
    return DutyShift.objects.create(user=user, duty=duty, begins_at=begins_at, ends_at=ends_at)


@transaction.atomic
def end_shift(*, shift: DutyShift, now: datetime, ended_by: User) -> None:
    """Take somebody off duty: a shift that has begun ends now, one that has not is taken back.

    Raises:
        MayNotPlan: `ended_by` is no lead.
    """
    if not may_plan_shifts(ended_by):
        raise MayNotPlan
    if shift.begins_at >= now:
        shift.delete()
    elif shift.ends_at > now:
        shift.ends_at = now
        shift.save(update_fields=["ends_at"])


def may_plan_shifts(user: User) -> bool:
    """Return whether a person leads our staff."""
    return user.is_active and user.is_superuser
