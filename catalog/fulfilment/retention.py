"""How long courses that ended and parcels that arrived are kept: with the order they belong to."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .enums import ShipmentStatus
from .models import Entitlement, Shipment


def _entitlements(cutoff: datetime) -> "QuerySet[Any]":
    """Ended ones; what was bought for good stays as long as the account."""
    return Entitlement.objects.filter(ended_at__lt=cutoff)


def _shipments(cutoff: datetime) -> "QuerySet[Any]":
    sent = Shipment.objects.exclude(status=ShipmentStatus.WAITING)
    return sent.annotate(ended_at=Coalesce("delivered_at", "shipped_at", "created_at")).filter(ended_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="entitlements",
        title=_("已经结束的课程"),
        basis="orders",
        expired=_entitlements,
        erase=deleted,
        subjects=("user__public_id", "child__public_id"),
        dated="ended_at",
    ),
    RetentionClass(
        key="shipments",
        title=_("寄出的包裹"),
        basis="orders",
        expired=_shipments,
        erase=deleted,
        subjects=("order__user__public_id",),
        dated="ended_at",
    ),
)


def register_retention() -> None:
    """Register the classes of what paid lines turned into."""
    for retention_class in _CLASSES:
        register(retention_class)
