"""Where people on safety duty read the words of feedback a concern speaks of."""

from django.utils.translation import gettext as _

from marketplace.core.encryption.sealed import ERASED
from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source

from ..ports import page_of_urgent_words
from .models import Feedback


def _words_of(ref: str) -> Context | None:
    feedback = Feedback.objects.select_related("person").filter(public_id=ref).first()
    if feedback is None or not feedback.words or feedback.words is ERASED:
        return None
    page = page_of_urgent_words(feedback.public_id) if feedback.sounds_urgent else ""
    return Context(text=feedback.words, written_at=feedback.given_at, where=_("见面以后的评价"), url=page)


def register_reader() -> None:
    """Let the desk read what it was called for."""
    register_context(Source.REVIEW, _words_of)
