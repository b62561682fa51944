"""The one door for messages: written with the fact they announce, delivered after it."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import locks, selectors
from .channels import send
from .enums import Channel, MessageStatus
from .models import Message

logger = logging.getLogger(__name__)

#: How long to wait after the first, second, ... failed attempt; after the last one the message has failed.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)


class Addressee(Protocol):
    """Who can be told something: a user."""

    pk: Any
    phone: str | None
    email: str | None


def notify(
    *,
    key: str,
    recipient: Addressee,
    body: str,
    subject: str = "",
    url: str = "",
    channels: Sequence[Channel] | None = None,
) -> list[Message]:
    """Tell a person something once, and return its messages, one per channel that reaches them.

    Joins the caller's transaction: nothing is sent unless the fact itself is committed. `key` names the fact
    (at most 100 characters); a second call with the same key writes and sends nothing. `url` is a path of ours.
    Without `channels`: in the app, and by SMS where a phone is known, else by e-mail.
    Texts must be fit for a stranger's eyes: no need, no product title, no speciality.
    """
    addresses = _addresses(recipient, channels)
    rows = [
        Message(
            recipient_id=recipient.pk,
            channel=channel,
            address=address,
            subject=subject,
            body=body,
            url=url,
            key=f"{key}:{channel}",
            **_delivery_state(channel),
        )
        for channel, address in addresses.items()
    ]
    return _write(rows)


def send_sms(*, phone: str, body: str, key: str) -> Message:
    """Send a text message to a number that may belong to nobody yet, once per key. Joins the caller's transaction."""
    return _write([Message(channel=Channel.SMS, address=phone, body=body, key=key)])[0]


def _addresses(recipient: Addressee, wanted: Sequence[Channel] | None) -> dict[Channel, str]:
    """Return the channels that reach a person, with the address on each. Nobody has a push address yet."""
    known = {Channel.IN_APP: "", Channel.SMS: recipient.phone or "", Channel.EMAIL: recipient.email or ""}
    if wanted is None:
        wanted = (Channel.IN_APP, Channel.SMS if recipient.phone else Channel.EMAIL)
    return {channel: known[channel] for channel in wanted if channel == Channel.IN_APP or known.get(channel)}


def _delivery_state(channel: Channel) -> dict[str, Any]:
    """An in-app message has arrived once it is written."""
    return {"status": MessageStatus.SENT, "sent_at": timezone.now()} if channel == Channel.IN_APP else {}


def _write(rows: list[Message]) -> list[Message]:
    from .tasks import deliver_waiting_messages as delivery

    with transaction.atomic():
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        if any(row.status == MessageStatus.WAITING for row in rows):
            # Without a broker the message waits for the next beat; it must not fail the request it belongs to.
            transaction.on_commit(lambda: delivery.apply_async(retry=False), robust=True)
    return list(Message.objects.filter(key__in=[row.key for row in rows]).order_by("pk"))


def deliver_waiting_messages(*, limit: int = 100, now: datetime | None = None) -> int:
    """Send what is due, one message at a time, and return how many left the house.

    A message is claimed (its next attempt moved on) before it is sent and no lock is held while sending: several
    workers share the work, and a worker that dies half-way leaves the message to a later attempt.
    """
    sent = 0
    for _ in range(limit):
        message = _claim_next(now or timezone.now())
        if message is None:
            break
        sent += _deliver(message)
    return sent


@transaction.atomic
def _claim_next(now: datetime) -> Message | None:
    message = locks.due_messages(now).first()
    if message:
        wait = BACK_OFF[min(message.attempts, len(BACK_OFF) - 1)]
        message.attempts += 1
        message.next_attempt_at = now + wait
        message.save(update_fields=["attempts", "next_attempt_at"])
    return message


def _deliver(message: Message) -> bool:
    try:
        send(message)
    except Exception as error:  # noqa: BLE001 - a gateway's library may raise anything; one message stops no other
        # The cause is logged by its type alone: its text may repeat the number or the words of the message.
        logger.warning(
            "message %s not delivered, attempt %s: %s", message.public_id, message.attempts, type(error).__name__
        )
        if message.attempts >= len(BACK_OFF):
            message.status = MessageStatus.FAILED
            message.save(update_fields=["status"])
        return False
    message.status = MessageStatus.SENT
    message.sent_at = timezone.now()
    if message.recipient_id is None and not settings.OUTBOX_ENABLED:
        message.body = ""  # codes are secrets: nothing needs them once they are sent
    message.save(update_fields=["status", "sent_at", "body"])
    return True


def mark_read(*, user: Addressee, public_id: Any = None) -> int:
    """Mark one in-app message of a person as read, or all without `public_id`; return how many changed."""
    unread = selectors.inbox_messages(user).filter(read_at=None)
    if public_id:
        unread = unread.filter(public_id=public_id)
    return unread.update(read_at=timezone.now())
