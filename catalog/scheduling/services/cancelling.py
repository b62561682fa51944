"""Giving a place back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.catalogue.cancellation import Window

from ..enums import CancelledBy
from ..errors import BookingEnded, TooLateToChange
from ..locks import locked_bookings
from ..models import Booking
from ..rules import CHANGEABLE, window_of
from .places import end_bookings


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A cancelled booking, and what its policy gives back of a price."""

    booking: Booking
    window: Window


@transaction.atomic
def release_bookings(
    *, booking_ids: Collection[int], cancelled_by: CancelledBy | str, now: datetime | None = None
) -> list[Booking]:
    """Give back held or booked places, whatever the policy: the order ended. Joins the caller's transaction.

    Repeats do nothing, and sessions that were held or missed stay. Returns the bookings as they are now.
    """
    bookings = locked_bookings(booking_ids)
    live = [booking for booking in bookings if booking.status in CHANGEABLE]
    end_bookings(live, cancelled_by=cancelled_by, now=now or timezone.now())
    return bookings


@transaction.atomic
def cancel_booking(*, booking_id: int, cancelled_by: CancelledBy | str, now: datetime | None = None) -> Cancellation:
    """Cancel one booking and say how much is given back. Joins the caller's transaction, where the refund is claimed.

    Whose booking it is, the caller has checked.

    Raises:
        BookingEnded: it is cancelled, held or missed already.
        TooLateToChange: a family's booking that has started.
        Booking.DoesNotExist: no such booking.
    """
    now = now or timezone.now()
    booking = next(iter(locked_bookings([booking_id])), None)
    if booking is None:
        raise Booking.DoesNotExist
    if booking.status not in CHANGEABLE:
        raise BookingEnded
    starts_at = booking.occupancy.starts_at
    if cancelled_by == CancelledBy.FAMILY and now >= starts_at:
        raise TooLateToChange
    window = window_of(booking, cancelled_by=cancelled_by, now=now)
    end_bookings([booking], cancelled_by=cancelled_by, now=now)
    return Cancellation(booking, window)
