"""Keeping the promises: somebody is told before one ends, more people once it is missed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text

from .. import clocks, locks
from ..clocks import ClockFace
from ..enums import ClockState, ComplaintStatus, EntryKind
from ..models import ClockAlarm, Complaint
from ..selectors import answered_long_ago, officers_on_duty_or_next, open_queue, privacy_officers
from .telling import add_entry, alarm_text, tell_officers


def watch_clocks(*, now: datetime | None = None) -> int:
    """Tell about promises that are near their end or past it, each once; close what was answered and left.

    Returns how many alarms were raised. Opens a transaction for each complaint.
    """
    now = now or timezone.now()
    for complaint in answered_long_ago(now - clocks.OBJECT_WITHIN):
        _close(complaint, now)
    near = open_queue(due_by=now + clocks.LONGEST_NEAR)
    return sum(_watch(complaint, now) for complaint in near)


@transaction.atomic(durable=True)
def _watch(complaint: Complaint, now: datetime) -> int:
    complaint = locks.locked_complaint(complaint.public_id)
    if not complaint.is_open:
        return 0
    ending = [face for face in clocks.clock_faces(complaint, now) if face.state in (ClockState.NEAR, ClockState.MISSED)]
    return sum(_raise_alarm(complaint, face, now) for face in ending)


def _raise_alarm(complaint: Complaint, face: ClockFace, now: datetime) -> bool:
    _alarm, is_new = ClockAlarm.objects.get_or_create(
        complaint=complaint, clock=face.clock, state=face.state, defaults={"told_at": now}
    )
    if is_new:
        text = alarm_text(complaint, face.clock, face.state, moment_text(face.due_at))
        add_entry(complaint, EntryKind.ALARM, text=text, at=now)
        tell_officers(_whom(complaint, face, now), complaint, f"{face.clock}:{face.state}", text)
    return is_new


def _whom(complaint: Complaint, face: ClockFace, now: datetime) -> list[User]:
    """Near its end: who has it, and who is on duty or next. Missed: every privacy officer."""
    if face.state is ClockState.MISSED:
        return list(privacy_officers())
    people = officers_on_duty_or_next(now)
    if complaint.handler and complaint.handler not in people:
        people.append(complaint.handler)
    return people


@transaction.atomic(durable=True)
def _close(complaint: Complaint, now: datetime) -> None:
    complaint = locks.locked_complaint(complaint.public_id)
    if complaint.status == ComplaintStatus.ANSWERED:
        complaint.status = ComplaintStatus.CLOSED
        complaint.closed_at = now
        complaint.save(update_fields=["status", "closed_at"])
