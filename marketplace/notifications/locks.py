"""Locked reads of messages."""

from datetime import datetime

from django.db.models import QuerySet

from .enums import MessageStatus
from .models import Message


def due_messages(now: datetime) -> QuerySet[Message]:
    """Messages to deliver now, oldest first; rows that another worker is claiming are passed over."""
    return (
        Message.objects.select_for_update(skip_locked=True)
        .filter(status=MessageStatus.WAITING, next_attempt_at__lte=now)
        .order_by("next_attempt_at", "pk")
    )
