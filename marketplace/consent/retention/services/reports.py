"""What a run would find and do, without doing it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet

from marketplace.core.formatting import in_shanghai

from ..periods import midnight
from ..registry import RetentionClass, registered
from ..selectors import held_subjects

#: Further than any row is dated: with it as the cutoff, a class shows all rows whose period has begun.
_FAR = timedelta(days=200 * 365)


@dataclass(frozen=True, slots=True)
class Report:
    """Numbers of one class: over, erased (or erasable), kept back by a hold or another record, and the oldest left."""

    key: str
    found: int
    erased: int
    held_back: int
    oldest_left_at: datetime | None


def preview(*, now: datetime) -> list[Report]:
    """Return the report a run at `now` would write, changing nothing.

    A record that only another record's erasing sets free is counted as held back, though the run would reach it.
    """
    held = held_subjects()
    return [_preview(found, now, held) for found in registered()]


def _preview(retention_class: RetentionClass, now: datetime, held: Collection[UUID]) -> Report:
    erasable = retention_class.erasable(now, held)
    found = expired_count(retention_class, now)
    count = erasable.count()
    left = begun(retention_class, now).exclude(pk__in=erasable.values("pk"))
    return Report(retention_class.key, found, count, found - count, oldest(retention_class, left))


def expired_count(retention_class: RetentionClass, now: datetime) -> int:
    """Return how many rows are over, held ones included."""
    return retention_class.expired(retention_class.cutoff(now)).count()


def begun(retention_class: RetentionClass, now: datetime) -> "QuerySet[Any]":
    """Return the rows whose period counts already."""
    return retention_class.expired(now + _FAR)


def oldest(retention_class: RetentionClass, rows: "QuerySet[Any]") -> datetime | None:
    """Return the moment the oldest of these rows began to count."""
    found: datetime | date | None = rows.aggregate(oldest=Min(retention_class.dated))["oldest"]
    if found is None or isinstance(found, datetime):
        return in_shanghai(found) if found else None
    return midnight(found)
