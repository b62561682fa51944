"""What the desk promises on a concern, and how the promise stands.

Somebody looks within five minutes while somebody is on duty; unacknowledged, it is raised further after 15 and 60.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .enums import ClockState
from .models import Concern

ACKNOWLEDGE_WITHIN = timedelta(minutes=5)
#: Minutes without acknowledgement after which more people are told, each step once in a round.
ESCALATION_MINUTES = (15, 60)
#: An urgent text that comes so long after somebody took the concern on starts the clock again.
FRESH_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """How the promise stands: `minutes` waited for a look (or until it came); `due_at` None while nobody is on duty."""

    state: ClockState
    minutes: int
    due_at: datetime | None


def clock_face(concern: Concern, now: datetime) -> ClockFace:
    """Return the clock of a concern."""
    end = concern.acknowledged_at or concern.closed_at or now
    minutes = max(0, int((end - concern.clock_from).total_seconds() // 60))
    return ClockFace(_state(concern, now), minutes, concern.acknowledge_by)


def steps_due(concern: Concern, now: datetime) -> list[int]:
    """Return the minutes of the escalations whose time has come and that have not been made in this round."""
    made = {15: concern.escalated_15_at, 60: concern.escalated_60_at}
    waited = now - concern.clock_from
    return [step for step in ESCALATION_MINUTES if made[step] is None and waited >= timedelta(minutes=step)]


def _state(concern: Concern, now: datetime) -> ClockState:
    due = concern.acknowledge_by
    if concern.acknowledged_at:
        is_late = due is not None and concern.acknowledged_at > due
        return ClockState.LATE if is_late else ClockState.KEPT
    if due is None:
        return ClockState.OWED
    return ClockState.MISSED if now > due else ClockState.RUNNING
