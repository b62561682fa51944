"""The queue of the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from marketplace.safeguarding.enums import Kind, Level, Source

from ..clocks import ESCALATION_MINUTES
from ..enums import CallState, EventKind
from ..models import Call, Concern, ConcernEvent

#: How long a closed concern stays in the list of closed ones.
CLOSED_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wish:
    """What part of the queue to show: "open", "mine", "waiting" or "closed"; of one kind; without drills."""

    show: str = "open"
    kind: str = ""
    user_id: int | None = None


def queue(wish: Wish, now: datetime | None = None) -> "QuerySet[Concern]":
    """Return concerns, the most urgent first and of these the one that waits longest; closed ones by their end."""
    found = Concern.objects.filter(erased_at=None).select_related("acknowledged_by").defer("link")
    if wish.kind in Kind.values:
        found = found.filter(kind=wish.kind)
    if wish.show == "closed":
        since = (now or timezone.now()) - CLOSED_SHOWN
        return found.filter(closed_at__gte=since).order_by("-closed_at", "-pk")
    found = found.filter(closed_at=None)
    if wish.show == "waiting":
        found = found.filter(acknowledged_at=None)
    if wish.show == "mine":
        found = found.filter(acknowledged_by=wish.user_id)
    later = ConcernEvent.objects.filter(
        concern=OuterRef("pk"), kind=EventKind.GATHERED, at__gt=OuterRef("acknowledged_at")
    )
    return found.annotate(has_news=Exists(later)).order_by("-urgency", "clock_from", "pk")


def counts(user_id: int) -> dict[str, int]:
    """Return how many are open, waiting for somebody, urgent, drills, and in this person's hands. One query."""
    return Concern.objects.filter(closed_at=None, erased_at=None).aggregate(
        open=Count("pk"),
        waiting=Count("pk", filter=Q(acknowledged_at=None)),
        urgent=Count("pk", filter=Q(urgency=Level.URGENT)),
        mine=Count("pk", filter=Q(acknowledged_by=user_id)),
        drills=Count("pk", filter=Q(is_drill=True)),
    )


def concern_of(public_id: UUID) -> Concern | None:
    """Return one concern with who looks after it."""
    found = Concern.objects.select_related("acknowledged_by", "closed_by", "drill_started_by")
    return found.filter(public_id=public_id, erased_at=None).first()


def concern_of_text(source: Source, ref: str) -> Concern | None:
    """Return the latest concern a text stands behind."""
    behind = ConcernEvent.objects.filter(source=source, ref=ref).order_by("-pk").select_related("concern").first()
    return behind.concern if behind and behind.concern.erased_at is None else None


def concerns_to_watch(now: datetime, has_staff: bool) -> list[int]:
    """Return the keys of concerns whose clocks ask for something: an alarm, a promise, an escalation."""
    owed = Q(alerted_at=None)
    if has_staff:
        owed |= Q(acknowledge_by=None)
    for minutes in ESCALATION_MINUTES:
        owed |= Q(**{f"escalated_{minutes}_at": None}, clock_from__lte=now - timedelta(minutes=minutes))
    waiting = Concern.objects.filter(closed_at=None, acknowledged_at=None, erased_at=None)
    return list(waiting.filter(owed).order_by("-urgency", "clock_from").values_list("pk", flat=True))


def waiting_calls(concern: Concern) -> "QuerySet[Call]":
    """Return the calls of the phone tree in this round, in their order, with whom to call."""
    return concern.calls.filter(round=concern.round).select_related("person", "marked_by")


def has_reached_somebody(calls: "list[Call]") -> bool:
    """Return whether a call got through."""
    return any(call.state == CallState.REACHED for call in calls)
