"""How long the ledger is kept: as accounting vouchers are, with the schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import standing_alone

from .models import JournalEntry, Leg


def _entries(cutoff: datetime) -> "QuerySet[Any]":
    """Whole entries; one that was undone goes when its mirror image may, too."""
    old = JournalEntry.objects.filter(occurred_at__lt=cutoff)
    return old.filter(Q(reversed_by=None) | Q(reversed_by__occurred_at__lt=cutoff))


def _free(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Nobody else's record stands on them; their legs, and what undoes them, go with them."""
    return standing_alone(rows, besides=(Leg, JournalEntry))


def _erase(rows: "QuerySet[Any]") -> int:
    """Take entries out with their legs; the database lets retention alone do so.

    An entry and the one it undoes go together: rows go as they stand, and the database looks at the end.
    """
    chosen = list(rows.values_list("pk", flat=True))
    entries = JournalEntry.objects.filter(Q(pk__in=chosen) | Q(reverses__in=chosen) | Q(reversed_by__in=chosen))
    entries = JournalEntry.objects.filter(pk__in=list(entries.values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('xinqiao.ledger_retention', 'on', true)")
    legs = Leg.objects.filter(entry__in=entries)
    legs._raw_delete(legs.db)
    return entries._raw_delete(entries.db)


def register_retention() -> None:
    """Register the ledger's class."""
    register(
        RetentionClass(
            key="ledger",
            title=_("总账的分录"),
            basis="settlements",
            expired=_entries,
            free=_free,
            erase=_erase,
            subjects=(),
            dated="occurred_at",
        )
    )
