"""Where people on safety duty read a message a concern speaks of."""

from django.utils.translation import gettext as _

from marketplace.core.encryption.sealed import ERASED
from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source

from .models import BookingMessage


def _words_of(ref: str) -> Context | None:
    message = BookingMessage.objects.select_related("person").filter(public_id=ref).first()
    if message is None or not message.words or message.words is ERASED:
        return None
    return Context(text=message.words, written_at=message.sent_at, where=_("写给机构的消息"), url="")


def register_reader() -> None:
    """Let the desk read what it was called for."""
    register_context(Source.MESSAGE, _words_of, room="talk")
