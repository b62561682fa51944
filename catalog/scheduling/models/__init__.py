"""Providers' time: when they work, what is taken, and who has a place in it."""

from .availability import AvailabilityException, BusyCalendar, BusyTime, WeeklyAvailability
from .bookings import Booking, BookingSeries
from .feeds import CalendarFeed
from .occupancies import LONGEST, Occupancy
from .providers import HealthcareService, Location, Provider, Room
from .ranges import IdRange, TimeRange

__all__ = [
    "LONGEST",
    "AvailabilityException",
    "Booking",
    "BookingSeries",
    "BusyCalendar",
    "BusyTime",
    "CalendarFeed",
    "HealthcareService",
    "IdRange",
    "Location",
    "Occupancy",
    "Provider",
    "Room",
    "TimeRange",
    "WeeklyAvailability",
]
