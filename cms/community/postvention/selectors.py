"""Whether words are read before they are shown, what is known about holds, and what the rule reads."""

from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from ..models import HoldMode, Sight, Topic
from . import surge

_LOOKED_BACK = surge.WINDOW + timedelta(days=surge.DAYS)


def live_holds() -> "QuerySet[HoldMode]":
    """Return holds that run now, drills left out."""
    return HoldMode.objects.filter(ended_at=None, is_drill=False)


def hold_over(topic: Topic | None) -> HoldMode | None:
    """Return the hold that covers a topic, the one of everything first; for None only that one. None where none runs."""
    scope = Q(topic=None) if topic is None else Q(topic=None) | Q(topic=topic)
    holds = list(live_holds().filter(scope).select_related("topic"))
    return min(holds, key=lambda hold: hold.topic_id is not None, default=None)


def is_on_hold(topic: Topic | None = None) -> bool:
    """Return whether everything written in a topic is read by a person before it is shown."""
    return hold_over(topic) is not None


def all_holds() -> "QuerySet[HoldMode]":
    """Return every hold and drill, the newest first."""
    return HoldMode.objects.select_related("topic", "began_by", "ended_by").order_by("-began_at", "-pk")


def reading(*, theme: str, topic: Topic | None, now: datetime, is_drill: bool = False) -> surge.Reading:
    """Return what the rule reads for a theme, in a topic or (None) everywhere."""
    sights = Sight.objects.filter(is_drill=is_drill, seen_at__lte=now)
    since = sights.aggregate(first=Min("seen_at"))["first"]
    counted = sights.filter(theme=theme, seen_at__gt=now - _LOOKED_BACK)
    if topic is not None:
        counted = counted.filter(topic=topic)
    rows = counted.values_list("seen_at", "thread_id")
    return surge.read([surge.Seen(*row) for row in rows], now=now, since=since)
