"""How a group's date stands: seats, who has paid, and when it is said whether it takes place."""

from dataclasses import dataclass
from datetime import datetime

from catalog.scheduling.enums import REMOTE_MODES, BookingStatus
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.rules import DECIDE_BEFORE

#: Paid and granted: what opens a consultation room.
OPENING = (BookingStatus.BOOKED, BookingStatus.FULFILLED)


@dataclass(frozen=True)
class GroupRow:
    """One date, with its bookings in force."""

    session: Occupancy
    places: list[Booking]

    @property
    def paid(self) -> int:
        return sum(place.status != BookingStatus.PENDING for place in self.places)

    @property
    def held(self) -> int:
        """Families about to pay."""
        return len(self.places) - self.paid

    @property
    def seats_left(self) -> int:
        return max(self.session.seats - len(self.places), 0)

    @property
    def decides_at(self) -> datetime:
        """When it is said whether enough people come."""
        return self.session.starts_at - DECIDE_BEFORE

    @property
    def missing(self) -> int:
        """How many are wanting until it takes place; none once that was said."""
        return 0 if self.session.decided_at else max(self.session.minimum_seats - self.paid, 0)

    @property
    def is_fixed(self) -> bool:
        """Whether it takes place for certain."""
        return bool(self.session.decided_at) or not self.session.minimum_seats

    @property
    def is_remote(self) -> bool:
        """Whether it can be joined in the consultation room."""
        return self.session.service is not None and any(mode in REMOTE_MODES for mode in self.session.service.modes)

    @property
    def remote_place(self) -> Booking | None:
        """A place by which the room opens: it stays shut while nobody is booked from afar."""
        opening = (each for each in self.places if each.status in OPENING and each.mode in REMOTE_MODES)
        return next(opening, None)


def group_row(session: Occupancy) -> GroupRow:
    """Return how a session stands that was loaded with its `places`."""
    return GroupRow(session, list(session.places))  # type: ignore[attr-defined]  # a Prefetch's to_attr
