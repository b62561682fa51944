"""Row locks of the diary and its shares."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.families.models import Child

from ..models import DiaryEntry, EntryShare, MoodEntry


def page(child: Child, public_id: UUID) -> DiaryEntry:
    """Return a page of one's own, locked. Raises DiaryEntry.DoesNotExist."""
    return DiaryEntry.objects.select_for_update().get(child=child, public_id=public_id)


def mood(child: Child, public_id: UUID) -> MoodEntry:
    """Return a mood of one's own, locked. Raises MoodEntry.DoesNotExist."""
    return MoodEntry.objects.select_for_update().get(child=child, public_id=public_id)


def share(public_id: UUID) -> "QuerySet[EntryShare]":
    """A share, locked, with what it is of."""
    rows = EntryShare.objects.select_for_update(of=("self",)).filter(public_id=public_id)
    return rows.select_related("child", "recipient", "consent", "diary", "mood")
