"""A drill: invented texts go through the real recogniser, rule and hold, marked, and hold nothing. Measured in seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from ...models import HoldMode, Sight, Topic
from ...moderation.words import what_they_tell
from .. import drill_texts, guidance, selectors
from ..themes import themes_of
from .noticing import look


@dataclass(frozen=True, slots=True)
class DrillResult:
    """What a drill showed. `texts_to_hold`: how many related texts it took; `seconds_to_hold`: from the first of them,
    counted by the machine's own clock; `mistaken`: everyday texts taken for related ones; `reading`: library items the
    banner leads to."""

    hold: HoldMode | None
    texts_to_hold: int
    seconds_to_hold: float
    mistaken: int
    reading: int
    real_holds: int

    @property
    def has_passed(self) -> bool:
        """Held, by related texts alone, with something to read, and no reader noticed."""
        return self.hold is not None and self.mistaken == 0 and self.reading > 0 and self.real_holds == 0


@transaction.atomic(durable=True)
def run_drill(*, topic: Topic | None = None, now: datetime | None = None) -> DrillResult:
    """Play an invented evening: everyday texts, then news that spreads. Earlier drills are forgotten.

    Nothing real is held: a drill's hold is marked, and no page of the community asks for it.
    """
    now = now or timezone.now()
    topics = [topic] if topic else list(Topic.objects.order_by("position", "pk")[:3])
    Sight.objects.filter(is_drill=True).delete()
    HoldMode.objects.filter(is_drill=True, ended_at=None).update(ended_at=now)
    before = selectors.live_holds().count()
    mistaken = sum(1 for text in drill_texts.EVERYDAY if _themes(text))
    hold, texts, seconds = _play(topics, now)
    return DrillResult(
        hold=hold,
        texts_to_hold=texts,
        seconds_to_hold=seconds,
        mistaken=mistaken,
        reading=len(guidance.to_read()),
        real_holds=selectors.live_holds().count() - before,
    )


def _play(topics: list[Topic], now: datetime) -> tuple[HoldMode | None, int, float]:
    began = monotonic()
    for number, text in enumerate(drill_texts.NEWS, start=1):
        at = now + timedelta(seconds=monotonic() - began)
        for theme in sorted(_themes(text)):
            topic = topics[number % len(topics)]
            Sight.objects.create(theme=theme, topic=topic, seen_at=at, is_drill=True)
            hold = look(theme=theme, topic=topic, now=at, is_drill=True)
            if hold is not None:
                return hold, number, monotonic() - began
    return None, len(drill_texts.NEWS), monotonic() - began


def _themes(text: str) -> frozenset[str]:
    level, kind = what_they_tell(text)
    return frozenset(themes_of(text, kind=kind, level=level))
