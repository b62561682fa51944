"""Who may come into a session's room, and when. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from catalog.scheduling.enums import REMOTE_MODES, Attendee, BookingStatus
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.rules import MOST_REMOTE_SEATS
from marketplace.accounts.models import User
from marketplace.core.throttling import Pace
from marketplace.families.models import Child

from .enums import Part
from .errors import HeldInPerson, RoomNotBooked, RoomNotOpenYet, RoomOver, RoomRefusal

OPENS_BEFORE = timedelta(minutes=15)
CLOSES_AFTER = timedelta(minutes=30)
#: How long after a session its provider may still raise an emergency.
EMERGENCY_UNTIL = timedelta(hours=2)
#: How long after it was raised an emergency keeps open what the family left for this case.
SHEET_OPEN_FOR = timedelta(hours=24)
#: How long an alarm that reached nobody is tried again.
ALARM_TRIED_FOR = timedelta(hours=24)
#: Whoever was let in and comes back within this time needs no second yes.
MAY_RETURN = timedelta(minutes=2)
#: As many browsers can send to each other directly, the provider's besides.
MOST_FAMILY_PEOPLE = MOST_REMOTE_SEATS
#: In these states a booking opens its room: a session that was marked held may still go on.
OPENING_STATUSES = (BookingStatus.BOOKED, BookingStatus.FULFILLED)
#: How often one person may knock at one room: a poor line reconnects now and then, not all the time.
COMING = Pace(
    "room",
    free=60,
    first_wait=timedelta(seconds=2),
    longest_wait=timedelta(seconds=30),
    forgotten_after=timedelta(minutes=10),
)
LONGEST_NAME = 20
LONGEST_WORDS = 2000


@dataclass(frozen=True)
class RoomEntry:
    """One person's way into one session: as what, for which bookings (none for the provider), and when."""

    occupancy: Occupancy
    part: Part
    bookings: Sequence[Booking] = ()

    @property
    def opens_at(self) -> datetime:
        """From when on it can be entered."""
        return self.occupancy.starts_at - OPENS_BEFORE

    @property
    def closes_at(self) -> datetime:
        """From when on it cannot any more."""
        return self.occupancy.ends_at + CLOSES_AFTER

    def is_open(self, now: datetime) -> bool:
        """Whether it can be entered now."""
        return self.opens_at <= now < self.closes_at


def room_group(occupancy_id: UUID) -> str:
    """Return the name under which all connections to a room are reached at once."""
    return f"room.{occupancy_id}"


def may_come_as(user: User, booking: Booking, *, is_guardian: bool) -> bool:
    """Whether this person is who a place was booked for.

    The guardian's place is for a guardian in force. The child's is for the child's own account; a guardian opens the room
    for a child without one, or for one whom the law does not let decide alone yet, and never in an older one's stead.
    """
    child: Child = booking.child
    if booking.attendee == Attendee.GUARDIAN:
        return is_guardian
    if child.account_id == user.pk:
        return True
    return is_guardian and (child.account_id is None or not child.rules.decides_alone)


def refusal_at(entry: RoomEntry, *, now: datetime) -> RoomRefusal | None:
    """Return why an entry is closed at `now`, or None where it is open. The first reason in this order counts."""
    bookings = [booking for booking in entry.bookings if booking.status in OPENING_STATUSES]
    if entry.part == Part.FAMILY and not bookings:
        return RoomNotBooked()
    if not any(booking.mode in REMOTE_MODES for booking in bookings):
        return HeldInPerson() if bookings else RoomNotBooked()
    if now < entry.opens_at:
        return RoomNotOpenYet()
    if now >= entry.closes_at:
        return RoomOver()
    return None
