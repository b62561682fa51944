"""What a young person keeps here about how they are: moods, a diary, check-ins; and what somebody practised.

One module a subject. Moods, diary and check-ins hang on a child's profile and are sealed by its key; practices, games
and the coping plan hang on an account.
"""

from .checkins import CheckInPlan, CheckInPrompt
from .coping import CopingPlan, EarlierPlan
from .diary import DiaryChoice, DiaryEntry, EntryShare
from .games import GameDay
from .moods import MoodEntry
from .practices import PracticeRun

__all__ = [
    "CheckInPlan",
    "CheckInPrompt",
    "CopingPlan",
    "DiaryChoice",
    "DiaryEntry",
    "EarlierPlan",
    "EntryShare",
    "GameDay",
    "MoodEntry",
    "PracticeRun",
]
