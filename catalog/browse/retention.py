"""How long what somebody saved is kept: half a year, so that it never becomes a record of what was once needed."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import SavedProduct


def _old(cutoff: datetime) -> "QuerySet[Any]":
    return SavedProduct.objects.filter(saved_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of saved products."""
    register(
        RetentionClass(
            key="saved_products",
            title=_("收藏"),
            basis="saved_products",
            expired=_old,
            erase=deleted,
            subjects=("saved_by__public_id",),
            dated="saved_at",
        )
    )
