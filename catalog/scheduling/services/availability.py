"""When a provider works. What is booked already stays booked, whatever the hours become."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from ..enums import Mode
from ..errors import HoursInvalid, HoursOverlap
from ..locks import lock_provider
from ..models import AvailabilityException, Provider, WeeklyAvailability
from .places import announce


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """One stretch of a week in Shanghai time; weekday as in `date.weekday()`, no modes means all."""

    weekday: int
    from_time: time
    to_time: time
    modes: tuple[Mode | str, ...] = ()


@transaction.atomic(durable=True)
def set_weekly_availability(*, provider: Provider, hours: Sequence[WorkingHours]) -> list[WeeklyAvailability]:
    """Replace a provider's weekly hours.

    Raises:
        HoursInvalid: a stretch ends before it begins.
        HoursOverlap: two stretches of a day overlap.
    """
    _refuse_muddled(hours)
    lock_provider(provider.pk)
    provider.weekly_availability.all().delete()
    rows = WeeklyAvailability.objects.bulk_create(
        WeeklyAvailability(
            provider=provider,
            weekday=stretch.weekday,
            from_time=stretch.from_time,
            to_time=stretch.to_time,
            modes=list(stretch.modes),
        )
        for stretch in hours
    )
    announce([provider.pk])
    return rows


def _refuse_muddled(hours: Collection[WorkingHours]) -> None:
    previous: WorkingHours | None = None
    for stretch in sorted(hours, key=lambda stretch: (stretch.weekday, stretch.from_time)):
        if stretch.from_time >= stretch.to_time:
            raise HoursInvalid
        if previous and previous.weekday == stretch.weekday and stretch.from_time < previous.to_time:
            raise HoursOverlap
        previous = stretch


@transaction.atomic(durable=True)
def add_exception(
    *, provider: Provider, starts_at: datetime, ends_at: datetime, is_open: bool = False, reason: str = ""
) -> AvailabilityException:
    """Close a stretch of a provider's time, or open it beyond the weekly hours; opened wins over closed.

    Raises HoursInvalid when it ends before it begins.
    """
    if starts_at >= ends_at:
        raise HoursInvalid
    lock_provider(provider.pk)
    exception = AvailabilityException.objects.create(
        provider=provider, starts_at=starts_at, ends_at=ends_at, is_open=is_open, reason=reason
    )
    announce([provider.pk])
    return exception


@transaction.atomic(durable=True)
def remove_exception(*, provider: Provider, exception_id: int) -> None:
    """Take an exception of this provider back; one that is gone already is no error."""
    lock_provider(provider.pk)
    provider.availability_exceptions.filter(pk=exception_id).delete()
    announce([provider.pk])
