"""One provider's time: when it is open, what of it is taken, and where a session still fits. Pure: no database.

Moments are whole seconds since the epoch; days are Shanghai's. A session begins and ends on one day.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from marketplace.core.formatting import SHANGHAI

from .intervals import Interval, clipped, is_within, merged, overlaps, starts_in, without

DAY_SECONDS = 24 * 60 * 60


@lru_cache(maxsize=1024)
def midnight(day: date) -> int:
    """Return the second at which a day begins in Shanghai, which has had no summer time since 1991."""
    return int(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).timestamp())


def day_of(second: int) -> date:
    """Return Shanghai's date at that second."""
    return datetime.fromtimestamp(second, SHANGHAI).date()


def moment_of(second: int) -> datetime:
    """Return that second as an aware datetime in Shanghai time."""
    return datetime.fromtimestamp(second, SHANGHAI)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Open from one second of the day to another; no modes named means all of them."""

    from_second: int
    to_second: int
    modes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Demand:
    """What a service asks of a timetable; durations in seconds, `earliest` and `latest` bound the start."""

    length: int
    rest: int
    step: int
    modes: tuple[str, ...]
    earliest: int
    latest: int

    @property
    def days(self) -> Iterator[date]:
        """Every day a session may start on."""
        day, last = day_of(self.earliest), day_of(self.latest)
        while day <= last:
            yield day
            day += timedelta(days=1)


@dataclass(slots=True)
class Timetable:
    """Weekly hours by weekday (Monday 0), minus `closed`, plus `opened`, minus `taken` (rest after sessions included)."""

    weekly: dict[int, list[WeeklyHours]] = field(default_factory=dict)
    closed: list[Interval] = field(default_factory=list)
    opened: list[Interval] = field(default_factory=list)
    taken: list[Interval] = field(default_factory=list)
    """Sorted and disjoint, as the database keeps them."""
    _hours: dict[tuple[date, str], tuple[Interval, ...]] = field(default_factory=dict)

    def open_hours(self, day: date, mode: str) -> tuple[Interval, ...]:
        """Return when sessions of this mode may be held on a day, whatever is taken."""
        key = (day, mode)
        if key not in self._hours:
            self._hours[key] = self._computed_hours(day, mode)
        return self._hours[key]

    def _computed_hours(self, day: date, mode: str) -> tuple[Interval, ...]:
        begin = midnight(day)
        weekly = merged(
            (begin + hours.from_second, begin + hours.to_second)
            for hours in self.weekly.get(day.weekday(), ())
            if not hours.modes or mode in hours.modes
        )
        if not self.closed and not self.opened:
            return tuple(weekly)
        whole_day = (begin, begin + DAY_SECONDS)
        kept = without(weekly, sorted(clipped(self.closed, whole_day)))
        return tuple(merged([*kept, *clipped(self.opened, whole_day)]))

    def starts_on(self, day: date, demand: Demand) -> dict[int, tuple[str, ...]]:
        """Return the starts still free on a day, each with the modes it can be held in."""
        hours_of_modes: dict[tuple[Interval, ...], list[str]] = {}
        for mode in demand.modes:
            hours = self.open_hours(day, mode)
            if hours:
                hours_of_modes.setdefault(hours, []).append(mode)
        found: dict[int, tuple[str, ...]] = {}
        for hours, modes in hours_of_modes.items():
            for start in self._starts_in(hours, midnight(day), demand):
                found[start] = (*found.get(start, ()), *modes)
        return found

    def _starts_in(self, hours: Sequence[Interval], origin: int, demand: Demand) -> Iterator[int]:
        # The next session must not begin before this one's rest is over: taken time reaches back by that rest.
        taken = self._taken_near(hours[0][0], hours[-1][1] + demand.rest)
        free = without(hours, [(start - demand.rest, end) for start, end in taken])
        for start in starts_in(free, length=demand.length, step=demand.step, origin=origin):
            if demand.earliest <= start <= demand.latest:
                yield start

    def _taken_near(self, begin: int, end: int) -> list[Interval]:
        first = bisect_right(self.taken, begin, key=lambda interval: interval[1])
        last = bisect_right(self.taken, end, key=lambda interval: interval[0])
        return self.taken[first:last]

    def is_open(self, start: int, length: int, mode: str) -> bool:
        """Whether a session of this length and mode lies inside the hours, whatever is taken."""
        return is_within(self.open_hours(day_of(start), mode), (start, start + length))

    def is_free(self, start: int, busy_seconds: int) -> bool:
        """Whether nothing is taken from `start` for session and rest together."""
        return not overlaps(self.taken, (start, start + busy_seconds))
