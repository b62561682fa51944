"""Providers' timetables out of the database: three queries, however many providers."""

from collections.abc import Collection
from datetime import datetime, time

from ..intervals import Interval
from ..models import HealthcareService
from ..sql import rows_of
from ..timetable import Demand, Timetable, WeeklyHours

MINUTE = 60

_HOURS = """
    SELECT provider_id, weekday, from_time, to_time, modes FROM scheduling_weeklyavailability
    WHERE provider_id = ANY(%s)
"""
_EXCEPTIONS = """
    SELECT provider_id, starts_at, ends_at, is_open FROM scheduling_availabilityexception
    WHERE provider_id = ANY(%s) AND starts_at < %s AND ends_at > %s
"""
#: Live occupancies, without those that merely a hold keeps that has ended.
_TAKEN = """
    SELECT provider_id, starts_at, busy_until FROM scheduling_occupancy occupancy
    WHERE provider_id = ANY(%s) AND is_live AND starts_at < %s AND busy_until > %s AND id <> %s
      AND (kind <> 'individual' OR NOT EXISTS (
        SELECT 1 FROM scheduling_booking booking
        WHERE booking.occupancy_id = occupancy.id AND booking.status = 'pending' AND booking.held_until <= %s
      ))
    ORDER BY starts_at
"""


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
    ids = list(timetables)
    for provider_id, weekday, from_time, to_time, modes in rows_of(_HOURS, ids):
        hours = WeeklyHours(_second_of_day(from_time), _second_of_day(to_time), frozenset(modes))
        timetables[provider_id].weekly.setdefault(weekday, []).append(hours)
    for provider_id, starts_at, ends_at, is_open in rows_of(_EXCEPTIONS, ids, end, begin):
        timetable = timetables[provider_id]
        (timetable.opened if is_open else timetable.closed).append(_interval(starts_at, ends_at))
    for provider_id, starts_at, busy_until in rows_of(_TAKEN, ids, end, begin, ignoring or 0, now):
        timetables[provider_id].taken.append(_interval(starts_at, busy_until))
    return timetables


def _second_of_day(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) * 60 + clock.second


def _interval(starts_at: datetime, ends_at: datetime) -> Interval:
    return int(starts_at.timestamp()), int(ends_at.timestamp())
