"""Drafting, signing and adding. What was signed is only ever added to."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from .. import locks, rules
from ..errors import NoteChangedElsewhere, NoteEmpty, NoteNotSigned, NoteSigned, NotYourSession
from ..models import NoteAddendum, SessionNote


@transaction.atomic(durable=True)
def save_draft(
    *, booking_id: int, text: str, revision: int, written_by: User, now: datetime | None = None
) -> SessionNote:
    """Keep the words of a draft; begun with the first save. `revision` is the one the writer started from (0: none yet).

    Raises:
        NotYourSession: of another provider, or not paid or cancelled.
        NoteSigned: it is signed.
        NoteChangedElsewhere: it was saved from elsewhere since.
    """
    return _saved(booking_id, text, revision, written_by, now or timezone.now())


@transaction.atomic(durable=True)
def sign_note(
    *, booking_id: int, text: str, revision: int, signed_by: User, now: datetime | None = None
) -> SessionNote:
    """Keep the words and sign them: from now on the note only grows by addenda.

    Raises: NotYourSession, NoteSigned, NoteChangedElsewhere as `save_draft`; NoteEmpty.
    """
    now = now or timezone.now()
    if not text.strip():
        raise NoteEmpty
    note = _saved(booking_id, text, revision, signed_by, now)
    note.signed_at = now
    note.save(update_fields=["signed_at"])
    return note


@transaction.atomic(durable=True)
def add_to_note(*, note_id: int, text: str, added_by: User, now: datetime | None = None) -> NoteAddendum:
    """Add a paragraph to one's signed note. Raises: NotYourSession, NoteNotSigned, NoteEmpty."""
    note = locks.locked_note(note_id)
    if not rules.is_own(added_by, note):
        raise NotYourSession
    if not note.is_signed:
        raise NoteNotSigned
    if not text.strip():
        raise NoteEmpty
    return NoteAddendum.objects.create(note=note, body=text.strip(), added_at=now or timezone.now())


def _saved(booking_id: int, text: str, revision: int, writer: User, now: datetime) -> SessionNote:
    booking = Booking.objects.select_related("occupancy__provider").get(pk=booking_id)
    if not rules.may_write(writer, booking):
        raise NotYourSession
    held_at = booking.occupancy.starts_at
    begun, _ = SessionNote.objects.get_or_create(
        booking=booking,
        defaults={"child_id": booking.child_id, "provider": booking.occupancy.provider, "held_at": held_at},
    )
    note = locks.locked_note(begun.pk)
    if note.is_signed:
        raise NoteSigned
    if note.revision != revision:
        raise NoteChangedElsewhere
    note.body, note.held_at = text.strip(), held_at
    note.revision, note.saved_at = revision + 1, now
    note.save(update_fields=["body", "held_at", "revision", "saved_at"])
    return note
