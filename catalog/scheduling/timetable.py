"""One provider's time: when it is open and where, what of it is taken, and where a session still fits. Pure: no database.

Moments are whole seconds since the epoch; days are Shanghai's. A session begins and ends on one day.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from marketplace.core.formatting import SHANGHAI

from .enums import Mode
from .holidays import is_holiday, is_shifted_workday
from .intervals import Interval, clipped, is_within, merged, overlaps, starts_in, without

DAY_SECONDS = 24 * 60 * 60

#: Where a session is held: a location's id, or None when that is nowhere in particular.
PlaceId = int | None


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


def monday_of(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Open from one second of the day to another; no modes named means all of them, no location means any."""

    from_second: int
    to_second: int
    modes: frozenset[str] = frozenset()
    location_id: PlaceId = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What a service asks of a timetable; durations in seconds, `earliest` and `latest` bound the start.

    `prepare` lies before the session and `rest` after it: both are the provider's, neither need lie in open hours.
    With no `location_id`, a session in person is held wherever the provider is then.
    """

    length: int
    rest: int
    step: int
    modes: tuple[str, ...]
    earliest: int
    latest: int
    prepare: int = 0
    location_id: PlaceId = None

    @property
    def days(self) -> Iterator[date]:
        """Every day a session may start on."""
        day, last = day_of(self.earliest), day_of(self.latest)
        while day <= last:
            yield day
            day += timedelta(days=1)

    def busy(self, start: int) -> Interval:
        """All of the provider's time that a session beginning at `start` takes."""
        return start - self.prepare, start + self.length + self.rest


