"""What a writer does: write, write on, end a thread, take everything back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.encryption.services import destroy_data_key
from marketplace.core.minimising import without_identity_numbers
from marketplace.families.models import Child
from marketplace.families.selectors import young_profile_of
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.enums import Level, Source
from marketplace.safeguarding.gate.answers import Answer
from marketplace.safeguarding.gate.services import screen

from .. import clocks, locks, offices, rules
from ..enums import EventKind, ThreadStatus
from ..errors import LetterEmpty, MayNotWriteYet, NoSuchOffice, StillNeeded, ThreadClosed
from ..models import Letter, LetterThread
from .telling import add_event, key_of, tell_staff


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that is on its way, and what the gate has to say to its writer."""

    thread: LetterThread
    letter: Letter
    answer: Answer


@transaction.atomic(durable=True)
def write_letter(*, writer: User, office: str, text: str, signed_as: str = "", now: datetime | None = None) -> Sent:
    """Send a first letter to an office. Whatever stands in it, it is delivered.

    Raises LetterEmpty, MayNotWriteYet, NoSuchOffice.
    """
    now = now or timezone.now()
    child = young_profile_of(writer)
    if not rules.may_write(writer, child):
        raise MayNotWriteYet
    if office not in {choice.key for choice in offices.choices_for(writer, child)}:
        raise NoSuchOffice
    thread = LetterThread(
        writer=writer,
        child=child,
        writer_kind=rules.writer_kind(writer, child),
        band=rules.band_of_writer(writer, child),
        signed_as=without_identity_numbers(signed_as.strip()),
        office=office,
        status=ThreadStatus.WAITING,
        opened_at=now,
        last_letter_at=now,
        answer_by=clocks.answer_by(now),
    )
    _not_empty(text)
    thread.save()
    return _send(thread, text, child, now)


@transaction.atomic(durable=True)
def write_on(*, public_id: UUID, writer: User, text: str, now: datetime | None = None) -> Sent:
    """Send a further letter of one's own thread. Raises LetterThread.DoesNotExist, ThreadClosed, LetterEmpty.

    After an answer it starts the clock anew; while one runs already, that one counts.
    """
    now = now or timezone.now()
    thread = _own_thread(public_id, writer)
    if not thread.is_open:
        raise ThreadClosed
    _not_empty(text)
    thread.last_letter_at = now
    if thread.status != ThreadStatus.WAITING:
        thread.status, thread.answer_by = ThreadStatus.WAITING, clocks.answer_by(now)
    thread.save(update_fields=["last_letter_at", "status", "answer_by"])
    return _send(thread, text, thread.child, now)


def _send(thread: LetterThread, text: str, child: Child | None, now: datetime) -> Sent:
    runs_already = thread.letters.filter(answer_by__isnull=False, answered_at=None).exists()
    letter = Letter.objects.create(
        thread=thread,
        text=without_identity_numbers(text.strip()),
        sent_at=now,
        answer_by=None if runs_already else thread.answer_by,
    )
    answer = screen(text=text, source=Source.LETTER, ref=str(letter.public_id), author=thread.writer, child=child)
    if answer.level >= Level.CONCERN and not thread.is_urgent:
        thread.is_urgent = True
        thread.save(update_fields=["is_urgent"])
    _tell_of_new(thread, letter, now)
    return Sent(thread, letter, answer)


def _tell_of_new(thread: LetterThread, letter: Letter, now: datetime) -> None:
    """Whoever has the thread; else everybody who answers there now."""
    answering = [
        each for each in offices.answerers(thread.office) if thread.office in offices.keys_answered_by(each, now)
    ]
    people = [thread.handler] if thread.handler else answering
    tell_staff(people, thread, key=key_of(letter.public_id, "new"), body=_("有一封信在等回信"), quietly=True)


@transaction.atomic(durable=True)
def close_thread(*, public_id: UUID, closed_by: User, now: datetime | None = None) -> LetterThread:
    """End one's own thread. A promise that was not broken yet is no longer owed; a broken one stays counted.

    Raises LetterThread.DoesNotExist. Doing it twice is doing it once.
    """
    now = now or timezone.now()
    thread = _own_thread(public_id, closed_by)
    if thread.is_open:
        thread.letters.filter(answered_at=None, answer_by__gte=now).update(answer_by=None)
        thread.status, thread.closed_at, thread.answer_by = ThreadStatus.CLOSED, now, None
        thread.save(update_fields=["status", "closed_at", "answer_by"])
        add_event(thread, EventKind.CLOSED, at=now)
    return thread


@transaction.atomic(durable=True)
def delete_thread(*, public_id: UUID, deleted_by: User) -> None:
    """Take every letter of one's own thread back, with its key.

    Raises LetterThread.DoesNotExist; StillNeeded while somebody on safety duty is looking after what stands in it.
    """
    thread = _own_thread(public_id, deleted_by)
    refs = [str(each) for each in thread.letters.values_list("public_id", flat=True)]
    if Concern.objects.filter(closed_at=None, events__source=Source.LETTER, events__ref__in=refs).exists():
        raise StillNeeded
    destroy_data_key(subject_id=thread.public_id, reason="withdrawn", destroyed_by=deleted_by)
    thread.delete()


@transaction.atomic
def mark_opened(*, thread: LetterThread, now: datetime | None = None) -> None:
    """Note that the writer has seen the answers."""
    thread.letters.filter(is_answer=True, opened_at=None).update(opened_at=now or timezone.now())


def _own_thread(public_id: UUID, writer: User) -> LetterThread:
    thread = locks.locked_thread(public_id)
    if not rules.may_read_as_writer(thread, writer):
        raise LetterThread.DoesNotExist
    return thread


def _not_empty(text: str) -> None:
    if not text.strip():
        raise LetterEmpty
