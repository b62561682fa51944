"""How long plans are kept once they ended: half a year, with everything they said. The organisation keeps its own."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import CarePlan


def _ended(cutoff: datetime) -> "QuerySet[Any]":
    return CarePlan.objects.filter(ended_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of plans."""
    register(
        RetentionClass(
            key="care_plans",
            title=_("支持计划"),
            basis="care_plans",
            expired=_ended,
            erase=deleted,
            subjects=("child__public_id",),
            dated="ended_at",
        )
    )
