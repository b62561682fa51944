"""Ending a paid session whose giver, or which itself, may not be offered any more: all of the money goes back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.errors import BookingEnded
from catalog.scheduling.rules import PAID_AHEAD
from marketplace.accounts.models import User

from ..cancellations import lines_cancelled_with
from ..enums import Why
from .cancelling import CancelledLine, end_lines, locked_line


@transaction.atomic
def end_withheld(*, booking_id: int, initiator: User | None, now: datetime | None = None) -> list[CancelledLine]:
    """End a session, with what was taken together with it, at nobody's expense but the provider's.

    Joins the caller's transaction, which may hold no lock yet. `initiator`: the family, where it was not the calendar.

    Raises: NotYourBooking (nobody paid it), BookingEnded.
    """
    line = locked_line(booking_id)
    if line.booking is None or line.booking.status not in PAID_AHEAD:
        raise BookingEnded
    return end_lines(
        lines_cancelled_with(line),
        by=CancelledBy.PROVIDER,
        initiator=initiator,
        now=now or timezone.now(),
        why=Why.WITHHELD,
    )
