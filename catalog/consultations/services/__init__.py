"""What can be done with sessions. Every function takes keywords only."""

from .emergencies import Contact, EmergencySheet, alert_duty_again, open_sheet, raise_emergency, take_emergency
from .entering import admit_visit, close_over_sessions, come_to_room, decline_visit, end_session, leave_room
from .looking import look_at_profiles
from .whereabouts import give_whereabouts

__all__ = [
    "Contact",
    "EmergencySheet",
    "admit_visit",
    "alert_duty_again",
    "close_over_sessions",
    "come_to_room",
    "decline_visit",
    "end_session",
    "give_whereabouts",
    "leave_room",
    "look_at_profiles",
    "open_sheet",
    "raise_emergency",
    "take_emergency",
]
