"""Reads of moods: the young person's own, and nobody else's."""

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.formatting import in_shanghai
from marketplace.families.models import Child

from ..models import MoodEntry
from ..moods import WORDS

#: More than anybody looks at on one page.
_MOST = 400


def moods_of(child: Child) -> "QuerySet[MoodEntry]":
    """A young person's moods, the latest first."""
    return MoodEntry.objects.filter(child=child).select_related("child").order_by("-felt_at", "-pk")


def mood_of(child: Child, public_id: UUID) -> MoodEntry | None:
    """One mood of one's own; somebody else's does not exist."""
    return moods_of(child).filter(public_id=public_id).first()


def moods_since(child: Child, days: int, *, now: datetime | None = None) -> list[MoodEntry]:
    """The moods of the last so many Shanghai days, today included, the oldest first, ready to be opened."""
    first = first_day(days, now=now)
    found = list(moods_of(child).filter(felt_on__gte=first)[:_MOST])[::-1]
    prefetch_keys(found)
    return found


def first_day(days: int, *, now: datetime | None = None) -> date:
    """Return the first of the last so many days, today included."""
    return in_shanghai(now or timezone.now()).date() - timedelta(days=days - 1)


def words_counted(moods: list[MoodEntry]) -> list[tuple[str, int]]:
    """Return which words were chosen how often, the most frequent first."""
    counted = Counter(key for mood in moods for key in mood.words if key in WORDS)
    return [(str(WORDS[key]), count) for key, count in counted.most_common()]
