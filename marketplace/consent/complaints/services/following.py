"""What the person who complained does later. Whether it is that person, the caller has found out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.search.words import asks_for_help_now

from .. import clocks, locks
from ..enums import ComplaintStatus, EntryKind
from ..errors import AlreadyObjected, NotAnswered, NotOpen, TooLateToObject
from ..models import Complaint, Entry
from ..selectors import officers_on_duty_or_next
from .telling import add_entry, tell_officers


@transaction.atomic(durable=True)
def reply(*, public_id: UUID, text: str, now: datetime | None = None) -> Entry:
    """Add something to an open complaint. Raises NotOpen."""
    now = now or timezone.now()
    complaint = locks.locked_complaint(public_id)
    if not complaint.is_open:
        raise NotOpen
    if complaint.status == ComplaintStatus.WAITING:
        complaint.status = ComplaintStatus.IN_WORK
    return _written(complaint, EntryKind.REPLY, text, now)


@transaction.atomic(durable=True)
def object_to_answer(*, public_id: UUID, text: str, now: datetime | None = None) -> Complaint:
    """Ask for a second reader; a clock of the same length starts. Raises NotAnswered, AlreadyObjected, TooLateToObject."""
    now = now or timezone.now()
    complaint = locks.locked_complaint(public_id)
    if complaint.objected_at:
        raise AlreadyObjected
    if not complaint.answered_at:
        raise NotAnswered
    if complaint.status == ComplaintStatus.CLOSED or now > complaint.answered_at + clocks.OBJECT_WITHIN:
        raise TooLateToObject
    complaint.status = ComplaintStatus.SECOND_READING
    complaint.handler = None
    complaint.objected_at = now
    complaint.second_answer_by = clocks.answer_by(now)
    _written(complaint, EntryKind.OBJECTION, text, now)
    return complaint


@transaction.atomic(durable=True)
def accept_answer(*, public_id: UUID, now: datetime | None = None) -> Complaint:
    """Close a complaint because the person is satisfied. Closing twice is closing once. Raises NotAnswered."""
    now = now or timezone.now()
    complaint = locks.locked_complaint(public_id)
    if complaint.status == ComplaintStatus.CLOSED:
        return complaint
    if complaint.status != ComplaintStatus.ANSWERED:
        raise NotAnswered
    complaint.status = ComplaintStatus.CLOSED
    complaint.closed_at = now
    complaint.save(update_fields=["status", "closed_at"])
    add_entry(complaint, EntryKind.ACCEPTED, at=now)
    return complaint


def _written(complaint: Complaint, kind: EntryKind, text: str, now: datetime) -> Entry:
    """Save what changed, write the words down, and tell whoever has it or is on duty."""
    complaint.is_urgent = complaint.is_urgent or asks_for_help_now(text)
    complaint.save(update_fields=["status", "handler", "objected_at", "second_answer_by", "is_urgent"])
    entry = add_entry(complaint, kind, text=text, at=now)
    body = _("投诉 %(number)s 有新的内容。") % {"number": complaint.number}
    people = [complaint.handler] if complaint.handler else officers_on_duty_or_next(now)
    tell_officers(people, complaint, str(entry.public_id), body)
    return entry
