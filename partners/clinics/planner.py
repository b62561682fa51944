"""The week as a grid: what is taken in each hour, and how many people are free in it. Pure: no database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, Mode, OccupancyKind
from catalog.scheduling.intervals import clipped, merged, without
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.timetable import Timetable, midnight

HOUR_SECONDS = 60 * 60
#: Less than this left of an hour is a break, not free time.
WORTH_SHOWING_SECONDS = 25 * 60
#: The grid shows at least these hours, and more where there is something in them.
FIRST_HOUR, LAST_HOUR = 9, 17


@dataclass
class PortalHour:
    """One hour of one day: the sessions that begin in it, and how many providers are free."""

    clock: time
    occupancies: list[Occupancy] = field(default_factory=list)
    free: int = 0


@dataclass
class PortalDay:
    """One column of the week."""

    on: date
    is_today: bool
    hours: list[PortalHour]

    @property
    def has_sessions(self) -> bool:
        return any(hour.occupancies for hour in self.hours)

    @property
    def free_hours(self) -> int:
        """Hours still free, summed over providers."""
        return sum(hour.free for hour in self.hours)


@dataclass
class PortalWeek:
    """Seven days beside one another, all with the same hours."""

    days: list[PortalDay]

    @property
    def clocks(self) -> list[time]:
        return [hour.clock for hour in self.days[0].hours]

    @property
    def booked(self) -> int:
        """Places that are booked, held or missed; holds not yet paid for are `waiting`."""
        return sum(booking.status != BookingStatus.PENDING for booking in self.bookings)

    @property
    def waiting(self) -> int:
        return sum(booking.status == BookingStatus.PENDING for booking in self.bookings)

    @property
    def free_hours(self) -> int:
        return sum(day.free_hours for day in self.days)

    @property
    def bookings(self) -> list[Booking]:
        """Every place shown."""
        occupancies = [occupancy for day in self.days for hour in day.hours for occupancy in hour.occupancies]
        return [booking for occupancy in occupancies for booking in _places(occupancy)]


def plan_week(
    monday: date, today: date, now_second: int, occupancies: Iterable[Occupancy], timetables: Collection[Timetable]
) -> PortalWeek:
    """Lay out seven days from `monday`; `occupancies` carry their bookings as `places`, only those in force."""
    dates = [monday + timedelta(days=n) for n in range(7)]
    taken = _by_hour(occupancies)
    free = {(on, hour): _free_in(on, hour, now_second, timetables) for on in dates for hour in range(24)}
    used = [hour for (_on, hour), count in free.items() if count] + [hour for _on, hour in taken]
    hours = range(min([FIRST_HOUR, *used]), max([LAST_HOUR, *used]) + 1)
    return PortalWeek(
        [
            PortalDay(
                on, on == today, [PortalHour(time(hour), taken.get((on, hour), []), free[on, hour]) for hour in hours]
            )
            for on in dates
        ]
    )


def _places(occupancy: Occupancy) -> list[Booking]:
    return occupancy.places  # type: ignore[attr-defined]  # a Prefetch's to_attr


def _by_hour(occupancies: Iterable[Occupancy]) -> dict[tuple[date, int], list[Occupancy]]:
    found: dict[tuple[date, int], list[Occupancy]] = {}
    for occupancy in occupancies:
        if occupancy.kind == OccupancyKind.INDIVIDUAL and not _places(occupancy):
            continue  # only a hold that has ended keeps it
        starts_at = timezone.localtime(occupancy.starts_at)
        found.setdefault((starts_at.date(), starts_at.hour), []).append(occupancy)
    return found


def _free_in(on: date, hour: int, now_second: int, timetables: Collection[Timetable]) -> int:
    begin = midnight(on) + hour * HOUR_SECONDS
    window = (max(begin, now_second), begin + HOUR_SECONDS)
    if window[0] >= window[1]:
        return 0
    return sum(_seconds_free(timetable, on, window) >= WORTH_SHOWING_SECONDS for timetable in timetables)


def _seconds_free(timetable: Timetable, on: date, window: tuple[int, int]) -> int:
    hours = merged(interval for mode in Mode for interval in timetable.open_hours(on, mode))
    free = without(clipped(hours, window), clipped(timetable.taken, window))
    return sum(end - start for start, end in free)
