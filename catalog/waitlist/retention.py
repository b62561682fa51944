"""How long places on waiting lists are kept once they ended: half a year, with the times that were offered."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import WaitlistEntry


def _ended(cutoff: datetime) -> "QuerySet[Any]":
    return WaitlistEntry.objects.filter(ended_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of entries."""
    register(
        RetentionClass(
            key="waitlist_entries",
            title=_("候补"),
            basis="waitlist",
            expired=_ended,
            erase=deleted,
            subjects=("joined_by__public_id", "children__public_id"),
            dated="ended_at",
        )
    )
