"""How long letters are kept: half a year after the last one, then the key of the thread goes too."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import as_they_are, deleted_with_keys

from .models import LetterThread


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return LetterThread.objects.filter(last_letter_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of letters."""
    register(
        RetentionClass(
            key="letter_threads",
            title=_("心语信箱的信"),
            basis="letters",
            expired=_over,
            erase=deleted_with_keys,
            subjects=("writer__public_id", "child__public_id"),
            dated="last_letter_at",
            free=as_they_are,
        )
    )
