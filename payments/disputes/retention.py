"""How long disputes are kept: as long as the payments they are about."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted_with_keys

from .models import Dispute


def _disputes(cutoff: datetime) -> "QuerySet[Any]":
    return Dispute.objects.filter(closed_at__lt=cutoff, next_check_at=None)


def register_retention() -> None:
    """Register the class of disputes."""
    register(
        RetentionClass(
            key="disputes",
            title=_("银行卡争议"),
            basis="payments",
            expired=_disputes,
            erase=deleted_with_keys,
            subjects=("attempt__intent__buyer__public_id",),
            dated="closed_at",
        )
    )
