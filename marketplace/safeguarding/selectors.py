"""Who looks after somebody's safety now."""

from datetime import datetime

from django.db.models import QuerySet

from marketplace.accounts.duty.selectors import people_with
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift, User


def people_on_safety_duty(now: datetime) -> QuerySet[User]:
    """Return our staff who are on safety duty, or everybody who has that duty where nobody is on it now."""
    staff = people_with(Duty.SAFETY).order_by("pk")
    shifts = DutyShift.objects.filter(duty=Duty.SAFETY, begins_at__lte=now, ends_at__gt=now)
    on_duty = staff.filter(pk__in=shifts.values("user"))
    return on_duty if on_duty.exists() else staff
