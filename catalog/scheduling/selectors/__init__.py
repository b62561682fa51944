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
from .timetables import load_timetables

__all__ = [
    "Slot",
    "booking_for_user",
    "bookings_for_family",
    "bookings_of_partner",
    "bookings_of_provider",
    "held_bookings",
    "load_timetables",
    "nearest_open_slots",
    "next_open_slots",
    "open_group_sessions",
    "open_slots",
    "past_bookings",
    "upcoming_bookings",
]
