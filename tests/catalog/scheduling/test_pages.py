"""A family's booking pages: what they show, to whom, in how many queries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from catalog.scheduling.enums import BookingStatus, CancelledBy, Mode
from tests.factories import (
    make_booking,
    make_child,
    make_group_occupancy,
    make_group_service,
    make_location,
    make_parent,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
    signed_in,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5, weeks=1)
TEN = shanghai(SATURDAY, 10)
LIST = "/bookings/"


@pytest.fixture
def parent():
    return make_parent()


@pytest.fixture
def booking(parent):
    provider = make_provider()
    service = make_service(provider, location=make_location(provider.partner, how_to_find="二楼右手边"))
    return make_booking(service=service, starts_at=TEN, child=parent.children.first(), booked_by=parent)


def page(name, booking):
    return reverse(f"bookings:{name}", args=[booking.public_id])


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_shows_what_is_ahead_and_what_is_past(parent, booking):
    client = signed_in(parent)
    assert page("detail", booking) in text(client.get(LIST))
    assert page("detail", booking) not in text(client.get(LIST + "?when=past"))
    past = make_booking(
        starts_at=timezone.now() - timedelta(days=3),
        child=booking.child,
        booked_by=parent,
        status=BookingStatus.FULFILLED,
    )
    assert page("detail", past) not in text(client.get(LIST))
    assert page("detail", past) in text(client.get(LIST + "?when=past"))


def test_empty_lists_say_what_to_do_next(parent):
    client = signed_in(parent)
    assert "还没有预约" in text(client.get(LIST))
    assert "还没有过去的预约" in text(client.get(LIST + "?when=past"))


def test_a_hold_says_until_when_and_an_ended_one_is_no_booking(parent):
    held = make_booking(starts_at=TEN, booked_by=parent, status=BookingStatus.PENDING)
    client = signed_in(parent)
    assert "为你保留到" in text(client.get(LIST))
    type(held).objects.update(held_until=timezone.now())
    assert page("detail", held) not in text(client.get(LIST))
    assert "保留已到期" in text(client.get(page("detail", held)))
    type(held).objects.update(status=BookingStatus.CANCELLED, cancelled_by=CancelledBy.EXPIRY)
    assert page("detail", held) not in text(client.get(LIST + "?when=past"))


@pytest.mark.parametrize("when", ["", "?when=past"])
def test_three_bookings_take_as_many_queries_as_one(when):
    counts = []
    for number in (1, 3):
        parent = make_parent(children=0)
        for place in range(number):
            make_booking(
                starts_at=TEN + timedelta(hours=place) - timedelta(days=60 if when else 0),
                child=make_child(parent),
                booked_by=parent,
                status=BookingStatus.FULFILLED if when else BookingStatus.BOOKED,
            )
        client = signed_in(parent)
        client.get(LIST + when)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert text(client.get(LIST + when)).count("card--linked") == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_a_booking_says_what_when_where_for_whom_and_how_it_can_change(parent, booking):
    shown = text(signed_in(parent).get(page("detail", booking)))
    for fact in (
        booking.service.product.title, booking.child.nickname, booking.occupancy.provider.name, "10:00–10:50",
        "到店", "二楼右手边", "之前可以改期，或取消并全额退款", "50%", page("calendar", booking), page("move", booking),
    ):  # fmt: skip
        assert fact in shown
    last_moment = timezone.localtime(TEN - timedelta(hours=24))
    assert f"{last_moment.month}月{last_moment.day}日 周五 10:00" in shown


def test_outside_the_window_moving_is_not_offered(parent):
    soon = make_booking(starts_at=timezone.now() + timedelta(hours=5), booked_by=parent)
    client = signed_in(parent)
    shown = text(client.get(page("detail", soon)))
    assert "免费改期和取消已在" in shown and page("move", soon) not in shown
    assert client.get(page("move", soon)).url == page("detail", soon)


@pytest.mark.parametrize("name", ["detail", "move", "calendar"])
def test_strangers_find_nothing_and_nobody_is_asked_in_without_signing_in(client, booking, name):
    assert signed_in(make_parent()).get(page(name, booking)).status_code == 404
    assert signed_in(make_parent()).post(page("move", booking), {"slot": TEN.isoformat()}).status_code == 404
    answer = client.get(page(name, booking))
    assert answer.status_code == 302 and "login" in answer.url
    assert signed_in(booking.booked_by).get(reverse(f"bookings:{name}", args=[uuid4()])).status_code == 404
    assert page("detail", booking) not in text(signed_in(make_parent()).get(LIST))


def test_another_guardian_of_the_child_sees_it_too(booking):
    other = make_parent(children=0)
    other.guardianships.create(child=booking.child)
    assert signed_in(other).get(page("detail", booking)).status_code == 200


class TestMoving:
    def test_the_week_shows_the_providers_free_times(self, parent, booking):
        shown = text(signed_in(parent).get(page("move", booking)))
        assert shanghai(SATURDAY, 14).isoformat() in shown
        assert f'value="{TEN.isoformat()}"' not in shown

    def test_choosing_a_time_moves_the_booking(self, parent, booking):
        answer = signed_in(parent).post(page("move", booking), {"slot": shanghai(SATURDAY, 14).isoformat()})
        assert answer.url == page("detail", booking)
        booking.occupancy.refresh_from_db()
        assert booking.occupancy.starts_at == shanghai(SATURDAY, 14)

    @pytest.mark.parametrize(
        "slot", ["", "soon", "2026-13-40T99:99+08:00", "2026-12-05T10:00", shanghai(SATURDAY, 3).isoformat()]
    )
    def test_what_cannot_be_is_said_calmly(self, parent, booking, slot):
        shown = text(signed_in(parent).post(page("move", booking), {"slot": slot}), 422)
        assert 'role="alert"' in shown
        booking.occupancy.refresh_from_db()
        assert booking.occupancy.starts_at == TEN

    @pytest.mark.parametrize("week", ["nonsense", "2026-99-99", "1999-01-01", "2999-01-01", ""])
    def test_any_week_in_the_address_is_answered(self, parent, booking, week):
        assert signed_in(parent).get(page("move", booking), {"week": week}).status_code == 200

    def test_a_group_shows_its_other_sessions(self, parent):
        service = make_group_service()
        booking = make_booking(occupancy=make_group_occupancy(service, starts_at=TEN), booked_by=parent)
        other = make_group_occupancy(service, starts_at=shanghai(SATURDAY, 15))
        client = signed_in(parent)
        assert other.starts_at.astimezone(TEN.tzinfo).isoformat() in text(client.get(page("move", booking)))
        client.post(page("move", booking), {"slot": other.starts_at.isoformat()})
        booking.refresh_from_db()
        assert booking.occupancy == other


class TestCalendar:
    def event(self, booking):
        answer = signed_in(booking.booked_by).get(page("calendar", booking))
        assert answer["Content-Type"].startswith("text/calendar")
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")
        return event, answer.content.decode()

    def test_it_names_the_time_and_nothing_private(self, booking):
        event, written = self.event(booking)
        assert event["SUMMARY"] == "心桥 预约"
        assert event.decoded("DTSTART") == TEN
        assert event.decoded("DTEND") == TEN + timedelta(minutes=50)
        assert event["LOCATION"] == booking.service.location.address
        for secret in (booking.service.product.title, booking.child.nickname, booking.occupancy.provider.name):
            assert secret not in written

    def test_a_moved_and_a_cancelled_booking_replace_the_old_entry(self, booking):
        first, _ = self.event(booking)
        booking.moved_count, booking.status, booking.mode = 1, BookingStatus.CANCELLED, Mode.PHONE
        booking.save()
        event, _ = self.event(booking)
        assert event["UID"] == first["UID"]
        assert event["SEQUENCE"] > first["SEQUENCE"]
        assert event["STATUS"] == "CANCELLED"
        assert "LOCATION" not in event
