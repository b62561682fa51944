"""What can be done with providers' time. Times are aware datetimes; every function takes keywords only."""

from .attending import mark_attendance
from .availability import add_exception, remove_exception, set_weekly_availability, set_working_rules
from .calendars import add_busy_calendar, read_busy_calendar, read_due_calendars, remove_busy_calendar
from .cancelling import Cancellation, cancel_booking, release_bookings
from .confirming import confirm_bookings, renew_holds
from .expiring import expire_holds
from .feeds import end_feed, note_feed_read, open_feed
from .groups import Decision, call_off_group, decide_group, schedule_group_session, undecided_groups
from .holding import hold_seat, hold_slot
from .keeping import hold_within
from .modes import modes_to_switch_to, switch_mode
from .moving import move_booking
from .moving_by_provider import move_by_provider, move_session
from .noting import note_bookings_seen
from .reminding import send_due_reminders
from .requests import grant_request
from .rooms import add_room, change_room, choose_room, release_reservation, reserve_room
from .series import SeriesDate, hold_series, plan_series
from .together import TogetherWish, hold_together
from .whoever import free_providers
from .wishes import Wish, refuse_impossible

__all__ = [
    "Cancellation",
    "Decision",
    "SeriesDate",
    "TogetherWish",
    "Wish",
    "add_busy_calendar",
    "add_exception",
    "add_room",
    "call_off_group",
    "cancel_booking",
    "change_room",
    "choose_room",
    "confirm_bookings",
    "decide_group",
    "end_feed",
    "expire_holds",
    "free_providers",
    "grant_request",
    "hold_seat",
    "hold_series",
    "hold_slot",
    "hold_together",
    "hold_within",
    "mark_attendance",
    "modes_to_switch_to",
    "move_booking",
    "move_by_provider",
    "move_session",
    "note_bookings_seen",
    "note_feed_read",
    "open_feed",
    "plan_series",
    "read_busy_calendar",
    "read_due_calendars",
    "refuse_impossible",
    "release_bookings",
    "release_reservation",
    "remove_busy_calendar",
    "remove_exception",
    "renew_holds",
    "reserve_room",
    "schedule_group_session",
    "send_due_reminders",
    "set_weekly_availability",
    "set_working_rules",
    "switch_mode",
    "undecided_groups",
]
