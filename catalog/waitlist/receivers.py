"""What scheduling says, and what it means for those who wait. Each inside the sender's transaction."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.models import Booking
from catalog.scheduling.signals import availability_changed, booking_booked, booking_ended

from . import services


@receiver(availability_changed)
def offer_what_is_free(sender: Any, provider_ids: tuple[int, ...], **kwargs: Any) -> None:
    """Only once it is committed: before, nobody else sees that the time is free."""
    # No partial: Django names what failed by its __qualname__, and would fail itself over one without a name.
    transaction.on_commit(lambda: services.set_offering_going(provider_ids=provider_ids), robust=True)


@receiver(booking_booked)
def note_booked(sender: Any, booking: Booking, **kwargs: Any) -> None:
    services.note_booked(booking=booking)


@receiver(booking_ended)
def note_ended(sender: Any, booking: Booking, cancelled_by: CancelledBy, **kwargs: Any) -> None:
    services.note_ended(booking=booking, cancelled_by=cancelled_by, now=booking.cancelled_at)
