"""What we promise on a letter: an answer within 48 hours of the moment it was sent. The clock is never paused.

Nights, week-ends and holidays count: who waits, waits through them too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .enums import Reminder

ANSWER_WITHIN = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Figures:
    """How the promise was kept in a span of days.

    Of the letters whose clock ran: how many came, how many were answered, the median in hours until then, and the share
    answered within 48 hours of those that were answered or missed (None: there was none).
    """

    letters: int
    answered: int
    median_hours: float | None
    share_in_time: float | None
    waiting: int
    missed_now: int


def answer_by(sent_at: datetime) -> datetime:
    """Return until when a letter has to be answered."""
    return sent_at + ANSWER_WITHIN


def reminders_due(sent_at: datetime, now: datetime) -> list[Reminder]:
    """Return the marks a waiting letter has passed, the earliest first."""
    return [mark for mark in Reminder if now >= sent_at + timedelta(hours=mark)]
