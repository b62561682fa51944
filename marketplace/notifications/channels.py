"""How a message leaves the house: one sender per channel, the SMS company chosen by settings."""

from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from .email import OUTBOX_HEADER
from .enums import Channel
from .models import Message


class NotDelivered(Exception):
    """The message did not leave; it is tried again later. The text names the cause for staff, never the body."""


class SmsGateway(Protocol):
    """A company that sends text messages. Implementations are named by settings.SMS_GATEWAY."""

    def send(self, *, phone: str, body: str) -> None:
        """Send to an E.164 number. Raises NotDelivered where the company refuses or cannot be reached."""


class OutboxSms:
    """The demo's gateway: the outbox row is the message, /dev/outbox/ the telephone."""

    def send(self, *, phone: str, body: str) -> None:
        """Leave the message in the outbox."""


def send(message: Message) -> None:
    """Hand one message to its channel. Raises NotDelivered or whatever the channel's library raises."""
    match message.channel:
        case Channel.SMS:
            _sms_gateway().send(phone=message.address, body=_with_link(message))
        case Channel.EMAIL:
            _send_email(message)
        case _:
            raise NotDelivered(f"no sender for {message.channel}")


def _sms_gateway() -> SmsGateway:
    if not settings.SMS_GATEWAY:
        raise NotDelivered("settings.SMS_GATEWAY names no gateway")
    return import_string(settings.SMS_GATEWAY)()


def _send_email(message: Message) -> None:
    EmailMessage(
        subject=message.subject or str(settings.OSCAR_SHOP_NAME),
        body=_with_link(message),
        to=[message.address],
        headers={OUTBOX_HEADER: str(message.public_id)},
    ).send()


def _with_link(message: Message) -> str:
    if not message.url:
        return message.body
    link = f"{settings.PUBLIC_BASE_URL}{message.url}" if message.url.startswith("/") else message.url
    return f"{message.body} {link}"
