"""The pages of notes: for who wrote them; others' by consent; nobody else."""

import pytest
from django.urls import reverse

from catalog.consultations.notes.models import SessionNote
from marketplace.consent.enums import DataItem
from marketplace.core.audit.models import AuditEvent
from tests import factories
from tests.catalog.queries import queries_of
from tests.factories.consent import make_consent
from tests.factories.consultations import make_carer, make_held_session, make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def child():
    return factories.make_teen(factories.make_user()).young_profile


@pytest.fixture
def mine(child):
    carer, service = make_carer()
    return carer, make_held_session(child, service=service)


def page(name, booking):
    return reverse(f"notes:{name}", args=[booking.public_id])


def test_write_sign_and_add(mine):
    carer, booking = mine
    browser = factories.signed_in(carer)
    assert browser.get(page("write", booking)).status_code == 200

    browser.post(page("write", booking), {"text": "写了一半", "revision": 0, "act": "draft"})
    browser.post(page("write", booking), {"text": "写完了", "revision": 1, "act": "sign"})
    browser.post(page("add", booking), {"text": "想起一件事"})

    text = browser.get(page("write", booking)).content.decode()
    assert "写完了" in text and "想起一件事" in text and "<textarea" in text


def test_autosave_answers_with_the_next_revision_and_refuses_an_old_one(mine):
    carer, booking = mine
    browser = factories.signed_in(carer)

    kept = browser.post(page("save", booking), {"text": "写", "revision": 0})
    late = browser.post(page("save", booking), {"text": "旧", "revision": 0})

    assert kept.json()["revision"] == 1 and late.status_code == 409
    assert SessionNote.objects.get().body == "写"


def test_what_was_typed_comes_back_with_a_refusal(mine):
    carer, booking = mine
    make_note(booking)
    response = factories.signed_in(carer).post(
        page("write", booking), {"text": "我的字", "revision": 0, "act": "draft"}
    )

    assert response.status_code == 422 and "我的字" in response.content.decode()


@pytest.mark.parametrize("name", ["write", "save", "add", "earlier"])
def test_strangers_find_nothing(mine, name):
    _carer, booking = mine
    make_note(booking, "只给自己看", signed=True)
    colleague, _service = make_carer()
    others = [
        colleague,
        factories.make_partner_staff(booking.occupancy.provider.partner),
        booking.child.account,
        booking.child.guardians.first(),
        factories.make_staff(is_superuser=True),
    ]
    for other in others:
        browser = factories.signed_in(other)
        for response in (browser.get(page(name, booking)), browser.post(page(name, booking), {"text": "x"})):
            assert response.status_code in (404, 405)
            assert "只给自己看" not in response.content.decode()


def test_a_colleagues_note_opens_by_consent_and_closes_without(mine, child):
    carer, booking = mine
    _other, service = make_carer()
    make_note(make_held_session(child, service=service, days_ago=30), "上一位写的", signed=True)
    make_note(make_held_session(child, service=service, days_ago=20), "还是草稿")
    browser = factories.signed_in(carer)

    closed = browser.get(page("earlier", booking)).content.decode()
    make_consent(child, booking.occupancy.provider.partner, items=[DataItem.SESSION_NOTE])
    opened = browser.get(page("earlier", booking)).content.decode()

    assert "上一位写的" not in closed and "还有 1 份没有打开" in closed
    assert "上一位写的" in opened and "还是草稿" not in opened


def test_a_consent_for_one_session_opens_its_note_alone(mine, child):
    carer, booking = mine
    _other, service = make_carer()
    held = [make_held_session(child, service=service, days_ago=days) for days in (30, 20)]
    make_note(held[0], "第一次", signed=True)
    make_note(held[1], "第二次", signed=True)
    make_consent(
        child,
        booking.occupancy.provider.partner,
        items=[DataItem.SESSION_NOTE],
        records=[held[0].public_id],
    )

    text = factories.signed_in(carer).get(page("earlier", booking)).content.decode()

    assert "第一次" in text and "第二次" not in text


def test_opening_a_note_is_written_down(mine):
    carer, booking = mine
    note = make_note(booking, signed=True)
    factories.signed_in(carer).get(page("write", booking))

    event = AuditEvent.objects.filter(records__contains=[note.public_id]).get()
    assert event.items == ["session_note"] and event.subject_id == booking.child.public_id


def test_as_many_queries_for_three_notes_as_for_one(mine, child):
    carer, booking = mine
    browser = factories.signed_in(carer)
    _other, service = make_carer()
    make_consent(child, booking.occupancy.provider.partner, items=[DataItem.SESSION_NOTE])

    def add(days):
        make_note(make_held_session(child, service=service, days_ago=days), signed=True)
        make_note(make_held_session(child, service=booking.service, days_ago=days + 1), signed=True)

    add(10)
    browser.get(page("earlier", booking))
    one = queries_of(lambda: browser.get(page("earlier", booking)))
    add(20)
    add(30)
    assert queries_of(lambda: browser.get(page("earlier", booking))) == one
