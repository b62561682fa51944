"""How long sign-ups are kept: thirty days after the talk."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted_with_keys

from ..models import EventSeat


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return EventSeat.objects.filter(event__ends_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of sign-ups."""
    register(
        RetentionClass(
            key="event_seats",
            title=_("活动报名"),
            basis="event_seats",
            expired=_over,
            erase=deleted_with_keys,
            subjects=("person__public_id",),
            dated="event__ends_at",
        )
    )
