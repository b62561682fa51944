"""Whether something of an order was delivered, which only the rooms above know: parcels, courses, used credits.

Each registers its question in AppConfig.ready(). Sessions the order knows itself.
"""

from collections.abc import Callable
from datetime import datetime

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.rules import PAID_AHEAD

from .models import Line

#: Takes a line; whether any of it has reached the family.
Question = Callable[[Line], bool]

_questions: list[Question] = []


def register_delivery(question: Question) -> None:
    """Let a room above answer for its kind of delivery, beside all that were registered before."""
    if question not in _questions:
        _questions.append(question)


def is_delivered(line: Line, *, now: datetime) -> bool:
    """Whether anything of a line has been delivered: a session that began, a parcel that left, a lesson done."""
    booking = line.booking
    if booking is not None and booking.status != BookingStatus.CANCELLED:
        return booking.status not in PAID_AHEAD or booking.occupancy.starts_at <= now
    return any(question(line) for question in _questions)
