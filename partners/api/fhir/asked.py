"""What a search asks for: days with their prefixes, references, how many. What is not understood is said, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from ..v1.pages import DEFAULT, MOST
from ..v1.words import FIRST_DAY, LAST_DAY, within

_DAY = re.compile(r"(ge|lt|eq)?(\d{4}-\d{2}-\d{2})\Z")


class NotUnderstood(Exception):
    """A search that is written otherwise than the CapabilityStatement says; the text names the parameter."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a day on, before a day (Shanghai's)."""

    from_on: date
    before_on: date

    @property
    def begin(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.from_on, time.min))

    @property
    def end(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.before_on, time.min))


def refuse_others(query: QueryDict, known: Iterable[str]) -> None:
    """Raises NotUnderstood for a parameter that narrows nothing here: a wider answer than was asked for would mislead."""
    for name in query:
        if name not in {*known, "_count", "_cursor", "_format"}:
            raise NotUnderstood(name)


def span_of(query: QueryDict, name: str, *, default_days: int | None = None) -> Span:
    """Return the days a search names (ge, lt, or one day); without any, the next days or all."""
    begin = timezone.localdate() if default_days else FIRST_DAY
    end = begin + timedelta(days=default_days) if default_days else LAST_DAY
    for written in query.getlist(name):
        prefix, day = _day(name, written)
        if prefix != "lt":
            begin = day
            end = _end_of(day, prefix, default_days)
    for written in query.getlist(name):
        prefix, day = _day(name, written)
        if prefix == "lt":
            end = day
    return Span(begin, end)


def _end_of(day: date, prefix: str, default_days: int | None) -> date:
    if prefix == "eq":
        return day + timedelta(days=1)
    return day + timedelta(days=default_days) if default_days else LAST_DAY


def _day(name: str, written: str) -> tuple[str, date]:
    found = _DAY.match(written)
    try:
        day = date.fromisoformat(found[2]) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        raise NotUnderstood(name)
    return found[1] or "eq", within(day)


def reference_of(query: QueryDict, name: str, kind: str) -> UUID | None:
    """Return the id a search names, with or without its kind."""
    written = query.get(name)
    return id_of(name, written.removeprefix(f"{kind}/")) if written is not None else None


def id_of(name: str, written: str) -> UUID:
    """Return an id as it was written."""
    try:
        return UUID(written)
    except ValueError:
        raise NotUnderstood(name) from None


def count_of(query: QueryDict) -> int:
    """Return how many a page holds."""
    written = query.get("_count", str(DEFAULT))
    if not (written.isascii() and written.isdigit() and 0 < int(written[:9]) <= MOST):
        raise NotUnderstood("_count")
    return int(written)
