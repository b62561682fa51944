"""How long visits are kept: as the order they belong to."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted_with_keys

from .models import DeliveryTask


def _visits(cutoff: datetime) -> "QuerySet[Any]":
    return DeliveryTask.objects.filter(ended_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of visits."""
    register(
        RetentionClass(
            key="deliveries",
            title=_("社区送货上门"),
            basis="orders",
            expired=_visits,
            erase=deleted_with_keys,
            subjects=("asked_by__public_id",),
            dated="ended_at",
        )
    )
