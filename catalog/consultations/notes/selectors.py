"""Reads of notes. They are opened one at a time: a list shows days, never words."""

from django.db.models import QuerySet

from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from .models import SessionNote


def note_of(booking: Booking) -> SessionNote | None:
    """Return the note of a booking with what was added to it, if one was begun."""
    found = SessionNote.objects.filter(booking=booking).select_related("provider").prefetch_related("addenda")
    return found.first()


def own_notes(user: User, booking: Booking) -> QuerySet[SessionNote]:
    """Return what this provider wrote about the booking's child, the latest session first; bodies are left closed."""
    return (
        SessionNote.objects.filter(child=booking.child_id, provider__user=user)
        .select_related("booking", "provider")
        .defer("body")
        .order_by("-held_at", "-pk")
    )


def colleagues_notes(user: User, booking: Booking) -> QuerySet[SessionNote]:
    """Return what others signed about the booking's child; whether one may be read, consent's door decides."""
    return (
        SessionNote.objects.filter(child=booking.child_id, signed_at__isnull=False)
        .exclude(provider__user=user)
        .select_related("booking", "provider__partner")
        .prefetch_related("addenda")
        .order_by("-held_at", "-pk")
    )
