"""Saying whether a session was held."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ..enums import BookingStatus
from ..errors import BookingEnded, NotYourBooking, SessionNotStarted
from ..locks import locked_bookings
from ..models import Booking
from ..rules import may_mark_attendance
from ..signals import attendance_marked

MARKABLE = (BookingStatus.BOOKED, BookingStatus.FULFILLED, BookingStatus.NOSHOW)


@transaction.atomic(durable=True)
def mark_attendance(*, booking_id: int, attended: bool, marked_by: User, now: datetime | None = None) -> Booking:
    """Mark a session held or missed, from its start on; a mistake may be corrected by marking again.

    Raises:
        NotYourBooking: of another provider or partner.
        BookingEnded: never paid, or cancelled.
        SessionNotStarted: it still lies ahead.
    """
    booking = next(iter(locked_bookings([booking_id])), None)
    if booking is None or not may_mark_attendance(marked_by, booking):
        raise NotYourBooking
    if booking.status not in MARKABLE:
        raise BookingEnded
    if (now or timezone.now()) < booking.occupancy.starts_at:
        raise SessionNotStarted
    booking.status = BookingStatus.FULFILLED if attended else BookingStatus.NOSHOW
    booking.save(update_fields=["status"])
    attendance_marked.send(sender=Booking, booking=booking)
    return booking
