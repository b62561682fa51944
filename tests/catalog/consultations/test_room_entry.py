"""Who gets into a room, and when: over real WebSockets, against uvicorn, Redis and PostgreSQL."""

from datetime import timedelta

import pytest
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from catalog.consultations.models import Encounter, Visit
from catalog.scheduling.enums import BookingStatus, Mode
from tests import factories
from tests.factories.rooms import SOON, make_session
from tests.support.rooms import Browser

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.now


def refusal(browser: Browser, room) -> str:
    """Why somebody is refused at the door; nothing they say counts."""
    line = browser.open(room)
    line.send("hello", name="陌生人")
    code = line.expect("refused")["code"]
    assert line.is_put_out() == 4000
    assert "welcome" not in {message["type"] for message in line.seen}
    return code


def test_a_family_waits_until_the_provider_lets_them_in(session):
    waiting = session.client_browser.enter(session.room, "小船")
    assert (waiting.welcome["place"], waiting.welcome["role"], waiting.welcome["said"]) == ("lobby", "family", [])
    provider = session.provider_browser.enter(session.room)
    assert (provider.welcome["place"], provider.welcome["role"]) == ("inside", "provider")
    provider.send("admit", visit=waiting.visit)
    assert waiting.expect("admitted")["polite"] is True
    encounter = Encounter.objects.get()
    assert (encounter.occupancy, encounter.status) == (session.booking.occupancy, "in-progress")
    visit = Visit.objects.get(part="family")
    assert visit.admitted_at and list(visit.bookings.all()) == [session.booking]


def test_strangers_find_nothing(session):
    other = make_session()
    partner = session.booking.occupancy.provider.partner
    strangers = [
        factories.make_parent(),
        other.booked_by,
        other.occupancy.provider.user,
        factories.make_partner_staff(partner),
        factories.make_provider(partner=partner, user=factories.make_user(role="practitioner")).user,
        factories.make_staff(),
        factories.make_staff(is_superuser=True),
        session.booking.child.guardians.get(),  # a teen with an account comes alone
    ]
    for stranger in strangers:
        assert refusal(Browser(session.server, stranger), session.room) == "not_found"
    assert refusal(Browser(session.server), session.room) == "signed_out"
    assert refusal(session.client_browser, other.occupancy.public_id) == "not_found"
    assert not Visit.objects.exists()


def test_a_provider_takes_the_second_step_first(session):
    hurried = Browser(session.server, session.provider, second_step=False)
    assert refusal(hurried, session.room) == "second_step"


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1", ""])
def test_only_pages_of_this_site_connect(session, origin):
    with pytest.raises(InvalidStatus) as refused:
        session.client_browser.open(session.room, Origin=origin)
    assert refused.value.response.status_code == 403


def test_other_addresses_are_refused(session):
    with pytest.raises(InvalidStatus):
        session.client_browser.open("not-a-room")


def test_the_room_opens_a_quarter_of_an_hour_before_and_closes_half_an_hour_after(room_server):
    moments = {
        "too_early": NOW() + timedelta(minutes=16),
        "over": NOW() - timedelta(minutes=50 + 31),
        None: NOW() - timedelta(minutes=50 + 29),
    }
    for code, starts_at in moments.items():
        booking = make_session(starts_at=starts_at)
        for person in (booking.booked_by, booking.occupancy.provider.user):
            browser = Browser(room_server, person)
            if code:
                assert refusal(browser, booking.occupancy.public_id) == code
            else:
                browser.enter(booking.occupancy.public_id).close()


@pytest.mark.parametrize("status", [BookingStatus.PENDING, BookingStatus.PROPOSED, BookingStatus.CANCELLED])
def test_a_place_that_is_not_fixed_opens_nothing(room_server, status):
    fields = {"answer_by": NOW() + SOON} if status == BookingStatus.PROPOSED else {}
    booking = make_session(status=status, **fields)
    room = booking.occupancy.public_id
    assert refusal(Browser(room_server, booking.booked_by), room) == "not_booked"
    assert refusal(Browser(room_server, booking.occupancy.provider.user), room) == "not_booked"


def test_a_session_in_person_has_no_room(room_server):
    booking = make_session(mode=Mode.IN_PERSON)
    assert refusal(Browser(room_server, booking.booked_by), booking.occupancy.public_id) == "in_person"


def test_whoever_is_declined_is_out_and_may_knock_again(session):
    provider, waiting = session.provider_browser.enter(session.room), session.client_browser.enter(session.room)
    provider.send("decline", visit=waiting.visit)
    assert waiting.expect("declined")["sentence"]
    assert waiting.is_put_out() == 4000
    again = session.client_browser.enter(session.room)
    assert again.welcome["place"] == "lobby" and again.visit != waiting.visit


def test_sentences_are_in_the_readers_language(session):
    line = Browser(session.server).open(session.room)
    assert line.expect("refused")["sentence"] == "请先登录，再进入咨询室。"


def test_what_is_sent_before_hello_counts_for_nothing(session):
    line = session.client_browser.open(session.room)
    for kind in ("say", "admit", "signal", "state", "end"):
        line.send(kind)
        assert line.expect("refused")["code"] == "not_allowed"
    line.connection.send("this is no message")
    assert line.expect("refused")["code"] == "not_understood"
    line.send("hello", name="小船")
    line.expect("welcome")
    line.send("hello", name="小舟")
    assert line.expect("refused")["code"] == "not_allowed"