@dataclass(slots=True)
class Timetable:
    """Weekly hours by weekday (Monday 0), minus holidays and `closed`, plus `opened`, minus `taken` (buffers included)."""

    weekly: dict[int, list[WeeklyHours]] = field(default_factory=dict)
    keeps_holidays: bool = False
    shifted_days_as: int | None = None
    """The weekday whose hours count on a weekend that is worked for a holiday; None leaves it a weekend."""
    closed: list[Interval] = field(default_factory=list)
    opened: list[Interval] = field(default_factory=list)
    opened_at: dict[int, list[Interval]] = field(default_factory=dict)
    """Opened beyond the weekly hours, at one location."""
    taken: list[Interval] = field(default_factory=list)
    """Sorted and disjoint: sessions with their buffers, and what other calendars say."""
    busy_elsewhere: list[Interval] = field(default_factory=list)
    """The part of `taken` that another calendar says."""
    sessions_per_day: int | None = None
    sessions_per_week: int | None = None
    sessions: Counter[date] = field(default_factory=Counter)
    """How many sessions each day has already, whole weeks; counted where there is a limit only."""
    _hours: dict[tuple[date, str, PlaceId], tuple[Interval, ...]] = field(default_factory=dict)
    _locations: set[int] | None = None

    @property
    def is_limited(self) -> bool:
        """Whether the provider takes only so many sessions a day or a week."""
        return self.sessions_per_day is not None or self.sessions_per_week is not None

    @property
    def locations(self) -> set[int]:
        """Every location that some hours are at; looked up once, when the timetable is complete."""
        if self._locations is None:
            weekly = {hours.location_id for each in self.weekly.values() for hours in each}
            self._locations = {place for place in weekly | set(self.opened_at) if place is not None}
        return self._locations

    def hours_of(self, day: date) -> Sequence[WeeklyHours]:
        """Return the weekly hours that count on a day: none on a holiday, another weekday's where that was shifted."""
        if self.keeps_holidays and is_holiday(day):
            return ()
        shifted = self.shifted_days_as is not None and is_shifted_workday(day)
        weekday = self.shifted_days_as if shifted and self.shifted_days_as is not None else day.weekday()
        return self.weekly.get(weekday, ())

    def open_hours(self, day: date, mode: str, location_id: PlaceId = None) -> tuple[Interval, ...]:
        """Return when sessions of this mode may be held on a day, whatever is taken.

        With a location, only hours there, or at none in particular; without one, all hours.
        """
        key = (day, mode, location_id)
        if key not in self._hours:
            self._hours[key] = self._computed_hours(day, mode, location_id)
        return self._hours[key]

    def _computed_hours(self, day: date, mode: str, location_id: PlaceId) -> tuple[Interval, ...]:
        begin = midnight(day)
        weekly = merged(
            (begin + hours.from_second, begin + hours.to_second)
            for hours in self.hours_of(day)
            if (not hours.modes or mode in hours.modes) and _is_there(hours.location_id, location_id)
        )
        if not self.closed and not self.opened and not self.opened_at:
            return tuple(weekly)
        whole_day = (begin, begin + DAY_SECONDS)
        kept = without(weekly, sorted(clipped(self.closed, whole_day)))
        return tuple(merged([*kept, *clipped(self._opened(location_id), whole_day)]))

    def _opened(self, location_id: PlaceId) -> Iterable[Interval]:
        yield from self.opened
        for place, intervals in self.opened_at.items():
            if _is_there(place, location_id):
                yield from intervals

    def places_on(self, day: date, mode: str, location_id: PlaceId) -> Sequence[PlaceId]:
        """Return where a session of this mode may be held on a day: at the service's location, or where hours are.

        Remote sessions are held nowhere in particular.
        """
        if mode != Mode.IN_PERSON:
            return (None,)
        if location_id is not None:
            return (location_id,)
        if not self.locations:
            return (None,)
        known = {hours.location_id for hours in self.hours_of(day)} | set(self.opened_at)
        return sorted(place for place in known if place is not None) or (None,)

    def places_open(self, start: int, length: int, mode: str, location_id: PlaceId = None) -> list[PlaceId]:
        """Return where a session of this length and mode would lie inside the hours, whatever is taken."""
        day, span = day_of(start), (start, start + length)
        places = self.places_on(day, mode, location_id)
        return [place for place in places if is_within(self.open_hours(day, mode, place), span)]

    def is_open(self, start: int, length: int, mode: str, location_id: PlaceId = None) -> bool:
        """Whether a session of this length and mode lies inside the hours, whatever is taken."""
        return bool(self.places_open(start, length, mode, location_id))

    def is_free(self, busy_from: int, busy_until: int) -> bool:
        """Whether nothing is taken between these two, buffers included."""
        return not overlaps(self._taken_near(busy_from, busy_until), (busy_from, busy_until))

    def is_full(self, day: date) -> bool:
        """Whether the provider has as many sessions that day or week as they want at most."""
        if self.sessions_per_day is not None and self.sessions[day] >= self.sessions_per_day:
            return True
        if self.sessions_per_week is None:
            return False
        monday = monday_of(day)
        return sum(self.sessions[monday + timedelta(days=n)] for n in range(7)) >= self.sessions_per_week

    def take(self, start: int, busy: Interval) -> None:
        """Note a session that was just given away."""
        self.taken = merged([*self.taken, busy])
        self.sessions[day_of(start)] += 1

    def starts_on(self, day: date, demand: Demand) -> dict[int, tuple[str, ...]]:
        """Return the starts still free on a day, each with the modes it can be held in."""
        if self.is_full(day):
            return {}
        modes_of: dict[tuple[Interval, ...], list[str]] = {}
        for mode in demand.modes:
            for place in self.places_on(day, mode, demand.location_id):
                hours = self.open_hours(day, mode, place)
                if hours and mode not in modes_of.setdefault(hours, []):
                    modes_of[hours].append(mode)
        found: dict[int, tuple[str, ...]] = {}
        for hours, modes in modes_of.items():
            for start in self._starts_in(hours, midnight(day), demand):
                before = found.get(start, ())
                found[start] = (*before, *(mode for mode in modes if mode not in before))
        return found

    def _starts_in(self, hours: Sequence[Interval], origin: int, demand: Demand) -> Iterator[int]:
        # Sessions keep their rest and preparation apart: taken time reaches back by the one, on by the other.
        taken = self._taken_near(hours[0][0] - demand.prepare, hours[-1][1] + demand.rest)
        free = without(hours, [(start - demand.rest, end + demand.prepare) for start, end in taken])
        for start in starts_in(free, length=demand.length, step=demand.step, origin=origin):
            if demand.earliest <= start <= demand.latest:
                yield start

    def _taken_near(self, begin: int, end: int) -> list[Interval]:
        first = bisect_right(self.taken, begin, key=lambda interval: interval[1])
        last = bisect_right(self.taken, end, key=lambda interval: interval[0])
        return self.taken[first:last]


def _is_there(place: PlaceId, wanted: PlaceId) -> bool:
    """Whether hours at a place count where a place is wanted; None is no place in particular, and fits with any."""
    return wanted is None or place is None or place == wanted
