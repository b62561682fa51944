"""Reads of scheduling: free times, and who has booked what."""

from .availability import nearest_open_slots, next_open_slots, open_group_sessions, open_slots
from .bookings import (
    booking_for_user,
    bookings_for_family,
    bookings_of_partner,
    bookings_of_provider,
    bookings_of_series,
    held_bookings,
    open_requests,
    past_bookings,
    upcoming_bookings,
)
from .conflicts import Conflict, conflicts_of
from .family_sight import FamilySight, family_sight, with_sight
from .feeds import busy_calendars_of, feed_of_secret, open_feed_of, shown_in_feed
from .rooms import load_rooms, room_uses, rooms_of
from .slots import Slot
from .timetables import load_timetables

__all__ = [
    "Conflict",
    "FamilySight",
    "Slot",
    "booking_for_user",
    "bookings_for_family",
    "bookings_of_partner",
    "bookings_of_provider",
    "bookings_of_series",
    "busy_calendars_of",
    "conflicts_of",
    "family_sight",
    "feed_of_secret",
    "held_bookings",
    "load_rooms",
    "load_timetables",
    "nearest_open_slots",
    "next_open_slots",
    "open_feed_of",
    "open_group_sessions",
    "open_requests",
    "open_slots",
    "past_bookings",
    "room_uses",
    "rooms_of",
    "shown_in_feed",
    "upcoming_bookings",
    "with_sight",
]
