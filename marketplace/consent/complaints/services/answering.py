"""What our staff do with a complaint. Each of them looks at it first through the page, which writes that down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User

from .. import locks, rules
from ..enums import ComplaintStatus, EntryKind
from ..errors import AlreadyTaken, NotOpen, NotYours, SameReader
from ..models import Complaint, Entry
from ..selectors import privacy_officers
from .telling import add_entry, tell_officers, tell_person


@transaction.atomic(durable=True)
def take_complaint(*, public_id: UUID, taken_by: User, now: datetime | None = None) -> Complaint:
    """Take a complaint from the queue: the person's acknowledgement, where there was none yet.

    Raises NotOpen, AlreadyTaken, SameReader.
    """
    now = now or timezone.now()
    complaint = locks.locked_complaint(public_id)
    if not complaint.is_open:
        raise NotOpen
    if complaint.handler_id and complaint.handler_id != taken_by.pk:
        raise AlreadyTaken
    if complaint.status == ComplaintStatus.SECOND_READING and not rules.may_read_second(complaint, taken_by):
        raise SameReader
    complaint.handler = taken_by
    if complaint.status == ComplaintStatus.RECEIVED:
        complaint.status = ComplaintStatus.IN_WORK
    if not complaint.acknowledged_at:
        complaint.acknowledged_at = now
        tell_person(complaint, add_entry(complaint, EntryKind.ACKNOWLEDGED, written_by=taken_by, at=now))
    complaint.save(update_fields=["handler", "status", "acknowledged_at"])
    return complaint


@transaction.atomic(durable=True)
def ask_back(*, public_id: UUID, question: str, asked_by: User, now: datetime | None = None) -> Entry:
    """Ask the person for something more. The promised day stays. Raises NotOpen, NotYours."""
    complaint = _in_hands(public_id, asked_by)
    entry = add_entry(complaint, EntryKind.QUESTION, text=question, written_by=asked_by, at=now or timezone.now())
    if complaint.status == ComplaintStatus.IN_WORK:
        complaint.status = ComplaintStatus.WAITING
        complaint.save(update_fields=["status"])
    tell_person(complaint, entry)
    return entry


@transaction.atomic(durable=True)
def note(*, public_id: UUID, text: str, written_by: User, now: datetime | None = None) -> Entry:
    """Write down something only our staff reads. Raises NotOpen, NotYours."""
    complaint = _in_hands(public_id, written_by)
    return add_entry(complaint, EntryKind.NOTE, text=text, written_by=written_by, at=now or timezone.now())


@transaction.atomic(durable=True)
def hand_on(*, public_id: UUID, reason: str, handed_on_by: User, now: datetime | None = None) -> Complaint:
    """Put a complaint back into the queue and tell every other privacy officer. Raises NotOpen, NotYours."""
    now = now or timezone.now()
    complaint = _in_hands(public_id, handed_on_by)
    complaint.handler = None
    complaint.save(update_fields=["handler"])
    entry = add_entry(complaint, EntryKind.HANDED_ON, text=reason, written_by=handed_on_by, at=now)
    body = _("投诉 %(number)s 需要另一位同事接手。") % {"number": complaint.number}
    others = privacy_officers().exclude(pk=handed_on_by.pk)
    tell_officers(others, complaint, str(entry.public_id), body)
    return complaint


@transaction.atomic(durable=True)
def answer_complaint(
    *, public_id: UUID, answer: str, cause: str, side: str, answered_by: User, now: datetime | None = None
) -> Complaint:
    """Answer with reasons, and record the cause and who has to answer for it. A second answer is the last one.

    `cause` is a Cause, `side` a Side. Raises NotOpen, NotYours.
    """
    now = now or timezone.now()
    complaint = _in_hands(public_id, answered_by)
    complaint.cause, complaint.side = cause, side
    if complaint.status == ComplaintStatus.SECOND_READING:
        complaint.status = ComplaintStatus.CLOSED
        complaint.second_answered_at = complaint.closed_at = now
        kind = EntryKind.SECOND_ANSWER
    else:
        complaint.status = ComplaintStatus.ANSWERED
        complaint.answered_at, complaint.answered_by = now, answered_by
        kind = EntryKind.ANSWER
    complaint.save(
        update_fields=["cause", "side", "status", "answered_at", "answered_by", "second_answered_at", "closed_at"]
    )
    tell_person(complaint, add_entry(complaint, kind, text=answer, written_by=answered_by, at=now))
    return complaint


def _in_hands(public_id: UUID, user: User) -> Complaint:
    complaint = locks.locked_complaint(public_id)
    if not complaint.is_open:
        raise NotOpen
    if not rules.may_handle(complaint, user):
        raise NotYours
    return complaint
