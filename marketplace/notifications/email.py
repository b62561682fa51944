"""The demo's e-mail backend: whatever Django or allauth sends can be read at /dev/outbox/."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from .enums import Channel, MessageStatus
from .models import Message

#: Marks an e-mail that already stands in the outbox, because it was sent from there.
OUTBOX_HEADER = "X-Xinqiao-Message"


class OutboxEmailBackend(BaseEmailBackend):
    """Keeps every e-mail as a row and sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages, one row per addressee; return how many messages were kept."""
        Message.objects.bulk_create(
            _row(message, address)
            for message in email_messages
            if OUTBOX_HEADER not in message.extra_headers
            for address in message.recipients()
        )
        return len(email_messages)


def _row(message: EmailMessage, address: str) -> Message:
    return Message(
        channel=Channel.EMAIL,
        address=address,
        subject=str(message.subject)[:120],
        body=str(message.body),
        key=f"mail:{uuid4()}",
        status=MessageStatus.SENT,
        attempts=1,
        sent_at=timezone.now(),
    )
