"""What the safety desk reads of a page or a mood behind a concern: only what its writer let the gate read."""

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source

from .models import DiaryChoice, DiaryEntry, MoodEntry


def diary_context(ref: str) -> Context | None:
    """Return a page or a mood's line by its public id: shown to somebody, or written with the gate reading along.

    None where it is gone, or where its writer took both back.
    """
    public_id = UUID(ref)
    page = DiaryEntry.objects.select_related("child").filter(public_id=public_id).first()
    mood = None if page else MoodEntry.objects.select_related("child").filter(public_id=public_id).first()
    entry = page or mood
    if entry is None or not _may_be_read(entry):
        return None
    if page:
        return Context(text=page.text, written_at=page.edited_at or page.written_at, where=_("日记"))
    assert mood
    return Context(text=mood.line, written_at=mood.felt_at, where=_("心情打卡"))


def _may_be_read(entry: DiaryEntry | MoodEntry) -> bool:
    is_shown = entry.shares.filter(withdrawn_at=None).exists()
    return is_shown or DiaryChoice.objects.filter(child=entry.child, is_read_along=True).exists()


def register_contexts() -> None:
    """Tell the desk."""
    register_context(Source.DIARY, diary_context)
