"""What we promise on a complaint, and how each promise stands.

Acknowledged by a person within 24 hours, answered within 15 working days, and the same again where a second reader
looks at it (Personal Information Protection Law, article 50; the periods are ours).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.core.formatting import in_shanghai

from .enums import Clock, ClockState, ComplaintStatus
from .models import Complaint
from .workdays import is_announced, workdays_later

ACKNOWLEDGE_WITHIN = timedelta(hours=24)
ANSWER_WORKDAYS = 15
#: How long somebody may say that an answer does not satisfy; afterwards the complaint is closed.
OBJECT_WITHIN = timedelta(days=30)

#: From when on a promise is near its end.
_NEAR = {
    Clock.ACKNOWLEDGEMENT: timedelta(hours=6),
    Clock.ANSWER: timedelta(days=3),
    Clock.SECOND_ANSWER: timedelta(days=3),
}
#: Further ahead than any promise becomes near.
LONGEST_NEAR = max(_NEAR.values())


@dataclass(frozen=True, slots=True)
class ClockFace:
    """One promise: until when, when it was kept (None: not yet), and how it stands."""

    clock: Clock
    due_at: datetime
    kept_at: datetime | None
    state: ClockState

    @property
    def is_announced(self) -> bool:
        """Whether the holidays on the way are known; else the day was reckoned by weekdays."""
        return self.clock is Clock.ACKNOWLEDGEMENT or is_announced(in_shanghai(self.due_at).date())


def acknowledge_by(received_at: datetime) -> datetime:
    """Return until when a person has to have acknowledged a complaint."""
    return received_at + ACKNOWLEDGE_WITHIN


def answer_by(begun_at: datetime) -> datetime:
    """Return until when a complaint or an objection has to be answered."""
    return workdays_later(begun_at, ANSWER_WORKDAYS)


def clock_faces(complaint: Complaint, now: datetime) -> list[ClockFace]:
    """Return the promises of a complaint in their order."""
    faces = [
        _face(Clock.ACKNOWLEDGEMENT, complaint.acknowledge_by, complaint.acknowledged_at, now),
        _face(Clock.ANSWER, complaint.answer_by, complaint.answered_at, now),
    ]
    if complaint.second_answer_by:
        faces.append(_face(Clock.SECOND_ANSWER, complaint.second_answer_by, complaint.second_answered_at, now))
    return faces


def running_clock(complaint: Complaint, now: datetime) -> ClockFace | None:
    """Return the promise that ends next, if one is still to be kept."""
    if not complaint.is_open:
        return None
    return min(
        (face for face in clock_faces(complaint, now) if not face.kept_at), key=lambda face: face.due_at, default=None
    )


def may_object_until(complaint: Complaint) -> datetime | None:
    """Return until when the person may ask for a second reader; None where they may not (any more)."""
    if complaint.status != ComplaintStatus.ANSWERED or complaint.objected_at or not complaint.answered_at:
        return None
    return complaint.answered_at + OBJECT_WITHIN


def _face(clock: Clock, due_at: datetime, kept_at: datetime | None, now: datetime) -> ClockFace:
    if kept_at:
        return ClockFace(clock, due_at, kept_at, ClockState.KEPT if kept_at <= due_at else ClockState.LATE)
    if now > due_at:
        return ClockFace(clock, due_at, None, ClockState.MISSED)
    is_near = due_at - now <= _NEAR[clock]
    return ClockFace(clock, due_at, None, ClockState.NEAR if is_near else ClockState.RUNNING)
