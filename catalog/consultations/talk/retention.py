"""How long messages about bookings are kept: half a year, as letters are."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import BookingMessage


def _old(cutoff: datetime) -> "QuerySet[Any]":
    return BookingMessage.objects.filter(sent_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of messages about bookings."""
    register(
        RetentionClass(
            key="booking_messages",
            title=_("和机构来往的消息"),
            basis="letters",
            expired=_old,
            erase=deleted,
            subjects=("person__public_id",),
            dated="sent_at",
        )
    )
