"""Reads of scheduling: free times, and who has booked what."""

from .availability import Slot, nearest_open_slots, next_open_slots, open_group_sessions, open_slots
from .bookings import (
    booking_for_user,
    bookings_for_family,
    bookings_of_partner,
    bookings_of_provider,
    held_bookings,
    past_bookings,
    upcoming_bookings,
)
from .family_sight import FamilySight, family_sight, with_sight
from .timetables import load_timetables

__all__ = [
    "FamilySight",
    "Slot",
    "booking_for_user",
    "bookings_for_family",
    "bookings_of_partner",
    "bookings_of_provider",
    "family_sight",
    "held_bookings",
    "load_timetables",
    "nearest_open_slots",
    "next_open_slots",
    "open_group_sessions",
    "open_slots",
    "past_bookings",
    "upcoming_bookings",
    "with_sight",
]
