"""Reads of messages."""

from typing import Any

from django.db.models import Q, QuerySet

from .enums import Channel
from .models import Message


def inbox_messages(user: Any) -> QuerySet[Message]:
    """A person's in-app messages, newest first."""
    return Message.objects.filter(recipient_id=user.pk, channel=Channel.IN_APP)


def unread_message_count(user: Any) -> int:
    """How many in-app messages a person has not read."""
    return inbox_messages(user).filter(read_at=None).count()


def outbox_messages(*, search: str = "", channel: str = "") -> QuerySet[Message]:
    """Every message of everyone, newest first; `search` is part of a phone number or an e-mail address."""
    messages = Message.objects.select_related("recipient")
    if channel in Channel.values:
        messages = messages.filter(channel=channel)
    words = search.strip().replace(" ", "").replace("-", "")
    if words:
        messages = messages.filter(
            Q(address__icontains=words) | Q(recipient__phone__icontains=words) | Q(recipient__email__icontains=words)
        )
    return messages
