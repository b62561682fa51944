"""Who may write and read notes."""

from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from ..carers import HELD_STATUSES
from .models import SessionNote


def may_write(user: User, booking: Booking) -> bool:
    """Whether this person gives, or gave, the session; nobody else of the organisation writes for them."""
    return booking.status in HELD_STATUSES and booking.occupancy.provider.user_id == user.pk


def is_own(user: User, note: SessionNote) -> bool:
    """Whether this person wrote it."""
    return note.provider.user_id == user.pk
