"""Keeping how it is, adding to it, and letting it go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.formatting import in_shanghai
from marketplace.core.minimising import without_identity_numbers
from marketplace.families.models import Child
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import QUIET, Answer
from marketplace.safeguarding.gate.services import screen

from ..diary_errors import NoWeatherChosen, TooManyWords
from ..locks import checkins as checkin_locks
from ..locks import diary as diary_locks
from ..models import CheckInPrompt, DiaryChoice, MoodEntry
from ..moods import MOST_WORDS, WORDS, Weather
from . import diary_sharing


@dataclass(frozen=True, slots=True)
class Kept:
    """A mood that was kept, and what the gate has to say, where the young person wanted it to read along."""

    mood: MoodEntry
    answer: Answer


@transaction.atomic(durable=True)
def record_mood(
    *,
    child: Child,
    weather: int,
    words: Collection[str] = (),
    line: str = "",
    prompt_id: UUID | None = None,
    now: datetime | None = None,
) -> Kept:
    """Keep how it is now; with `prompt_id` as the answer to an asking, which ends it whatever its hour.

    Raises NoWeatherChosen, TooManyWords, CheckInPrompt.DoesNotExist.
    """
    now = now or timezone.now()
    prompt = checkin_locks.prompt(child, prompt_id) if prompt_id else None
    mood = MoodEntry(child=child, felt_at=now, felt_on=in_shanghai(now).date())
    _fill(mood, weather, words, line)
    mood.save()
    if prompt:
        _answer_prompt(prompt, mood, now)
    return Kept(mood, read_along(mood.line, child=child, ref=mood.public_id))


@transaction.atomic(durable=True)
def change_mood(*, child: Child, public_id: UUID, weather: int, words: Collection[str], line: str) -> Kept:
    """Choose again, or add words. Raises NoWeatherChosen, TooManyWords, MoodEntry.DoesNotExist."""
    mood = diary_locks.mood(child, public_id)
    _fill(mood, weather, words, line)
    mood.save(update_fields=["weather", "words", "line"])
    return Kept(mood, read_along(mood.line, child=child, ref=mood.public_id))


@transaction.atomic(durable=True)
def forget_mood(*, child: Child, public_id: UUID) -> None:
    """Delete one mood; who was shown it sees it no more. Raises MoodEntry.DoesNotExist."""
    mood = diary_locks.mood(child, public_id)
    diary_sharing.end_shares(child=child, shares=mood.shares.all())
    mood.delete()


@transaction.atomic(durable=True)
def forget_all_moods(*, child: Child) -> int:
    """Delete every mood; return how many."""
    rows = MoodEntry.objects.filter(child=child)
    diary_sharing.end_shares(child=child, shares=child.entry_shares.filter(mood__isnull=False))
    count = rows.count()
    rows.delete()
    return count


def read_along(text: str, *, child: Child, ref: UUID) -> Answer:
    """Let the gate read what somebody wrote for themselves, if they chose that; nothing is read otherwise."""
    if not text.strip() or not DiaryChoice.objects.filter(child=child, is_read_along=True).exists():
        return QUIET
    return screen(text=text, source=Source.DIARY, ref=str(ref), author=child.account, child=child)


def _fill(mood: MoodEntry, weather: int, words: Collection[str], line: str) -> None:
    if weather not in Weather.values:
        raise NoWeatherChosen
    chosen = [key for key in WORDS if key in set(words)]
    if len(chosen) > MOST_WORDS:
        raise TooManyWords
    mood.weather, mood.words, mood.line = weather, chosen, without_identity_numbers(line.strip())


def _answer_prompt(prompt: CheckInPrompt, mood: MoodEntry, now: datetime) -> None:
    prompt.mood = mood
    prompt.ended_at = prompt.ended_at or now
    prompt.snoozed_until = None
    prompt.save(update_fields=["mood", "ended_at", "snoozed_until"])
