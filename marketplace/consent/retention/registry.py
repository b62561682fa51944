"""Where every app says which of its rows a record class covers, which of them are over, and how they are erased.

An app above consent registers from its `retention.py` in AppConfig.ready(); for the apps below, which may not know
this package, `ground.py` of this package does it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from .rows import standing_alone
from .schedule import BY_KEY, Holder, RecordClass


def kept_by_lookup(rows: "QuerySet[Any]", subjects: Collection[UUID], lookups: tuple[str, ...]) -> "QuerySet[Any]":
    """Return the rows that name one of these people by one of the lookups."""
    named = Q(pk__in=[])
    for lookup in lookups:
        named |= Q(**{f"{lookup}__in": subjects})
    return rows.filter(pk__in=rows.model._base_manager.filter(named).values("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """Rows of one model that a row of the schedule covers.

    `key` names the class and is unique; `basis` is the schedule's key (several classes may share one).
    `expired(cutoff)` returns the rows that are over: those whose period began to count before the aware moment
    `cutoff`; rows that were erased before must not come back. `free(rows)` leaves out those another record still
    stands on. `erase(rows)` receives some of them inside a transaction and returns how many it dealt with.
    `subjects` are lookups from a row to the public ids of the people it is about: a hold on one of them keeps the
    row; none means it is about nobody. `kept(rows, held)` says it where a lookup cannot. `dated` is the lookup of the
    moment (or day) the period counts from, for the report.
    """

    key: str
    title: str | Promise
    basis: str
    expired: Callable[[datetime], "QuerySet[Any]"]
    erase: Callable[["QuerySet[Any]"], int]
    subjects: tuple[str, ...]
    dated: str
    free: Callable[["QuerySet[Any]"], "QuerySet[Any]"] = standing_alone
    kept: Callable[["QuerySet[Any]", Collection[UUID]], "QuerySet[Any]"] | None = None

    @property
    def record(self) -> RecordClass:
        """The row of the schedule."""
        return BY_KEY[self.basis]

    def cutoff(self, now: datetime) -> datetime:
        """Return the moment before which rows are over at `now`."""
        period = self.record.period
        if period is None:
            raise ValueError(f"{self.basis} has no period of its own")
        return period.cutoff(now)

    def erasable(self, now: datetime, held: Collection[UUID]) -> "QuerySet[Any]":
        """Return the rows that are over at `now`, that nothing stands on, and that no hold on these people keeps."""
        rows = self.free(self.expired(self.cutoff(now)))
        if not held:
            return rows
        keep = self.kept(rows, held) if self.kept else kept_by_lookup(rows, held, self.subjects)
        return rows.exclude(pk__in=keep.values("pk"))


_classes: dict[str, RetentionClass] = {}


def register(retention_class: RetentionClass) -> None:
    """Add a class; a second one of the same key, or one the schedule does not expect rows of, is a mistake."""
    record = BY_KEY[retention_class.basis]
    if record.holder is not Holder.PLATFORM or record.period is None:
        raise ValueError(f"{record.key} is declared as held elsewhere or still to come")
    if _classes.setdefault(retention_class.key, retention_class) is not retention_class:
        raise ValueError(f"{retention_class.key} is registered twice")


def registered() -> tuple[RetentionClass, ...]:
    """Return every class in the order of erasing: what was registered last stands on what was registered before."""
    return tuple(reversed(_classes.values()))


def titles() -> dict[str, str | Promise]:
    """Return the name of each class by its key."""
    return {key: found.title for key, found in _classes.items()}
