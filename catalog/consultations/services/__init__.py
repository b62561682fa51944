"""What can be done with sessions. Every function takes keywords only."""

from .entering import admit_visit, close_over_sessions, come_to_room, decline_visit, end_session, leave_room
from .looking import look_at_profiles

__all__ = [
    "admit_visit",
    "close_over_sessions",
    "come_to_room",
    "decline_visit",
    "end_session",
    "leave_room",
    "look_at_profiles",
]
