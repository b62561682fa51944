"""What can be done with providers' time. Times are aware datetimes; every function takes keywords only."""

from .attending import mark_attendance
from .availability import add_exception, remove_exception, set_weekly_availability
from .cancelling import Cancellation, cancel_booking, release_bookings
from .confirming import confirm_bookings, renew_holds
from .expiring import expire_holds
from .groups import schedule_group_session
from .holding import free_providers, hold_seat, hold_slot, hold_within
from .moving import move_booking
from .noting import note_bookings_seen
from .reminding import send_due_reminders
from .requests import grant_request
from .wishes import Wish, refuse_impossible

__all__ = [
    "Cancellation",
    "Wish",
    "add_exception",
    "cancel_booking",
    "confirm_bookings",
    "expire_holds",
    "free_providers",
    "grant_request",
    "hold_seat",
    "hold_slot",
    "hold_within",
    "mark_attendance",
    "move_booking",
    "note_bookings_seen",
    "refuse_impossible",
    "release_bookings",
    "remove_exception",
    "renew_holds",
    "schedule_group_session",
    "send_due_reminders",
    "set_weekly_availability",
]
