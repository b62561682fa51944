"""How long returns are kept: as the order they belong to."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import ReturnRequest


def _returns(cutoff: datetime) -> "QuerySet[Any]":
    return ReturnRequest.objects.filter(ended_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of returns."""
    register(
        RetentionClass(
            key="returns",
            title=_("退货"),
            basis="orders",
            expired=_returns,
            erase=deleted,
            subjects=("asked_by__public_id",),
            dated="ended_at",
        )
    )
