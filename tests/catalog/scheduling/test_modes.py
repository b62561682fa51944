"""Another way to hold a session: its time and what was paid stay."""

from datetime import time, timedelta

import pytest

from catalog.scheduling.enums import BookingStatus, Mode
from catalog.scheduling.errors import BookingEnded, ModeNotOffered, NotYourBooking, RoomTaken, TooLateToChange
from catalog.scheduling.models import Room, WeeklyAvailability
from catalog.scheduling.services import modes_to_switch_to, switch_mode
from marketplace.notifications.models import Message
from tests.factories import (
    make_booking,
    make_group_occupancy,
    make_group_service,
    make_location,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
TEN = shanghai(next_weekday(5, weeks=1), 10)


@pytest.fixture
def place():
    return make_location(make_partner())


@pytest.fixture
def service(place):
    return make_service(make_provider(partner=place.partner), location=place, needs_room=True)


@pytest.fixture
def booking(service):
    return make_booking(service=service, starts_at=TEN, mode=Mode.VIDEO)


def switch(booking, mode, **changes):
    return switch_mode(**{"booking_id": booking.pk, "mode": mode, "switched_by": booking.booked_by} | changes)


def test_into_a_room_and_out_again_at_the_same_time(booking, place):
    room = Room.objects.create(location=place, name="一号室")
    staff = make_partner_staff(place.partner)
    switched = switch(booking, Mode.IN_PERSON)
    switched.occupancy.refresh_from_db()
    assert (switched.mode, switched.occupancy.room, switched.occupancy.location) == (Mode.IN_PERSON, room, place)
    assert switched.occupancy.starts_at == TEN and switched.occupancy.is_live
    assert "到店" in Message.objects.get(recipient=staff, channel="in_app").body
    switched = switch(booking, Mode.PHONE)
    switched.occupancy.refresh_from_db()
    assert (switched.mode, switched.occupancy.room) == (Mode.PHONE, None)


def test_where_every_room_is_taken_it_stays_as_it_was(booking, place, service):
    room = Room.objects.create(location=place, name="一号室")
    other = make_service(make_provider(partner=place.partner), location=place, needs_room=True)
    make_booking(service=other, starts_at=TEN)
    type(booking.occupancy).objects.filter(service=other).update(room=room)
    with pytest.raises(RoomTaken):
        switch(booking, Mode.IN_PERSON)
    booking.refresh_from_db()
    assert booking.mode == Mode.VIDEO and booking.occupancy.is_live


def test_only_what_the_service_and_the_hours_offer(booking, service):
    service.modes = [Mode.VIDEO, Mode.PHONE]
    service.save()
    WeeklyAvailability.objects.update(modes=[Mode.VIDEO])
    WeeklyAvailability.objects.create(
        provider=booking.occupancy.provider,
        weekday=TEN.weekday(),
        from_time=time(18),
        to_time=time(20),
        modes=["phone"],
    )
    for mode in (Mode.IN_PERSON, Mode.PHONE):
        with pytest.raises(ModeNotOffered):
            switch(booking, mode)
    assert modes_to_switch_to(booking) == []


def test_the_ways_that_are_shown_can_be_taken(booking):
    Room.objects.create(location=booking.service.location, name="一号室")
    assert set(modes_to_switch_to(booking)) == {Mode.IN_PERSON, Mode.PHONE, Mode.TEXT}


def test_until_it_starts(booking):
    assert switch(booking, Mode.PHONE, now=TEN - timedelta(seconds=1))
    with pytest.raises(TooLateToChange):
        switch(booking, Mode.TEXT, now=TEN)
    assert modes_to_switch_to(booking, now=TEN) == []


def test_not_what_is_over_or_somebody_elses(booking):
    with pytest.raises(NotYourBooking):
        switch(booking, Mode.PHONE, switched_by=make_parent())
    cancelled = make_booking(starts_at=TEN, status=BookingStatus.CANCELLED)
    with pytest.raises(BookingEnded):
        switch(cancelled, Mode.PHONE)


def test_a_seat_of_a_group_leaves_the_group_where_it_is():
    session = make_group_occupancy(make_group_service(), starts_at=TEN)
    seat = make_booking(occupancy=session, mode=Mode.IN_PERSON)
    assert switch(seat, Mode.VIDEO).mode == Mode.VIDEO
    session.refresh_from_db()
    assert (session.starts_at, session.seats_taken) == (TEN, 1)
