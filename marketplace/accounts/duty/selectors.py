"""Reads about shifts."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ..enums import Duty, Role
from ..models import DutyShift, User

#: How far back the page of shifts looks.
SHOWN_PAST = timedelta(days=7)


def is_on_duty(user: User, duty: Duty, now: datetime | None = None) -> bool:
    """Return whether a person has this duty and a shift of it now; the last moment of a shift is outside it."""
    now = now or timezone.now()
    return duty in user.duties and user.duty_shifts.filter(duty=duty, begins_at__lte=now, ends_at__gt=now).exists()


def duties_now(user: User, now: datetime | None = None) -> set[str]:
    """The duties a person is on now."""
    now = now or timezone.now()
    shifts = user.duty_shifts.filter(begins_at__lte=now, ends_at__gt=now)
    return set(shifts.values_list("duty", flat=True)) & set(user.duties)


def next_shift(user: User, duty: Duty, now: datetime | None = None) -> DutyShift | None:
    """A person's next shift of a duty that has not begun."""
    return user.duty_shifts.filter(duty=duty, begins_at__gt=now or timezone.now()).order_by("begins_at").first()


def recent_shifts(now: datetime | None = None) -> QuerySet[DutyShift]:
    """Everybody's shifts from a week ago on, the next to end first."""
    since = (now or timezone.now()) - SHOWN_PAST
    return DutyShift.objects.filter(ends_at__gt=since).select_related("user").order_by("ends_at", "pk")


def people_with(duty: Duty) -> QuerySet[User]:
    """Our staff who have this duty, on shift or not."""
    return User.objects.filter(role=Role.STAFF, is_active=True, duties__contains=[duty])


def people_for_duty() -> QuerySet[User]:
    """Our staff who have a duty at all."""
    return User.objects.filter(role=Role.STAFF, is_active=True).exclude(duties=[]).order_by("nickname", "pk")


def shift_now_or_next(duty: Duty, now: datetime | None = None) -> DutyShift | None:
    """The shift of a duty that somebody has now, else the next one to begin; None where none is planned."""
    shifts = DutyShift.objects.filter(duty=duty, ends_at__gt=now or timezone.now(), user__is_active=True)
    return shifts.filter(user__duties__contains=[duty]).order_by("begins_at", "pk").first()
