"""Providers' timetables out of the database: three queries, however many providers."""

from collections.abc import Collection
from datetime import datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from ..enums import BookingStatus, OccupancyKind
from ..intervals import Interval
from ..models import AvailabilityException, Booking, HealthcareService, Occupancy, WeeklyAvailability
from ..timetable import Demand, Timetable, WeeklyHours

MINUTE = 60


def demand_of(service: HealthcareService, *, modes: tuple[str, ...], earliest: datetime, latest: datetime) -> Demand:
    """Return what a service asks of a timetable, for starts from `earliest` to `latest`, both included."""
    return Demand(
        length=service.duration_minutes * MINUTE,
        rest=service.buffer_minutes * MINUTE,
        step=service.start_interval_minutes * MINUTE,
        modes=modes,
        earliest=-int(-earliest.timestamp() // 1),
        latest=int(latest.timestamp()),
    )


def load_timetables(
    provider_ids: Collection[int],
    *,
    begin: datetime,
    end: datetime,
    now: datetime,
    ignoring: int | None = None,
) -> dict[int, Timetable]:
    """Return the timetable of each provider, complete between `begin` and `end`.

    Holds that ended before `now` count as free already. `ignoring` leaves one occupancy out: a booking that
    moves does not stand in its own way.
    """
    timetables = {provider_id: Timetable() for provider_id in provider_ids}
    if not timetables:
        return timetables
    _read_weekly_hours(timetables)
    _read_exceptions(timetables, begin, end)
    taken = live_occupancies(now=now).filter(provider__in=timetables, starts_at__lt=end, busy_until__gt=begin)
    if ignoring:
        taken = taken.exclude(pk=ignoring)
    rows = taken.order_by("starts_at").values_list("provider_id", "starts_at", "busy_until")
    for provider_id, starts_at, busy_until in rows:
        timetables[provider_id].taken.append(_interval(starts_at, busy_until))
    return timetables


def live_occupancies(*, now: datetime) -> QuerySet[Occupancy]:
    """Return the occupancies that really take time: live, and not merely kept by a hold that has ended."""
    ended_hold = Booking.objects.filter(occupancy=OuterRef("pk"), status=BookingStatus.PENDING, held_until__lte=now)
    return Occupancy.objects.filter(is_live=True).exclude(Exists(ended_hold), kind=OccupancyKind.INDIVIDUAL)


def _read_weekly_hours(timetables: dict[int, Timetable]) -> None:
    rows = WeeklyAvailability.objects.filter(provider__in=timetables).order_by("provider_id", "weekday", "from_time")
    for provider_id, weekday, from_time, to_time, modes in rows.values_list(
        "provider_id", "weekday", "from_time", "to_time", "modes"
    ):
        hours = WeeklyHours(_second_of_day(from_time), _second_of_day(to_time), frozenset(modes))
        timetables[provider_id].weekly.setdefault(weekday, []).append(hours)


def _read_exceptions(timetables: dict[int, Timetable], begin: datetime, end: datetime) -> None:
    rows = AvailabilityException.objects.filter(provider__in=timetables, starts_at__lt=end, ends_at__gt=begin)
    for provider_id, starts_at, ends_at, is_open in rows.values_list("provider_id", "starts_at", "ends_at", "is_open"):
        timetable = timetables[provider_id]
        (timetable.opened if is_open else timetable.closed).append(_interval(starts_at, ends_at))


def _second_of_day(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) * 60 + clock.second


def _interval(starts_at: datetime, ends_at: datetime) -> Interval:
    return int(starts_at.timestamp()), int(ends_at.timestamp())
