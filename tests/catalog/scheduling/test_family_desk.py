"""A family's desk: requests, ways to hold a session, series, places together, and the phone's calendar."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from catalog.scheduling.enums import Attendee, BookingStatus, FeedKind, Mode
from catalog.scheduling.models import BookingSeries
from catalog.scheduling.selectors import open_feed_of
from tests.catalog.scheduling.test_pages import LIST, TEN, page, text
from tests.factories import (
    make_booking,
    make_group_occupancy,
    make_group_service,
    make_parent,
    make_provider,
    make_service,
    signed_in,
)

pytestmark = pytest.mark.django_db
PHONE = "/bookings/phone-calendar/"


@pytest.fixture
def parent():
    return make_parent()


@pytest.fixture
def booking(parent):
    service = make_service(make_provider(), modes=[Mode.IN_PERSON, Mode.VIDEO])
    return make_booking(service=service, starts_at=TEN, child=parent.children.first(), booked_by=parent)


def test_a_request_says_until_when_it_is_answered(parent):
    asked = make_booking(starts_at=TEN, booked_by=parent, status=BookingStatus.PROPOSED)
    client = signed_in(parent)
    assert "之前答复" in text(client.get(LIST))
    assert "没有答复或不方便，会全额退款" in text(client.get(page("detail", asked)))


def test_a_voice_session_is_held_in_the_room(parent):
    spoken = make_booking(starts_at=TEN, booked_by=parent, mode=Mode.PHONE)
    shown = text(signed_in(parent).get(page("detail", spoken)))
    assert "只用声音" in shown and "不用拨号" in shown


def test_the_way_it_is_held_is_switched_and_time_and_payment_stay(parent, booking):
    client = signed_in(parent)
    assert page("mode", booking) in text(client.get(page("detail", booking)))
    assert 'value="video"' in text(client.get(page("mode", booking)))
    assert 'id="mode-error"' in text(client.post(page("mode", booking), {"mode": "text"}), 422)
    assert client.post(page("mode", booking), {"mode": "video"}).url == page("detail", booking)
    booking.refresh_from_db()
    assert booking.mode == Mode.VIDEO and booking.starts_at == TEN


def test_where_there_is_no_other_way_none_is_offered(parent):
    only = make_booking(service=make_service(modes=[Mode.IN_PERSON]), starts_at=TEN, booked_by=parent)
    client = signed_in(parent)
    assert page("mode", only) not in text(client.get(page("detail", only)))
    assert client.get(page("mode", only)).url == page("detail", only)


def test_nobody_switches_what_is_not_theirs(client, booking):
    assert signed_in(make_parent()).post(page("mode", booking), {"mode": "video"}).status_code == 404
    assert client.get(page("mode", booking)).status_code == 302
    booking.refresh_from_db()
    assert booking.mode == Mode.IN_PERSON


def test_a_series_leads_from_each_session_to_the_others(parent, booking):
    booking.series = BookingSeries.objects.create(booked_by=parent)
    booking.save()
    week = timedelta(weeks=1)
    later = make_booking(
        service=booking.service, starts_at=TEN + week, child=booking.child, booked_by=parent, series=booking.series
    )
    shown = text(signed_in(parent).get(page("detail", booking)))
    assert "这个系列" in shown and page("detail", later) in shown


def test_places_taken_together_are_shown_together(parent):
    group = make_group_occupancy(make_group_service(admits_guardian=True), starts_at=TEN)
    booking = make_booking(occupancy=group, booked_by=parent, together_id=uuid4())
    beside = make_booking(
        occupancy=booking.occupancy,
        child=booking.child,
        booked_by=parent,
        attendee=Attendee.GUARDIAN,
        together_id=booking.together_id,
    )
    shown = text(signed_in(parent).get(page("detail", booking)))
    assert "一起约的名额" in shown and page("detail", beside) in shown and "家长的名额" in shown


def test_a_session_that_took_place_leads_to_feedback(parent):
    past = make_booking(starts_at=timezone.now() - timedelta(days=3), booked_by=parent, status=BookingStatus.FULFILLED)
    assert f"/room/feedback/{past.public_id}/" in text(signed_in(parent).get(LIST + "?when=past"))


class TestThePhonesCalendar:
    def test_an_address_is_shown_once_read_and_ended(self, parent, booking, client):
        own = signed_in(parent)
        assert "开通日历地址" in text(own.get(PHONE))
        made = text(own.post(PHONE))
        address = made.split('readonly value="')[1].split('"')[0]
        assert "<svg" in made and "webcal://" in made
        assert "BEGIN:VEVENT" in text(client.get(address))
        again = text(own.get(PHONE))
        assert address not in again and "还在用" in again
        assert own.post(PHONE + "end/").url == PHONE
        assert client.get(address).status_code == 404 and open_feed_of(parent, FeedKind.FAMILY) is None

    def test_looking_makes_none(self, parent):
        signed_in(parent).get(PHONE)
        assert open_feed_of(parent, FeedKind.FAMILY) is None

    def test_nobody_else_ends_it(self, parent, client):
        signed_in(parent).post(PHONE)
        signed_in(make_parent()).post(PHONE + "end/")
        assert open_feed_of(parent, FeedKind.FAMILY) is not None
        assert client.get(PHONE).status_code == 302
