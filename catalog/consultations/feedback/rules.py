"""Who may say something about a session, and until when."""

from datetime import datetime, timedelta

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from .enums import GivenBy

#: How long after a session; later one remembers others.
GIVEN_WITHIN = timedelta(days=60)
#: Fewer are shown as a count without an average: it would say more than they know.
AVERAGE_FROM = 5


def role_of(user: User, booking: Booking) -> GivenBy | None:
    """Return as what a person speaks of a session: the young person who was there, or whoever booked it."""
    if booking.child.account_id == user.pk:
        return GivenBy.YOUNG
    return GivenBy.GUARDIAN if booking.booked_by_id == user.pk else None


def is_held(booking: Booking) -> bool:
    """Whether the session took place, as its provider marked it."""
    return booking.status == BookingStatus.FULFILLED


def is_in_time(booking: Booking, now: datetime) -> bool:
    """Whether it is not too long ago."""
    return now < booking.ends_at + GIVEN_WITHIN
