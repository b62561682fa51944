"""When a provider works. What is booked already stays booked, whatever the hours become."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from ..enums import Mode
from ..errors import HoursInvalid, HoursOverlap, NotYourPlace
from ..locks import lock_provider
from ..models import AvailabilityException, Location, Provider, WeeklyAvailability
from .places import announce


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """One stretch of a week in Shanghai time; weekday as in `date.weekday()`, no modes means all, no location any."""

    weekday: int
    from_time: time
    to_time: time
    modes: tuple[Mode | str, ...] = ()
    location_id: int | None = None


@transaction.atomic(durable=True)
def set_weekly_availability(*, provider: Provider, hours: Sequence[WorkingHours]) -> list[WeeklyAvailability]:
    """Replace a provider's weekly hours.

    Raises:
        HoursInvalid: a stretch ends before it begins.
        HoursOverlap: two stretches of a day overlap.
        NotYourPlace: a stretch lies at a location of another partner.
    """
    _refuse_muddled(hours)
    _refuse_strange_places(provider, {stretch.location_id for stretch in hours})
    lock_provider(provider.pk)
    provider.weekly_availability.all().delete()
    rows = WeeklyAvailability.objects.bulk_create(_row(provider, stretch) for stretch in hours)
    announce([provider.pk])
    return rows


@transaction.atomic(durable=True)
def add_weekly_hours(*, provider: Provider, stretch: WorkingHours) -> None:
    """Add one stretch to a provider's weekly hours; what others add or take away at the same time stays as they said.

    Raises: HoursInvalid, HoursOverlap, NotYourPlace, as `set_weekly_availability`.
    """
    _refuse_strange_places(provider, {stretch.location_id})
    lock_provider(provider.pk)
    rows = provider.weekly_availability.filter(weekday=stretch.weekday)
    _refuse_muddled([stretch, *(WorkingHours(row.weekday, row.from_time, row.to_time) for row in rows)])
    _row(provider, stretch).save()
    announce([provider.pk])


@transaction.atomic(durable=True)
def remove_weekly_hours(*, provider: Provider, hours_id: int) -> None:
    """Take one stretch of a provider's weekly hours away; one that is gone already is no error."""
    lock_provider(provider.pk)
    provider.weekly_availability.filter(pk=hours_id).delete()
    announce([provider.pk])


def _row(provider: Provider, stretch: WorkingHours) -> WeeklyAvailability:
    return WeeklyAvailability(
        provider=provider,
        weekday=stretch.weekday,
        from_time=stretch.from_time,
        to_time=stretch.to_time,
        modes=list(stretch.modes),
        location_id=stretch.location_id,
    )


def _refuse_muddled(hours: Collection[WorkingHours]) -> None:
    previous: WorkingHours | None = None
    for stretch in sorted(hours, key=lambda stretch: (stretch.weekday, stretch.from_time)):
        if stretch.from_time >= stretch.to_time:
            raise HoursInvalid
        if previous and previous.weekday == stretch.weekday and stretch.from_time < previous.to_time:
            raise HoursOverlap
        previous = stretch


def _refuse_strange_places(provider: Provider, location_ids: set[int | None]) -> None:
    named = {pk for pk in location_ids if pk is not None}
    if named and provider.partner.locations.filter(pk__in=named).count() < len(named):
        raise NotYourPlace


@transaction.atomic(durable=True)
def set_working_rules(
    *,
    provider: Provider,
    keeps_holidays: bool,
    shifted_days_as: int | None,
    sessions_per_day: int | None,
    sessions_per_week: int | None,
) -> Provider:
    """Say whether a provider rests on statutory holidays, which weekday's hours count on a weekend worked in exchange
    (None: it stays a weekend), and how many sessions they take at most a day and a week (None: no limit).
    """
    lock_provider(provider.pk)
    provider.keeps_holidays, provider.shifted_days_as = keeps_holidays, shifted_days_as
    provider.sessions_per_day, provider.sessions_per_week = sessions_per_day, sessions_per_week
    provider.save(update_fields=["keeps_holidays", "shifted_days_as", "sessions_per_day", "sessions_per_week"])
    announce([provider.pk])
    return provider


@transaction.atomic(durable=True)
def add_exception(
    *,
    provider: Provider,
    starts_at: datetime,
    ends_at: datetime,
    is_open: bool = False,
    reason: str = "",
    location: Location | None = None,
) -> AvailabilityException:
    """Close a stretch of a provider's time, or open it beyond the weekly hours; opened wins over closed and holidays.

    With a location, what is opened in person is opened there only.

    Raises:
        HoursInvalid: it ends before it begins.
        NotYourPlace: the location is another partner's.
    """
    if starts_at >= ends_at:
        raise HoursInvalid
    _refuse_strange_places(provider, {location.pk if location else None})
    lock_provider(provider.pk)
    exception = AvailabilityException.objects.create(
        provider=provider, starts_at=starts_at, ends_at=ends_at, is_open=is_open, reason=reason, location=location
    )
    announce([provider.pk])
    return exception


@transaction.atomic(durable=True)
def remove_exception(*, provider: Provider, exception_id: int) -> None:
    """Take an exception of this provider back; one that is gone already is no error."""
    lock_provider(provider.pk)
    provider.availability_exceptions.filter(pk=exception_id).delete()
    announce([provider.pk])
