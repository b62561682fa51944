"""What scheduling says of bookings, and what it means for the steps they were made for. Inside the sender's transaction."""

from typing import Any

from django.dispatch import receiver

from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.models import Booking
from catalog.scheduling.signals import attendance_marked, booking_booked, booking_ended

from . import services


@receiver(booking_booked)
def note_booked(sender: Any, booking: Booking, **kwargs: Any) -> None:
    services.note_booked(booking=booking)


@receiver(booking_ended)
def note_ended(sender: Any, booking: Booking, cancelled_by: CancelledBy, **kwargs: Any) -> None:
    services.note_ended(booking=booking, cancelled_by=cancelled_by)


@receiver(attendance_marked)
def note_attended(sender: Any, booking: Booking, **kwargs: Any) -> None:
    services.note_attended(booking=booking)
