"""The weeks and months that are over: nothing is reported of a span that still runs, so nothing is told twice."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from catalog.scheduling.timetable import midnight, moment_of

from .enums import WEEKLY, ReportKind

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """Whole Shanghai days, both included."""

    from_on: date
    until_on: date

    @property
    def begins_at(self) -> datetime:
        return moment_of(midnight(self.from_on))

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return moment_of(midnight(self.until_on + DAY))


def week_of(day: date) -> Span:
    """Return the week, Monday to Sunday, in which a day lies."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + 6 * DAY)


def month_of(day: date) -> Span:
    """Return the month in which a day lies."""
    first = day.replace(day=1)
    return Span(first, (first + 31 * DAY).replace(day=1) - DAY)


def span_of(kind: ReportKind, day: date) -> Span:
    """Return the span of a report in which a day lies."""
    return week_of(day) if kind in WEEKLY else month_of(day)


def last_closed(kind: ReportKind, today: date) -> Span:
    """Return the newest span that is over."""
    return span_of(kind, span_of(kind, today).from_on - DAY)
