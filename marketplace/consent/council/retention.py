"""How long a proposed question is kept: with its schedule in marketplace.consent.retention.

Single votes need no period: they are deleted as they are counted.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..retention.registry import RetentionClass, register
from .models import Proposal


def _answered(cutoff: datetime) -> "QuerySet[Any]":
    return Proposal.objects.filter(answered_at__lt=cutoff)


def _erase(rows: "QuerySet[Any]") -> int:
    return Proposal.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]


def register_retention() -> None:
    """Register the class of proposals."""
    register(
        RetentionClass(
            key="council_proposals",
            title=_("少年议事的提议"),
            basis="council_proposals",
            expired=_answered,
            erase=_erase,
            subjects=("child__public_id",),
            dated="answered_at",
        )
    )
