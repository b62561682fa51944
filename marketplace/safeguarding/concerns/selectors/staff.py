"""Who has safety duty, now and next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.accounts.duty.selectors import is_on_duty, people_with, shift_now_or_next
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import DutyShift, User


@dataclass(frozen=True, slots=True)
class DeskHours:
    """Whether somebody is on duty now; `next_at` when the next shift begins, None where none is planned."""

    is_staffed: bool
    next_at: datetime | None


def desk_hours(now: datetime | None = None) -> DeskHours:
    """Return whether somebody looks now, else when somebody will: for whoever waits for an answer."""
    now = now or timezone.now()
    shift = shift_now_or_next(Duty.SAFETY, now)
    if shift is None:
        return DeskHours(is_staffed=False, next_at=None)
    is_now = shift.begins_at <= now
    return DeskHours(is_staffed=is_now, next_at=None if is_now else shift.begins_at)


def is_staffed(now: datetime) -> bool:
    """Return whether somebody is on safety duty at a moment."""
    return keepers_on_duty(now).exists()


def is_keeper_now(user: User, now: datetime | None = None) -> bool:
    """Return whether a person is one of our staff and on safety duty now."""
    return user.is_active and user.role == Role.STAFF and is_on_duty(user, Duty.SAFETY, now)


def keepers() -> "QuerySet[User]":
    """Return everybody with safety duty, on shift or not."""
    return people_with(Duty.SAFETY).order_by("pk")


def keepers_on_duty(now: datetime) -> "QuerySet[User]":
    """Return who is on safety duty at a moment."""
    shifts = DutyShift.objects.filter(duty=Duty.SAFETY, begins_at__lte=now, ends_at__gt=now)
    return keepers().filter(pk__in=shifts.values("user"))


def leads() -> "QuerySet[User]":
    """Return who leads our staff."""
    return User.objects.filter(role=Role.STAFF, is_active=True, is_superuser=True).order_by("pk")


def phone_tree(now: datetime, *, with_leads: bool) -> list[User]:
    """Return whom to call, in order: on duty, then the others with the duty, then (or where there are none) the leads."""
    everybody = list(keepers())
    on_duty = set(keepers_on_duty(now).values_list("pk", flat=True))
    tree = sorted(everybody, key=lambda person: (person.pk not in on_duty, person.pk))
    if with_leads or not tree:
        tree += [lead for lead in leads() if lead not in tree]
    return tree
