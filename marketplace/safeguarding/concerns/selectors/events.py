"""The history of a concern, and the texts behind it."""

from django.db.models import QuerySet

from ..enums import TEXT_KINDS
from ..models import Concern, ConcernEvent


def events_of(concern: Concern) -> "QuerySet[ConcernEvent]":
    """Return everything that happened, the latest first."""
    return concern.events.select_related("by", "concern").order_by("-at", "-pk")


def written_texts(concern: Concern) -> list[ConcernEvent]:
    """Return the texts behind a concern, each once, the latest first."""
    found = concern.events.filter(kind__in=TEXT_KINDS).order_by("-at", "-pk")
    return list({(event.source, event.ref): event for event in reversed(found)}.values())[::-1]


def texts_of(concern: Concern) -> list[tuple[str, str]]:
    """Return source and ref of every text behind a concern, each once."""
    found = concern.events.filter(kind__in=TEXT_KINDS).exclude(ref="")
    return list(dict.fromkeys(found.order_by("pk").values_list("source", "ref")))
