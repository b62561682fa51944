"""What the safety desk reads of a letter behind a concern: in the place it was written, nothing copied."""

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source

from .models import Letter


def letter_context(ref: str) -> Context | None:
    """Return one letter by its public id; None where it was taken back."""
    letter = Letter.objects.select_related("thread").filter(public_id=UUID(ref)).first()
    if letter is None:
        return None
    where = _("心语信箱 · %(band)s") % {"band": letter.thread.get_band_display()}
    return Context(text=letter.text, written_at=letter.sent_at, where=where)


def register_contexts() -> None:
    """Tell the desk."""
    register_context(Source.LETTER, letter_context)
