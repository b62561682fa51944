"""Whom the provider sees in the room by name."""

from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look

from ..rules import RoomEntry


def look_at_profiles(*, provider: User, entry: RoomEntry) -> frozenset[str]:
    """Return which bookings' profile names the provider sees in the room (public ids), and write the look down."""
    children = {booking.child for booking in entry.bookings}
    seen = look(viewer=provider, children=children, items=[DataItem.PROFILE], purpose=Purpose.CARE)
    allowed = (each for each in entry.bookings if seen.may_see(each.child, DataItem.PROFILE))
    return frozenset(str(booking.public_id) for booking in allowed)
