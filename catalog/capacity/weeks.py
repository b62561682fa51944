"""What of providers' weeks was on offer, and what was taken. Pure: no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from catalog.scheduling.enums import Mode
from catalog.scheduling.intervals import Interval, clipped, merged, without
from catalog.scheduling.timetable import DAY_SECONDS, Timetable, midnight

from .figures import fill_rate

HOUR = 3600
DAYS = 7


@dataclass(frozen=True, slots=True)
class Session:
    """Live time of a provider, buffers included; `share` of it is taken: of a group the paid part of its seats.

    `is_own`: kept for the provider's own work, and not on offer at all.
    """

    provider_id: int
    span: Interval
    share: float
    is_own: bool = False


@dataclass(frozen=True)
class Fill:
    """Seconds that were on offer, and how many of them were taken."""

    offered_seconds: float = 0
    taken_seconds: float = 0

    def __add__(self, other: "Fill") -> "Fill":
        return Fill(self.offered_seconds + other.offered_seconds, self.taken_seconds + other.taken_seconds)

    @cached_property
    def rate(self) -> float | None:
        return fill_rate(taken_seconds=self.taken_seconds, offered_seconds=self.offered_seconds)

    @property
    def percent(self) -> int | None:
        return None if self.rate is None else round(self.rate * 100)

    @property
    def offered_hours(self) -> float:
        return round(self.offered_seconds / HOUR, 1)

    @property
    def taken_hours(self) -> float:
        return round(self.taken_seconds / HOUR, 1)


def fill_of_week(monday: date, timetable: Timetable, sessions: Sequence[Session]) -> Fill:
    """Return a provider's week: hours open, less own work and what other calendars say, and sessions wherever they lie.

    A session with nobody in it is on offer and not taken. Time counts with its buffers, so a full day is full.
    """
    week = (midnight(monday), midnight(monday) + DAYS * DAY_SECONDS)
    own = clipped((session.span for session in sessions if session.is_own), week)
    given = [session for session in sessions if not session.is_own]
    shut = merged([*own, *clipped(timetable.busy_elsewhere, week)])
    spans = clipped((session.span for session in given), week)
    offered = merged([*without(_open(monday, timetable), shut), *spans])
    taken = sum(session.share * _length(clipped([session.span], week)) for session in given)
    return Fill(_length(offered), taken)


def _open(monday: date, timetable: Timetable) -> list[Interval]:
    days = (monday + timedelta(days=n) for n in range(DAYS))
    return merged(interval for day in days for mode in Mode for interval in timetable.open_hours(day, mode))


def _length(intervals: Iterable[Interval]) -> int:
    return sum(end - start for start, end in intervals)
