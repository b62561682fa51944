"""Reads of talks."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ..models import Event, EventSeat
from .enums import SeatState
from .services import digest_of

#: A talk that is over stays on its page so long, for who looks for it.
SHOWN_AFTER = timedelta(days=90)


def coming_events(now: datetime) -> "QuerySet[Event]":
    """What is still to come, the next first."""
    return Event.objects.filter(is_published=True, ends_at__gt=now).order_by("starts_at", "pk")


def past_events(now: datetime) -> "QuerySet[Event]":
    """What took place lately, the latest first."""
    past = Event.objects.filter(is_published=True, cancelled_at=None, ends_at__lte=now)
    return past.filter(ends_at__gt=now - SHOWN_AFTER).order_by("-starts_at", "pk")


def event_at(slug: str) -> Event | None:
    """One talk by its address."""
    return Event.objects.filter(slug=slug, is_published=True).first()


def seat_of(event: Event, user: Any) -> EventSeat | None:
    """A person's sign-up that stands, if any."""
    if not user.is_authenticated:
        return None
    return EventSeat.objects.filter(event=event, person=user).exclude(state=SeatState.CANCELLED).first()


def seats_of(user: Any, now: datetime) -> "QuerySet[EventSeat]":
    """What a person signed up for and is still to come."""
    mine = EventSeat.objects.filter(person=user, event__ends_at__gt=now).exclude(state=SeatState.CANCELLED)
    return mine.select_related("event").order_by("event__starts_at")


def seat_with_secret(public_id: UUID, secret: str) -> EventSeat | None:
    """The sign-up of who holds its link; None for anybody else."""
    if not secret:
        return None
    rows = EventSeat.objects.select_related("event").filter(public_id=public_id, secret_digest=digest_of(secret))
    return rows.first()


def place_in_line(seat: EventSeat) -> int:
    """How many were waiting before this one, plus one."""
    before = EventSeat.objects.filter(event_id=seat.event_id, state=SeatState.WAITING, asked_at__lt=seat.asked_at)
    return before.count() + 1


def sign_ups(event: Event) -> "QuerySet[EventSeat]":
    """Who comes and who waits, for our staff at the door."""
    rows = EventSeat.objects.filter(event=event).exclude(state=SeatState.CANCELLED)
    return rows.select_related("person").order_by("state", "asked_at", "pk")
