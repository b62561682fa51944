"""Notes: the provider's own, kept while written, unchanged once signed."""

import pytest
from django.db import DatabaseError, connection, transaction

from catalog.consultations.notes.errors import (
    NoteChangedElsewhere,
    NoteEmpty,
    NoteNotSigned,
    NoteSigned,
    NotYourSession,
)
from catalog.consultations.notes.models import NoteAddendum, SessionNote
from catalog.consultations.notes.services import add_to_note, save_draft, sign_note
from catalog.consultations.notes.subject_data import _erase, _export
from catalog.scheduling.enums import BookingStatus
from marketplace.consent.rights.registry import Subject
from marketplace.core.encryption.models import DataKey
from tests import factories
from tests.factories.consultations import make_carer, make_held_session, make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def carer_and_booking():
    carer, service = make_carer()
    return carer, make_held_session(factories.make_child(factories.make_user()), service=service)


def test_a_draft_is_kept_again_and_again(carer_and_booking):
    carer, booking = carer_and_booking
    first = save_draft(booking_id=booking.pk, text="开头", revision=0, written_by=carer)
    second = save_draft(booking_id=booking.pk, text="开头和结尾", revision=first.revision, written_by=carer)

    assert (first.pk, second.revision) == (second.pk, 2)
    assert SessionNote.objects.get().body == "开头和结尾"


def test_an_older_window_overwrites_nothing(carer_and_booking):
    carer, booking = carer_and_booking
    save_draft(booking_id=booking.pk, text="新的", revision=0, written_by=carer)

    with pytest.raises(NoteChangedElsewhere):
        save_draft(booking_id=booking.pk, text="旧的", revision=0, written_by=carer)
    assert SessionNote.objects.get().body == "新的"


def test_a_signed_note_only_grows(carer_and_booking):
    carer, booking = carer_and_booking
    note = sign_note(booking_id=booking.pk, text="写完了", revision=0, signed_by=carer)

    with pytest.raises(NoteSigned):
        save_draft(booking_id=booking.pk, text="改一改", revision=note.revision, written_by=carer)
    add_to_note(note_id=note.pk, text="第二天想到", added_by=carer)
    assert [addendum.body for addendum in note.addenda.all()] == ["第二天想到"]


def test_nothing_is_not_signed_and_a_draft_gets_no_addendum(carer_and_booking):
    carer, booking = carer_and_booking
    with pytest.raises(NoteEmpty):
        sign_note(booking_id=booking.pk, text="  ", revision=0, signed_by=carer)
    note = save_draft(booking_id=booking.pk, text="草稿", revision=0, written_by=carer)
    with pytest.raises(NoteNotSigned):
        add_to_note(note_id=note.pk, text="补", added_by=carer)


def test_only_who_gave_the_session_writes(carer_and_booking):
    carer, booking = carer_and_booking
    colleague, _service = make_carer()
    manager = factories.make_partner_staff(booking.occupancy.provider.partner)
    note = make_note(booking, signed=True)

    for other in (colleague, manager, booking.booked_by, factories.make_staff(is_superuser=True)):
        with pytest.raises(NotYourSession):
            save_draft(booking_id=booking.pk, text="x", revision=0, written_by=other)
        with pytest.raises(NotYourSession):
            add_to_note(note_id=note.pk, text="x", added_by=other)


def test_no_note_of_what_was_cancelled():
    carer, service = make_carer()
    booking = make_held_session(
        factories.make_child(factories.make_user()), service=service, status=BookingStatus.CANCELLED
    )

    with pytest.raises(NotYourSession):
        save_draft(booking_id=booking.pk, text="x", revision=0, written_by=carer)


# --- the database's own word ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE notes_sessionnote SET body = ''",
        "UPDATE notes_sessionnote SET signed_at = NULL",
        "UPDATE notes_sessionnote SET signed_at = now()",
        "UPDATE notes_sessionnote SET held_at = now()",
        "UPDATE notes_sessionnote SET booking_id = NULL, revision = 9",
        "DELETE FROM notes_sessionnote",
        "TRUNCATE notes_sessionnote CASCADE",
        "UPDATE notes_noteaddendum SET body = ''",
        "UPDATE notes_noteaddendum SET added_at = now()",
        "DELETE FROM notes_noteaddendum",
        "TRUNCATE notes_noteaddendum",
    ],
)
def test_the_database_keeps_signed_words(carer_and_booking, change):
    carer, booking = carer_and_booking
    note = sign_note(booking_id=booking.pk, text="写完了", revision=0, signed_by=carer)
    add_to_note(note_id=note.pk, text="补记", added_by=carer)
    with connection.cursor() as cursor:  # a deferred check stands in the way of TRUNCATE
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_booking_may_go_before_its_note(carer_and_booking):
    _carer, booking = carer_and_booking
    note = make_note(booking, signed=True)
    booking.delete()
    note.refresh_from_db()

    assert note.booking is None and note.body == "今天谈了和同桌的事。"


def test_a_draft_may_go(carer_and_booking):
    _carer, booking = carer_and_booking
    make_note(booking).delete()

    assert not SessionNote.objects.exists()


def test_the_database_takes_no_addendum_to_a_draft(carer_and_booking):
    _carer, booking = carer_and_booking
    note = make_note(booking)

    with pytest.raises(DatabaseError, match="signed notes"), transaction.atomic():
        NoteAddendum.objects.create(note=note, body="x")


# --- whose they are -------------------------------------------------------------------------------------------------


def test_when_a_family_leaves_signed_notes_stay_with_the_organisation_and_drafts_go(carer_and_booking):
    carer, booking = carer_and_booking
    signed = make_note(booking, signed=True)
    draft = make_note(make_held_session(booking.child, service=booking.service, days_ago=9))

    outcome = _erase(Subject(child=booking.child))

    assert [count for _title, count in outcome.erased] == [1] and [kept.count for kept in outcome.kept] == [1]
    assert list(SessionNote.objects.all()) == [signed]
    assert DataKey.objects.get(subject_id=draft.public_id).destroyed_at


def test_a_copy_says_that_there_are_notes_and_who_keeps_them_without_their_words(carer_and_booking):
    _carer, booking = carer_and_booking
    make_note(booking, "不给别人看的话", signed=True)
    section = _export(Subject(child=booking.child))[0]

    assert section.rows[0]["organisation"] == booking.occupancy.provider.partner.name
    assert "不给别人看的话" not in str(section.rows)
