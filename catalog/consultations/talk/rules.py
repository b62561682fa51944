"""Who may talk about a booking, and until when."""

from datetime import datetime, timedelta

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from catalog.scheduling.rules import may_act_for
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

#: As long as the way to reach a family is open to the organisation at all: a week after the session.
OPEN_AFTER = timedelta(days=7)
#: How many messages one side of a talk may send in an hour.
MOST_IN_AN_HOUR = 20
#: Paid, or asked for and paid: a time that is only kept is no booking to talk about.
_TALKED_ABOUT = (BookingStatus.PROPOSED, BookingStatus.BOOKED, BookingStatus.FULFILLED, BookingStatus.NOSHOW)


def is_familys(user: User, booking: Booking) -> bool:
    """Whether this person speaks for the family: who booked, or the young person it is for."""
    return user.pk in (booking.booked_by_id, booking.child.account_id)


def may_answer(user: User, booking: Booking) -> bool:
    """Whether this person speaks for the organisation; our own staff do not."""
    return user.role != Role.STAFF and may_act_for(user, booking.occupancy.provider)


def is_open(booking: Booking, now: datetime) -> bool:
    """Whether something may still be said."""
    return booking.status in _TALKED_ABOUT and now < booking.ends_at + OPEN_AFTER
