"""Who may change a booking, until when, and what is given back. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from catalog.catalogue.cancellation import WHOLE, Window
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

from .enums import REMOTE_MODES, BookingStatus, CancelledBy
from .models import Booking, Provider

#: How long a time is kept while a family fills in and pays.
HOLD_FOR = timedelta(minutes=30)
#: How many times one person may keep at once, so that nobody empties a week without paying.
MAX_HOLDS = 5
#: How many places may be taken together.
MOST_TOGETHER = 6

#: How long a provider has at the least to answer a request, however near its time is.
ANSWER_AT_LEAST = timedelta(minutes=30)
#: A request is answered at the latest so long before it would begin: the family can still look elsewhere.
ANSWERED_BEFORE = timedelta(hours=2)

#: How long before its start it is said whether a group session takes place, and until when families about to pay count.
DECIDE_BEFORE = timedelta(hours=48)
DECIDE_AT_LATEST = timedelta(hours=24)

#: More browsers than these, the provider's besides, cannot all send to one another: a group that can be joined from afar
#: has no more seats. The database keeps it, too (migration 0002).
MOST_REMOTE_SEATS = 8

CHANGEABLE = (BookingStatus.PENDING, BookingStatus.PROPOSED, BookingStatus.BOOKED)
#: Paid, and not over.
PAID_AHEAD = (BookingStatus.PROPOSED, BookingStatus.BOOKED)


def is_too_large_for_a_room(modes: Iterable[str], seats: int) -> bool:
    """Whether a group in these modes has more seats than a consultation room has places."""
    return seats > MOST_REMOTE_SEATS and any(mode in REMOTE_MODES for mode in modes)


def hold_end(*, starts_at: datetime, wanted: datetime) -> datetime:
    """Return until when a hold lasts: as wanted, never past the session's start."""
    return min(wanted, starts_at)


def is_free_until_start(booking: Booking) -> bool:
    """Whether the family never agreed to this as it stands: its provider moved it, or has not granted it yet.

    An answer takes `answer_by` away, so what was cancelled before it still shows it.
    """
    return booking.moved_by_provider_at is not None or booking.answer_by is not None


def free_change_until(booking: Booking) -> datetime | None:
    """Return the last moment at which a family cancels without loss, or moves; None where neither is free."""
    if is_free_until_start(booking):
        return booking.occupancy.starts_at
    return booking.cancellation_policy.free_until(starts_at=booking.occupancy.starts_at)


def window_of(booking: Booking, *, cancelled_by: CancelledBy | str, now: datetime) -> Window:
    """Return what a cancellation at `now` gives back, by what the family agreed to. Only its own one costs something."""
    if cancelled_by != CancelledBy.FAMILY or is_free_until_start(booking):
        return WHOLE
    return booking.cancellation_policy.window_at(starts_at=booking.occupancy.starts_at, now=now)


def can_cancel(booking: Booking, *, now: datetime) -> bool:
    """Whether the family may still cancel: until the session starts."""
    return booking.status in CHANGEABLE and now < booking.occupancy.starts_at


def can_move(booking: Booking, *, now: datetime) -> bool:
    """Whether the family may still move a paid booking: within the window in which cancelling is free."""
    until = free_change_until(booking)
    return booking.status == BookingStatus.BOOKED and until is not None and now <= until and _lies_ahead(booking, now)


def can_switch_mode(booking: Booking, *, now: datetime) -> bool:
    """Whether a paid session may still be held in another way: until it starts."""
    return booking.status in PAID_AHEAD and _lies_ahead(booking, now)


def _lies_ahead(booking: Booking, now: datetime) -> bool:
    return now < booking.occupancy.starts_at


def may_mark_attendance(user: User, booking: Booking) -> bool:
    """Whether this person may say if a session was held: who may act for its provider."""
    return may_act_for(user, booking.occupancy.provider)


def may_act_for(user: User, provider: Provider) -> bool:
    """Whether this person may answer for a provider's time: the provider, the partner's people, our staff."""
    if user.role == Role.STAFF or provider.user_id == user.pk:
        return True
    return provider.partner.users.filter(pk=user.pk).exists()
