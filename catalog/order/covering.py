"""How sessions paid for ahead pay for a booking.

Packages stand above orders; `catalog.credits` registers how it covers a line in its AppConfig.ready(). Every call joins
the order's transaction, after the order, its bookings and its stock are locked and before money is.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from .errors import CreditGone


class Cover(Protocol):
    """Spends and gives back sessions that a family holds."""

    def take(self, *, user: User, booking: Booking, grant_id: UUID, now: datetime) -> int:
        """Spend one session of a grant on a booking; return what it is worth, in fen. Raises a Refusal."""

    def take_again(self, *, booking_ids: Collection[int], now: datetime) -> None:
        """Money came after the order ended: spend what was given back. Raises a Refusal where it is gone."""

    def give_back(self, *, booking_ids: Collection[int], now: datetime) -> list[int]:
        """Give sessions back; repeats do nothing. Returns the bookings whose session came back."""


_covers: list[Cover] = []


def register_cover(cover: Cover) -> None:
    """Make packages pay for bookings; the last registration wins."""
    _covers[:] = [cover]


def cover() -> Cover:
    """Return who covers lines. Raises CreditGone where nothing is registered."""
    if not _covers:
        raise CreditGone
    return _covers[0]
