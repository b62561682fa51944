"""How long disputes are kept: as the order they belong to."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Case


def _cases(cutoff: datetime) -> "QuerySet[Any]":
    return Case.objects.filter(closed_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of disputes; what both sides said and what was decided goes with them."""
    register(
        RetentionClass(
            key="mediation",
            title=_("订单争议"),
            basis="orders",
            expired=_cases,
            erase=deleted,
            subjects=("opened_by__public_id", "line__order__user__public_id", "line__child__public_id"),
            dated="closed_at",
        )
    )
