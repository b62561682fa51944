"""Reads about shifts."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..enums import ChangeState, Duty, Role
from ..models import DutyChange, DutyShift, User

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


def waiting_changes() -> QuerySet[DutyChange]:
    """Changes of duties that wait for a second person, the oldest first."""
    return DutyChange.objects.filter(state=ChangeState.ASKED).order_by("asked_at", "pk")


def changes_shown(person: User | None = None) -> QuerySet[DutyChange]:
    """Changes with everybody named in them, the newest first; of one person only if asked."""
    found = DutyChange.objects.select_related("person", "asked_by", "decided_by")
    return found.filter(person=person) if person else found


def colleagues(words: str = "", duty: str = "") -> QuerySet[User]:
    """Our staff by name, e-mail or the end of a phone number, and by duty; those who left come last."""
    found = User.objects.filter(role=Role.STAFF)
    if words := words.strip():
        found = found.filter(Q(nickname__icontains=words) | Q(email__istartswith=words) | _phone_ends(words))
    if duty in Duty.values:
        found = found.filter(duties__contains=[duty])
    return found.order_by("-is_active", "nickname", "pk")


def _phone_ends(words: str) -> Q:
    return Q(phone__endswith=words) if words.isdigit() and len(words) >= 4 else Q(pk=None)
