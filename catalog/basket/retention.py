"""How long a basket waits for its owner: with its schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Basket


def _baskets(cutoff: datetime) -> "QuerySet[Any]":
    """Baskets nobody touched; those an order came from go with the order."""
    left = Basket.objects.filter(status__in=[Basket.OPEN, Basket.SAVED, Basket.MERGED])
    return left.annotate(touched_at=Greatest("date_created", "date_merged", Max("lines__date_updated"))).filter(
        touched_at__lt=cutoff
    )


def register_retention() -> None:
    """Register the class of baskets."""
    register(
        RetentionClass(
            key="baskets",
            title=_("没有结算的购物车"),
            basis="baskets",
            expired=_baskets,
            erase=deleted,
            subjects=("owner__public_id", "lines__child__public_id"),
            dated="touched_at",
        )
    )
