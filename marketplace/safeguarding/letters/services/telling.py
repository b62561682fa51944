"""Messages about letters: that there is one, never from whom, about what, or where."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..enums import EventKind
from ..models import Letter, LetterThread, ThreadEvent


def tell_writer(answer: Letter) -> None:
    """Tell a writer that an answer has come; nothing else stands in the message."""
    thread = answer.thread
    if thread.writer is None:
        return
    notify(
        key=f"letter:{answer.public_id}",
        recipient=thread.writer,
        body=_("有一封回信"),
        url=reverse("letters:thread", args=[thread.public_id]),
    )


def tell_staff(people: Iterable[User], thread: LetterThread, *, key: str, body: str, quietly: bool = False) -> None:
    """Tell those who answer, once per key; `quietly`: inside the site alone."""
    for person in people:
        notify(
            key=f"letter:{key}:{person.pk}",
            recipient=person,
            body=body,
            url=reverse("letters:case", args=[thread.public_id]),
            channels=[Channel.IN_APP] if quietly else None,
        )


def add_event(
    thread: LetterThread, kind: EventKind, *, by: User | None = None, text: str = "", at: datetime
) -> ThreadEvent:
    """Write one thing down."""
    return ThreadEvent.objects.create(thread=thread, kind=kind, by=by, text=text, at=at)


def key_of(letter_id: UUID, word: str) -> str:
    """Return the key of a message about one letter."""
    return f"{letter_id}:{word}"
