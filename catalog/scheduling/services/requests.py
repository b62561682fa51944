"""A provider's yes to a paid request. A no, or no answer, ends it through its order, which gives the money back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..enums import BookingStatus
from ..errors import RequestEnded
from ..locks import locked_bookings
from ..models import Booking
from ..selectors.bookings import ids_taken_together
from .confirming import announce_booked


@transaction.atomic
def grant_request(*, booking_id: int, now: datetime | None = None) -> list[Booking]:
    """Fix a requested place, and with it those taken together with it at the same provider. Joins the caller's transaction.

    Who says so, the caller has checked.

    Raises RequestEnded: it was answered, taken back or lapsed before, or its time has come.
    """
    bookings = locked_bookings(ids_taken_together(booking_id))
    asked = next((booking for booking in bookings if booking.pk == booking_id), None)
    if asked is None or asked.status != BookingStatus.PROPOSED:
        raise RequestEnded
    # A group that fell through is no longer live, though its families are still to hear of it.
    if not asked.occupancy.is_live or asked.occupancy.starts_at <= (now or timezone.now()):
        raise RequestEnded
    granted = [
        booking
        for booking in bookings
        if booking.status == BookingStatus.PROPOSED and booking.occupancy.provider_id == asked.occupancy.provider_id
    ]
    for booking in granted:
        booking.status, booking.answer_by = BookingStatus.BOOKED, None
        booking.save(update_fields=["status", "answer_by"])
    announce_booked([booking.pk for booking in granted])
    return granted
