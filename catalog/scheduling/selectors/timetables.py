"""Providers' timetables out of the database: three queries, however many providers."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from ..intervals import Interval, merged
from ..models import LONGEST, HealthcareService
from ..sql import rows_of
from ..timetable import Demand, Timetable, WeeklyHours, day_of, midnight, moment_of, monday_of

MINUTE = 60

#: The hours of these weekdays, and those that may count on a shifted one.
_HOURS = """
    SELECT provider.id, keeps_holidays, shifted_days_as, sessions_per_day, sessions_per_week,
           weekday, date_part('epoch', from_time)::int, date_part('epoch', to_time)::int, modes::text, hours.location_id
    FROM scheduling_provider provider
    LEFT JOIN scheduling_weeklyavailability hours ON hours.provider_id = provider.id
      AND (hours.weekday = ANY(%s) OR hours.weekday = provider.shifted_days_as)
    WHERE provider.id = ANY(%s)
"""
_EXCEPTIONS = """
    SELECT provider_id, date_part('epoch', starts_at)::bigint, date_part('epoch', ends_at)::bigint,
           CASE WHEN is_open THEN 'open' ELSE 'closed' END, location_id
    FROM scheduling_availabilityexception
    WHERE provider_id = ANY(%s) AND starts_at < %s AND ends_at > %s
    UNION ALL
    SELECT provider_id, date_part('epoch', starts_at)::bigint, date_part('epoch', ends_at)::bigint, 'busy', NULL
    FROM scheduling_busytime
    WHERE provider_id = ANY(%s) AND starts_at < %s AND ends_at > %s
"""
#: Live occupancies, without those that merely a hold keeps that has ended; in seconds, which are written and read several
#: times faster than moments. The first bound on `busy_from` is what keeps the walk along the index short, however long ago
#: the first session was: none takes longer than LONGEST.
_TAKEN = """
    SELECT provider_id, date_part('epoch', busy_from)::bigint, date_part('epoch', busy_until)::bigint,
           CASE WHEN kind <> 'blocked' THEN date_part('epoch', starts_at)::bigint END
    FROM scheduling_occupancy
    WHERE provider_id = ANY(%s) AND is_live AND busy_from > %s AND busy_from < %s AND busy_until > %s AND id <> %s
      AND (kind <> 'individual' OR id NOT IN (
        SELECT booking.occupancy_id FROM scheduling_booking booking
        WHERE booking.status = 'pending' AND booking.held_until <= %s
      ))
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
        prepare=service.buffer_before_minutes * MINUTE,
        location_id=service.location_id,
    )


def load_timetables(
    provider_ids: Collection[int],
    *,
    begin: datetime,
    end: datetime,
    now: datetime,
    ignoring: int | None = None,
) -> dict[int, Timetable]:
    """Return the timetable of each provider, complete between `begin` and `end`. Three queries.

    Holds that ended before `now` count as free already. `ignoring` leaves one occupancy out: a booking that
    moves does not stand in its own way.
    """
    timetables = {provider_id: Timetable() for provider_id in provider_ids}
    if not timetables:
        return timetables
    ids = list(timetables)
    hours_of_all = rows_of(_HOURS, _weekdays_between(begin, end), ids)
    for provider_id, *rules, weekday, from_second, to_second, modes, location_id in hours_of_all:
        timetable = timetables[provider_id]
        _follow(timetable, *rules)
        if weekday is not None:
            hours = WeeklyHours(from_second, to_second, _modes_in(modes), location_id)
            timetable.weekly.setdefault(weekday, []).append(hours)
    _load_exceptions(timetables, begin, end)
    first, last = _counted_span(timetables.values(), begin, end)
    taken: dict[int, list[Interval]] = {pk: list(timetables[pk].busy_elsewhere) for pk in ids}
    for provider_id, busy_from, busy_until, session_at in rows_of(
        _TAKEN, ids, first - LONGEST, last, first, ignoring or 0, now
    ):
        taken[provider_id].append((busy_from, busy_until))
        if session_at is not None and timetables[provider_id].is_limited:
            timetables[provider_id].sessions[day_of(session_at)] += 1
    for provider_id, intervals in taken.items():
        timetables[provider_id].taken = merged(intervals)
    return timetables


def _follow(
    timetable: Timetable, keeps_holidays: bool, shifted_days_as: int | None, per_day: int | None, per_week: int | None
) -> None:
    timetable.keeps_holidays, timetable.shifted_days_as = keeps_holidays, shifted_days_as
    timetable.sessions_per_day, timetable.sessions_per_week = per_day, per_week


def _load_exceptions(timetables: dict[int, Timetable], begin: datetime, end: datetime) -> None:
    bounds = (list(timetables), end, begin)
    for provider_id, first, last, what, location_id in rows_of(_EXCEPTIONS, *bounds, *bounds):
        timetable, interval = timetables[provider_id], (first, last)
        if what == "busy":
            timetable.busy_elsewhere.append(interval)
        elif what == "closed":
            timetable.closed.append(interval)
        elif location_id is None:
            timetable.opened.append(interval)
        else:
            timetable.opened_at.setdefault(location_id, []).append(interval)


def _weekdays_between(begin: datetime, end: datetime) -> list[int]:
    """Return the weekdays of the Shanghai days from one moment to another."""
    first, last = day_of(int(begin.timestamp())), day_of(int(end.timestamp()))
    return sorted({(first + timedelta(days=n)).weekday() for n in range(min((last - first).days + 1, 7))})


@lru_cache(maxsize=256)
def _modes_in(array: str) -> frozenset[str]:
    """Read an array of plain words as the database writes it: many times quicker than having each row's parsed."""
    return frozenset(filter(None, array.strip("{}").split(",")))


def _counted_span(timetables: Iterable[Timetable], begin: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Return from when to when sessions must be read: whole days or weeks where somebody limits their number."""
    limits = {(each.sessions_per_day is not None, each.sessions_per_week is not None) for each in timetables}
    if not any(map(any, limits)):
        return begin, end
    first, last = day_of(int(begin.timestamp())), day_of(int(end.timestamp()))
    if any(weekly for _, weekly in limits):
        first, last = monday_of(first), monday_of(last) + timedelta(days=6)
    return moment_of(midnight(first)), moment_of(midnight(last + timedelta(days=1)))
