"""Private calendar addresses: times for whoever knows the secret, and not a word of what they are."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from catalog.scheduling import services
from catalog.scheduling.enums import BookingStatus, FeedKind, Mode
from catalog.scheduling.models import Booking, CalendarFeed
from catalog.scheduling.selectors import open_feed_of
from tests.factories import (
    make_booking,
    make_child,
    make_group_occupancy,
    make_group_service,
    make_location,
    make_parent,
    make_provider,
    make_service,
    make_teen,
    make_user,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
TEN = shanghai(next_weekday(5), 10)


def read(client, person, kind=FeedKind.FAMILY):
    _, secret = services.open_feed(person=person, kind=kind)
    return client.get(reverse("bookings:feed", args=[secret]))


def events(response):
    assert response.status_code == 200
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


class TestAddresses:
    def test_only_a_digest_is_kept(self):
        feed, secret = services.open_feed(person=make_parent(), kind=FeedKind.FAMILY)
        assert len(secret) >= 43
        assert secret not in str(CalendarFeed.objects.filter(pk=feed.pk).values().get())

    def test_a_new_one_ends_the_old_one(self, client):
        parent = make_parent()
        _, old = services.open_feed(person=parent, kind=FeedKind.FAMILY)
        feed, new = services.open_feed(person=parent, kind=FeedKind.FAMILY)
        assert client.get(reverse("bookings:feed", args=[old])).status_code == 404
        assert client.get(reverse("bookings:feed", args=[new])).status_code == 200
        assert open_feed_of(parent, FeedKind.FAMILY) == feed

    def test_ended_it_shows_nothing(self, client):
        parent = make_parent()
        _, secret = services.open_feed(person=parent, kind=FeedKind.FAMILY)
        services.end_feed(person=parent, kind=FeedKind.PROVIDER)
        assert client.get(reverse("bookings:feed", args=[secret])).status_code == 200
        services.end_feed(person=parent, kind=FeedKind.FAMILY)
        assert client.get(reverse("bookings:feed", args=[secret])).status_code == 404

    def test_whoever_may_not_sign_in_has_none(self, client):
        parent = make_parent()
        _, secret = services.open_feed(person=parent, kind=FeedKind.FAMILY)
        type(parent).objects.filter(pk=parent.pk).update(is_active=False)
        assert client.get(reverse("bookings:feed", args=[secret])).status_code == 404

    def test_no_secret_opens_nothing(self, client):
        assert client.get(reverse("bookings:feed", args=["x" * 43])).status_code == 404

    def test_it_is_kept_by_nobody_on_the_way_and_its_reading_is_noted(self, client):
        parent = make_parent()
        response = read(client, parent)
        assert "no-store" in response["Cache-Control"] and response["Content-Type"].startswith("text/calendar")
        assert timezone.now() - open_feed_of(parent, FeedKind.FAMILY).read_at < timedelta(minutes=1)


class TestFamilies:
    def test_times_and_places_without_a_word_of_what(self, client):
        provider = make_provider(name="某老师")
        service = make_service(provider, location=make_location(provider.partner, address="示例路 9 号"))
        service.product.title = "青少年焦虑咨询"
        service.product.save()
        parent = make_parent()
        booking = make_booking(service=service, starts_at=TEN, booked_by=parent, child=parent.children.first())
        response = read(client, parent)
        [event] = events(response)
        assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (TEN, TEN + timedelta(minutes=50))
        assert str(event["UID"]) == f"{booking.public_id}@xinqiao" and str(event["LOCATION"]) == "示例路 9 号"
        text = response.content.decode()
        for word in ("焦虑", "某老师", provider.partner.name, booking.child.nickname):
            assert word not in text

    def test_requests_are_tentative_and_the_rest_is_not_shown(self, client):
        parent = make_parent()
        asked = make_booking(
            booked_by=parent, starts_at=TEN, status=BookingStatus.PROPOSED, answer_by=TEN - timedelta(hours=2)
        )
        make_booking(booked_by=parent, starts_at=TEN + timedelta(hours=2), status=BookingStatus.PENDING)
        make_booking(booked_by=parent, starts_at=TEN + timedelta(hours=4), status=BookingStatus.CANCELLED)
        make_booking(starts_at=TEN)
        [event] = events(read(client, parent))
        assert event["STATUS"] == "TENTATIVE" and str(asked.public_id) in event["UID"]

    def test_a_moved_booking_is_the_same_event(self, client):
        booking = make_booking(starts_at=TEN)
        Booking.objects.filter(pk=booking.pk).update(moved_count=2)
        [event] = events(read(client, booking.booked_by))
        assert event["SEQUENCE"] == 2

    def test_a_young_person_sees_their_own_and_a_guardian_not_what_they_booked(self, client):
        mother = make_parent(children=0)
        teen = make_teen(mother)
        make_booking(child=teen.young_profile, booked_by=teen, starts_at=TEN, mode=Mode.VIDEO)
        assert len(events(read(client, teen))) == 1
        assert events(read(client, mother)) == []

    def test_somebody_who_no_longer_cares_for_the_child_sees_nothing(self, client):
        parent = make_parent()
        booking = make_booking(booked_by=parent, child=parent.children.first(), starts_at=TEN)
        assert len(events(read(client, parent))) == 1
        booking.child.guardianships.update(status="ended", ended_at=timezone.now())
        assert events(read(client, parent)) == []


class TestProviders:
    @pytest.fixture
    def provider(self):
        return make_provider(user=make_user(role="practitioner"))

    def test_each_session_once_without_a_name(self, client, provider):
        session = make_group_occupancy(make_group_service(provider), starts_at=TEN)
        bookings = [make_booking(occupancy=session) for _ in range(2)]
        make_booking(service=make_service(provider), starts_at=TEN + timedelta(hours=3))
        make_booking(starts_at=TEN)  # somebody else's
        response = read(client, provider.user, FeedKind.PROVIDER)
        assert len(events(response)) == 2
        for booking in bookings:
            assert booking.child.nickname not in response.content.decode()

    def test_held_times_are_not_shown_and_kept_rooms_are(self, client, provider):
        make_booking(service=make_service(provider), starts_at=TEN, status=BookingStatus.PENDING)
        place = make_location(provider.partner)
        room = services.add_room(location=place, name="一号室")
        services.reserve_room(
            room=room, provider=provider, starts_at=TEN + timedelta(hours=3), ends_at=TEN + timedelta(hours=4)
        )
        [event] = events(read(client, provider.user, FeedKind.PROVIDER))
        assert "一号室" in event["LOCATION"]

    def test_many_bookings_cost_as_many_queries_as_one(self, client, provider, django_assert_max_num_queries):
        service = make_service(provider)
        for number in range(3):
            parent = make_parent()
            make_child(parent)
            make_booking(service=service, booked_by=parent, starts_at=TEN + timedelta(hours=2 * number))
        _, secret = services.open_feed(person=provider.user, kind=FeedKind.PROVIDER)
        with django_assert_max_num_queries(3):
            assert len(events(client.get(reverse("bookings:feed", args=[secret])))) == 3
