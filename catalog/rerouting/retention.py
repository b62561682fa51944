"""How long it is kept: with the booking. What had to be decided is over when the session is."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Rerouting


def _decided(cutoff: datetime) -> "QuerySet[Any]":
    return Rerouting.objects.filter(decided_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of sessions that had to be led on."""
    register(
        RetentionClass(
            key="reroutings",
            title=_("另行安排过的预约"),
            basis="bookings",
            expired=_decided,
            erase=deleted,
            subjects=("booking__child__public_id", "booking__booked_by__public_id"),
            dated="decided_at",
        )
    )
