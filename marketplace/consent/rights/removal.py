"""The three things that can happen to rows when a person leaves: they go, they are stripped, or the law keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from marketplace.consent.retention.periods import midnight
from marketplace.consent.retention.schedule import BY_KEY

from .registry import ErasureOutcome, Kept, Words


class Fate(Enum):
    """What happens to rows."""

    GOES = auto()
    STRIPPED = auto()
    STAYS = auto()


@dataclass(frozen=True, slots=True)
class Removal:
    """Rows of one class with one fate; `values` is what stripped rows hold afterwards, `record_class` the row of
    the retention table that keeps those that stay."""

    title: Words
    rows: QuerySet[Any]
    fate: Fate
    values: dict[str, Any] = field(default_factory=dict)
    record_class: str = ""
    dated: str = ""

    def kept(self, count: int) -> Kept:
        """Say which law keeps so many of these rows, and until when the last of them as things stand."""
        record = BY_KEY[self.record_class]
        return Kept(self.title or record.title, count, record.source, self._last_day())

    def _last_day(self) -> date | None:
        period = BY_KEY[self.record_class].period
        if period is None:
            return None
        latest = self.rows.order_by().aggregate(latest=Max(self.dated))["latest"] if self.dated else None
        if latest is not None and not isinstance(latest, datetime):
            latest = midnight(latest)
        return period.over_at(latest or timezone.now()).date()


def goes(title: Words, rows: QuerySet[Any]) -> Removal:
    """Rows that are deleted."""
    return Removal(title, rows, Fate.GOES)


def stripped(title: Words, rows: QuerySet[Any], /, **values: Any) -> Removal:
    """Rows that stay because others point to them, without anything personal; counted only while they hold any."""
    return Removal(title, rows, Fate.STRIPPED, values=values)


def stays(rows: QuerySet[Any], *, record_class: str, dated: str = "", title: Words = "") -> Removal:
    """Rows the law keeps, under a row of the retention table.

    `dated` names the moment the period of a row counts from; where it is empty, the period counts from today.
    """
    return Removal(title, rows, Fate.STAYS, record_class=record_class, dated=dated)


def carried_out(removals: Iterable[Removal]) -> ErasureOutcome:
    """Do it, in the caller's transaction and in this order, and say what was done. A second time finds nothing to do."""
    erased, strippeds, kept = [], [], []
    for removal in removals:
        count = removal.rows.count()
        if not count:
            continue
        if removal.fate is Fate.GOES:
            removal.rows.order_by().delete()
            erased.append((removal.title, count))
        elif removal.fate is Fate.STRIPPED:
            removal.rows.order_by().update(**removal.values)
            strippeds.append((removal.title, count))
        else:
            kept.append(removal.kept(count))
    return ErasureOutcome(tuple(erased), tuple(strippeds), tuple(kept))


def foreseen(removals: Iterable[Removal]) -> ErasureOutcome:
    """Count what `carried_out` would do, and change nothing."""
    counted = [(removal, removal.rows.count()) for removal in removals]
    return ErasureOutcome(
        tuple((each.title, count) for each, count in counted if count and each.fate is Fate.GOES),
        tuple((each.title, count) for each, count in counted if count and each.fate is Fate.STRIPPED),
        tuple(each.kept(count) for each, count in counted if count and each.fate is Fate.STAYS),
    )
