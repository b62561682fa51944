"""Rules, rooms, other calendars, conflicts, requests and moving in the clinic portal."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, OccupancyKind
from catalog.scheduling.models import Occupancy, Room
from tests.catalog.order.placed import order_of, pay
from tests.factories.catalogue import make_group_service, make_service
from tests.factories.partners import make_location, make_partner, make_provider
from tests.factories.people import make_child, make_parent, make_partner_staff, make_user, signed_in
from tests.factories.scheduling import make_booking, make_group_occupancy, next_weekday, shanghai

pytestmark = pytest.mark.django_db

LISTS = ["requests", "conflicts", "calendars", "rooms"]


@pytest.fixture
def partner():
    return make_partner()


@pytest.fixture
def provider(partner):
    return make_provider(partner=partner)


@pytest.fixture
def manager(partner):
    return signed_in(make_partner_staff(partner))


def booked(provider, *, hour: int = 10, **fields):
    fields.setdefault("service", make_service(provider))
    parent = make_parent(children=0)
    child = make_child(parent, nickname="小禾")
    return make_booking(starts_at=shanghai(next_weekday(5), hour), child=child, booked_by=parent, **fields)


@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_finds_no_desk(name, provider):
    assert signed_in(make_parent()).get(reverse(f"clinics:{name}")).status_code == 404


def test_working_rules_are_saved_and_shown_again(manager, provider):
    values = {"keeps_holidays": "on", "shifted_days_as": "2", "sessions_per_day": "5", "sessions_per_week": ""}
    answer = manager.post(reverse("clinics:set_rules", args=[provider.public_id]), values)

    provider.refresh_from_db()
    assert answer.status_code == 302
    assert (provider.keeps_holidays, provider.shifted_days_as) == (True, 2)
    assert (provider.sessions_per_day, provider.sessions_per_week) == (5, None)


def test_hours_and_exceptions_may_lie_at_one_location(manager, partner, provider):
    place = make_location(partner)
    manager.post(
        reverse("clinics:add_hours", args=[provider.public_id]),
        {"weekday": "6", "from_time": "19:00", "to_time": "21:00", "location": place.pk},
    )
    manager.post(
        reverse("clinics:add_exception", args=[provider.public_id]),
        {"on": next_weekday(6), "from_time": "08:00", "to_time": "09:00", "is_open": "1", "location": place.pk},
    )

    assert provider.weekly_availability.get(weekday=6, from_time="19:00").location == place
    assert provider.availability_exceptions.get().location == place


def test_another_partners_location_is_no_choice(manager, provider):
    place = make_location(make_partner())
    manager.post(
        reverse("clinics:add_hours", args=[provider.public_id]),
        {"weekday": "6", "from_time": "19:00", "to_time": "21:00", "location": place.pk},
    )

    assert not provider.weekly_availability.filter(from_time="19:00").exists()


def reservation(room, provider, *, hour: int = 9):
    return {
        "room": room.pk, "provider": provider.pk, "on": next_weekday(5), "from_time": f"{hour:02}:00",
        "to_time": f"{hour + 1:02}:00",
    }  # fmt: skip


def test_a_room_is_added_reserved_once_and_given_back(manager, partner, provider):
    place = make_location(partner)
    manager.post(reverse("clinics:add_room"), {"location": place.pk, "name": "热线 1", "kind": "line", "capacity": 1})
    room = Room.objects.get(name="热线 1")
    other = make_provider(partner=partner)

    first = manager.post(reverse("clinics:reserve_room"), reservation(room, provider))
    second = manager.post(reverse("clinics:reserve_room"), reservation(room, other))

    kept = Occupancy.objects.get(room=room, is_live=True)
    assert (first.status_code, second.status_code, kept.provider) == (302, 200, provider)
    manager.post(reverse("clinics:release_room", args=[kept.public_id]))
    assert not Occupancy.objects.filter(room=room, is_live=True).exists()


def test_a_practitioner_keeps_rooms_for_themselves_only(partner, provider):
    user = make_user()
    provider.user = user
    provider.save()
    room = Room.objects.create(location=make_location(partner), name="一室")
    client = signed_in(user)

    client.post(reverse("clinics:reserve_room"), reservation(room, make_provider(partner=partner)))
    assert not Occupancy.objects.exists()
    client.post(reverse("clinics:reserve_room"), reservation(room, provider))
    assert Occupancy.objects.get().kind == OccupancyKind.BLOCKED
    assert client.get(reverse("clinics:room_edit", args=[room.public_id])).status_code == 404


def test_another_partners_room_cannot_be_changed(manager):
    room = Room.objects.create(location=make_location(make_partner()), name="一室")

    assert manager.post(reverse("clinics:room_edit", args=[room.public_id]), {"name": "x"}).status_code == 404


def test_another_calendar_is_added_and_removed_and_its_address_not_shown(manager, provider, monkeypatch):
    monkeypatch.setattr("catalog.scheduling.services.calendars._read_soon", lambda pk: None)
    wrong = manager.post(
        reverse("clinics:add_calendar", args=[provider.public_id]), {"label": "家里", "address": "http://x"}
    )
    manager.post(
        reverse("clinics:add_calendar", args=[provider.public_id]),
        {"label": "家里", "address": "https://calendar.example.org/secret-address.ics"},
    )
    page = manager.get(reverse("clinics:calendars_of", args=[provider.public_id])).content.decode()
    calendar = provider.busy_calendars.get()

    assert "家里" in page and "secret-address" not in page and wrong.status_code == 200
    manager.post(reverse("clinics:remove_calendar", args=[provider.public_id, calendar.public_id]))
    assert not provider.busy_calendars.exists()


def test_an_own_feed_is_shown_once(provider):
    user = make_user()
    provider.user = user
    provider.save()
    client = signed_in(user)

    made = client.post(reverse("clinics:make_feed")).content.decode()
    again = client.get(reverse("clinics:calendars")).content.decode()

    assert ".ics" in made and ".ics" not in again
    client.post(reverse("clinics:stop_feed"))
    assert not user.calendar_feeds.filter(ended_at=None).exists()


def test_what_no_longer_fits_is_listed_with_its_reason(manager, provider):
    booking = booked(provider)
    before = manager.get(reverse("clinics:conflicts")).content.decode()
    provider.availability_exceptions.create(starts_at=booking.starts_at, ends_at=booking.ends_at)
    after = manager.get(reverse("clinics:conflicts")).content.decode()

    assert "小禾" not in before
    assert "小禾" in after and "这段时间已经关闭" in after


def asked(provider):
    """A paid request."""
    order = order_of(make_parent(), make_service(provider, needs_confirmation=True))
    pay(order)
    return order.lines.get().booking


@pytest.mark.parametrize(("said", "status"), [("yes", BookingStatus.BOOKED), ("no", BookingStatus.CANCELLED)])
def test_a_request_is_answered(manager, provider, said, status):
    booking = asked(provider)
    page = manager.get(reverse("clinics:requests")).content.decode()

    manager.post(reverse("clinics:answer_request", args=[booking.public_id]), {"answer": said, "reason": "full"})

    booking.refresh_from_db()
    assert str(booking.public_id) in page and booking.status == status


def test_another_clinic_cannot_answer(provider):
    booking = asked(provider)
    stranger = signed_in(make_partner_staff(make_partner()))

    answer = stranger.post(reverse("clinics:answer_request", args=[booking.public_id]), {"answer": "yes"})

    booking.refresh_from_db()
    assert (answer.status_code, booking.status) == (404, BookingStatus.PROPOSED)


def new_time(hour: int, minute: int = 0):
    return {"on": next_weekday(5, weeks=1), "at": f"{hour:02}:{minute:02}"}


def test_a_session_is_moved_by_the_form_that_dragging_fills_in(manager, provider):
    booking = booked(provider)
    url = reverse("clinics:move", args=[booking.occupancy.public_id])

    filled = manager.get(f"{url}?to={next_weekday(5, weeks=1)}T11:20").content.decode()
    answer = manager.post(url, new_time(11, 20))

    booking.refresh_from_db()
    assert 'value="11:20"' in filled and f'value="{next_weekday(5, weeks=1)}"' in filled and answer.status_code == 302
    assert booking.starts_at == shanghai(next_weekday(5, weeks=1), 11, 20)
    assert booking.moved_by_provider_at


def test_where_something_else_is_nothing_moves(manager, provider):
    booking, other = booked(provider), booked(provider, hour=14)
    answer = manager.post(
        reverse("clinics:move", args=[booking.occupancy.public_id]), {"on": next_weekday(5), "at": "14:10"}
    )

    booking.refresh_from_db()
    assert answer.status_code == 200 and booking.starts_at.hour != other.starts_at.hour


def test_a_group_nobody_joined_yet_is_moved_too(manager, provider):
    session = make_group_occupancy(make_group_service(provider), starts_at=shanghai(next_weekday(5), 10))
    manager.post(reverse("clinics:move", args=[session.public_id]), new_time(15))

    session.refresh_from_db()
    assert session.starts_at == shanghai(next_weekday(5, weeks=1), 15)


def test_another_clinics_session_cannot_be_moved(provider):
    booking = booked(provider)
    stranger = signed_in(make_partner_staff(make_partner()))

    assert stranger.post(reverse("clinics:move", args=[booking.occupancy.public_id]), new_time(9)).status_code == 404


def test_the_week_shows_minutes_and_reserved_rooms(manager, partner, provider):
    booked(provider, hour=13)
    room = Room.objects.create(location=make_location(partner), name="二室")
    manager.post(reverse("clinics:reserve_room"), reservation(room, provider))
    page = manager.get(f"{reverse('clinics:week')}?on={next_weekday(5)}").content.decode()

    assert "at-h13 at-m0" in page and "二室" in page and "data-move" in page and "空闲" in page


@pytest.mark.parametrize("page", ["requests", "conflicts", "rooms", "week"])
def test_one_or_three_cost_the_same_queries(page, manager, partner, provider, django_assert_num_queries):
    room = Room.objects.create(location=make_location(partner), name="一室")

    def one_more(hour: int) -> None:
        booking = booked(provider, hour=hour)
        provider.availability_exceptions.create(starts_at=booking.starts_at, ends_at=booking.ends_at)
        booked(provider, hour=hour + 4, status=BookingStatus.PROPOSED)
        manager.post(reverse("clinics:reserve_room"), reservation(room, provider, hour=hour + 8))

    url = f"{reverse(f'clinics:{page}')}?on={next_weekday(5)}"
    one_more(9)
    manager.get(url)
    with CaptureQueriesContext(connection) as one:
        manager.get(url)
    cost = len(one)
    one_more(10)
    one_more(11)
    with django_assert_num_queries(cost):
        manager.get(url)


def test_past_and_held_sessions_cannot_be_dragged(manager, provider):
    make_booking(service=make_service(provider), starts_at=timezone.now() - timedelta(hours=2))
    page = manager.get(reverse("clinics:week")).content.decode()

    assert "data-move" not in page
