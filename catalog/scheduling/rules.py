"""Who may change a booking, until when, and what is given back. Pure."""

from datetime import datetime, timedelta

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

from .enums import BookingStatus, CancelledBy
from .models import Booking, HealthcareService

#: How long a time is kept while a family fills in and pays.
HOLD_FOR = timedelta(minutes=30)
#: How many times one person may keep at once, so that nobody empties a week without paying.
MAX_HOLDS = 5

CHANGEABLE = (BookingStatus.PENDING, BookingStatus.BOOKED)


def hold_end(*, starts_at: datetime, wanted: datetime) -> datetime:
    """Return until when a hold lasts: as wanted, never past the session's start."""
    return min(wanted, starts_at)


def free_change_until(*, service: HealthcareService, starts_at: datetime) -> datetime:
    """Return the last moment at which a family cancels without loss, or moves."""
    return starts_at - timedelta(hours=service.free_cancel_hours)


def refund_percent(
    *, service: HealthcareService, starts_at: datetime, cancelled_by: CancelledBy | str, now: datetime
) -> int:
    """Return how much of the price goes back, 0 to 100. Only a family's own late cancellation costs something."""
    if cancelled_by != CancelledBy.FAMILY:
        return 100
    if now <= free_change_until(service=service, starts_at=starts_at):
        return 100
    return service.late_refund_percent if now < starts_at else 0


def can_cancel(booking: Booking, *, now: datetime) -> bool:
    """Whether the family may still cancel: until the session starts."""
    return booking.status in CHANGEABLE and now < booking.occupancy.starts_at


def can_move(booking: Booking, *, now: datetime) -> bool:
    """Whether the family may still move a paid booking: within the window in which cancelling is free."""
    until = free_change_until(service=booking.service, starts_at=booking.occupancy.starts_at)
    return booking.status == BookingStatus.BOOKED and now <= until


def may_mark_attendance(user: User, booking: Booking) -> bool:
    """Whether this person may say if a session was held: its provider, the partner's people, our staff."""
    provider = booking.occupancy.provider
    if user.role == Role.STAFF or provider.user_id == user.pk:
        return True
    return provider.partner.users.filter(pk=user.pk).exists()
