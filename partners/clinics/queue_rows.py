"""The waiting list as the people who give care see it: in the order of serving, and why in that order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from catalog.scheduling.models import HealthcareService
from catalog.waitlist.enums import EntryState, NeedBand
from catalog.waitlist.rules import seats_wanted
from catalog.waitlist.selectors import QueueRow
from catalog.waitlist.wording import wishes_of


@dataclass(frozen=True)
class WaitingRow:
    """One family on the list. `names`: of the children whose names may be shown."""

    row: QueueRow
    names: list[str]
    now: datetime

    @property
    def nameless(self) -> int:
        """How many children wait whose names are not shown."""
        return len(self.row.entry.children.all()) - len(self.names)

    @property
    def places(self) -> int:
        return seats_wanted(self.row.entry)

    @property
    def wishes(self) -> list[str]:
        return wishes_of(self.row.entry)

    @property
    def days(self) -> int:
        """Whole days since they joined."""
        return (timezone.localdate(self.now) - timezone.localdate(self.row.entry.joined_at)).days

    @property
    def is_paused(self) -> bool:
        return self.row.entry.state == EntryState.PAUSED

    @property
    def is_unmet(self) -> bool:
        """Whether the day by which they should be seen has come, with no time kept for them."""
        return self.row.is_overdue and self.row.offer is None

    @property
    def choices(self) -> list[tuple[str, Any, bool]]:
        """(value, label, chosen) of the bands that may be set."""
        kept = self.row.entry.need_band
        return [(str(value), label, kept == value) for value, label in NeedBand.choices]


@dataclass(frozen=True)
class WaitingQueue:
    """Everybody who waits for one service."""

    service: HealthcareService
    rows: list[WaitingRow]


def queues_of(rows: Iterable[QueueRow], may_know: Mapping[int, Any], now: datetime) -> list[WaitingQueue]:
    """Return the queues in the order of `entries_of`; `may_know` says by child's pk whether its name may be shown."""
    found: dict[int, WaitingQueue] = {}
    for row in rows:
        queue = found.setdefault(row.entry.service_id, WaitingQueue(row.entry.service, []))
        names = [child.nickname for child in row.entry.children.all() if may_know[child.pk]]
        queue.rows.append(WaitingRow(row, names, now))
    return list(found.values())
