"""What still stands in a basket. Pure."""

from datetime import datetime

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking

from .models import Line


def is_held(booking: Booking, *, now: datetime) -> bool:
    """Whether a time is kept for the family at `now`."""
    return booking.status == BookingStatus.PENDING and booking.held_until is not None and booking.held_until > now


def is_over(line: Line, *, now: datetime) -> bool:
    """Whether a line's time is no longer kept; lines without a time never end by themselves."""
    return line.booking is not None and not is_held(line.booking, now=now)
