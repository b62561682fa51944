"""The declared register: what we do with people's data, what we do not, and the notice that is made from it."""

from .activities import ACTIVITIES, BY_KEY
from .activity import Activity
from .claims import CLAIMS, Claim
from .refusals import REFUSALS, Refused

__all__ = ["ACTIVITIES", "BY_KEY", "CLAIMS", "REFUSALS", "Activity", "Claim", "Refused"]
