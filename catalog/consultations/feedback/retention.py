"""How long feedback is kept: three years, as trades are."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Feedback


def _feedback(cutoff: datetime) -> "QuerySet[Any]":
    return Feedback.objects.filter(given_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of feedback."""
    register(
        RetentionClass(
            key="reviews",
            title=_("评价"),
            basis="reviews",
            expired=_feedback,
            erase=deleted,
            subjects=("person__public_id",),
            dated="given_at",
        )
    )
