"""What those who answer do with a thread. The page that shows it has written their look down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.safeguarding.concerns.services import open_concern
from marketplace.safeguarding.enums import Kind, Level, Source

from .. import locks, offices, rules
from ..enums import EventKind, ThreadStatus
from ..errors import AnswerFirst, HandledByColleague, LetterEmpty, NotAColleague, NothingToAnswer
from ..models import Letter, LetterThread
from .telling import add_event, key_of, tell_staff, tell_writer


@transaction.atomic(durable=True)
def take_thread(*, public_id: UUID, taken_by: User, now: datetime | None = None) -> LetterThread:
    """Take a thread nobody has, or whose colleague is not on duty now. Raises HandledByColleague, NothingToAnswer."""
    now = now or timezone.now()
    thread = _to_answer(public_id, taken_by, now)
    if thread.handler_id != taken_by.pk:
        _take(thread, taken_by, now)
    return thread


@transaction.atomic(durable=True)
def answer_letter(*, public_id: UUID, answered_by: User, text: str, now: datetime | None = None) -> Letter:
    """Answer; the clock of the waiting letter stops and the writer is told that there is an answer.

    Raises LetterThread.DoesNotExist for who does not answer there now, NothingToAnswer, HandledByColleague, LetterEmpty.
    """
    now = now or timezone.now()
    if not text.strip():
        raise LetterEmpty
    thread = _to_answer(public_id, answered_by, now)
    if thread.handler_id != answered_by.pk:
        _take(thread, answered_by, now)
    answer = Letter.objects.create(
        thread=thread, is_answer=True, answered_by=answered_by, text=text.strip(), sent_at=now
    )
    thread.letters.filter(answer_by__isnull=False, answered_at=None).update(answered_at=now)
    thread.status, thread.answer_by, thread.last_letter_at = ThreadStatus.ANSWERED, None, now
    thread.save(update_fields=["status", "answer_by", "last_letter_at"])
    tell_writer(answer)
    return answer


@transaction.atomic(durable=True)
def hand_over_thread(
    *, public_id: UUID, handed_by: User, to: User, note: str = "", now: datetime | None = None
) -> LetterThread:
    """Give a thread to a colleague of the same office; the clock runs on. Raises NotAColleague, NothingToAnswer."""
    now = now or timezone.now()
    thread = _to_answer(public_id, handed_by, now)
    if to.pk == handed_by.pk or to not in offices.answerers(thread.office):
        raise NotAColleague
    thread.handler = to
    thread.save(update_fields=["handler"])
    event = add_event(thread, EventKind.HANDED_OVER, by=handed_by, text=note.strip(), at=now)
    tell_staff([to], thread, key=key_of(event.public_id, "yours"), body=_("有一封信转给你回"))
    return thread


@transaction.atomic(durable=True)
def note_for_colleagues(*, public_id: UUID, written_by: User, text: str, now: datetime | None = None) -> None:
    """Write down something only those who answer read. Raises LetterEmpty, LetterThread.DoesNotExist."""
    now = now or timezone.now()
    if not text.strip():
        raise LetterEmpty
    add_event(_thread_of_office(public_id, written_by, now), EventKind.NOTE, by=written_by, text=text.strip(), at=now)


@transaction.atomic(durable=True)
def close_answered(*, public_id: UUID, closed_by: User, now: datetime | None = None) -> LetterThread:
    """End a thread that was answered. Raises AnswerFirst while a letter waits, NothingToAnswer, HandledByColleague."""
    now = now or timezone.now()
    thread = _to_answer(public_id, closed_by, now)
    if thread.status == ThreadStatus.WAITING:
        raise AnswerFirst
    thread.status, thread.closed_at = ThreadStatus.CLOSED, now
    thread.save(update_fields=["status", "closed_at"])
    add_event(thread, EventKind.CLOSED, by=closed_by, at=now)
    return thread


@transaction.atomic(durable=True)
def raise_worry(
    *, public_id: UUID, raised_by: User, kind: Kind, is_now: bool, now: datetime | None = None
) -> LetterThread:
    """Tell the safety desk about a letter the gate did not stop at; who wrote it opens there, to two people together.

    Raises LetterThread.DoesNotExist.
    """
    now = now or timezone.now()
    thread = _thread_of_office(public_id, raised_by, now)
    letter = thread.letters.filter(is_answer=False).order_by("-sent_at", "-pk").first()
    open_concern(
        kind=kind,
        level=Level.URGENT if is_now else Level.CONCERN,
        source=Source.LETTER,
        ref=str(letter.public_id) if letter else "",
        author=thread.writer,
        child=thread.child,
        at=now,
        drill=thread.is_drill,
    )
    thread.is_urgent = True
    thread.save(update_fields=["is_urgent"])
    add_event(thread, EventKind.WORRY, by=raised_by, at=now)
    return thread


def _thread_of_office(public_id: UUID, user: User, now: datetime) -> LetterThread:
    thread = locks.locked_thread(public_id)
    if not rules.may_answer(thread, user, now):
        raise LetterThread.DoesNotExist
    return thread


def _to_answer(public_id: UUID, user: User, now: datetime) -> LetterThread:
    """A thread that is open and in this person's hands, or in nobody's who is here."""
    thread = _thread_of_office(public_id, user, now)
    if not thread.is_open:
        raise NothingToAnswer
    if not rules.may_take(thread, user, now):
        raise HandledByColleague
    return thread


def _take(thread: LetterThread, user: User, now: datetime) -> None:
    thread.handler = user
    thread.save(update_fields=["handler"])
    add_event(thread, EventKind.TAKEN, by=user, at=now)
