"""Another time for a paid booking, and saying whether it was held."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.errors import (
    BookingEnded,
    ChildAlreadyBooked,
    NotYourBooking,
    RoomTaken,
    SeatsGone,
    SessionNotStarted,
    SlotNotOffered,
    SlotTaken,
    TooLateToChange,
)
from catalog.scheduling.models import Room
from catalog.scheduling.services import mark_attendance, move_booking
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
    make_staff,
    make_user,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5, weeks=1)
TEN = shanghai(SATURDAY, 10)


@pytest.fixture
def booking():
    return make_booking(starts_at=TEN)


def move(booking, starts_at, **changes):
    return move_booking(**{"booking_id": booking.pk, "starts_at": starts_at, "moved_by": booking.booked_by} | changes)


@pytest.mark.parametrize(("hour", "minute"), [(14, 0), (10, 30), (9, 30)])
def test_a_booking_moves_even_onto_part_of_its_own_time(booking, hour, minute):
    booking.reminded_day_at = timezone.now()
    booking.save()
    new_time = shanghai(SATURDAY, hour, minute)
    moved = move(booking, new_time)
    booking.refresh_from_db()
    booking.occupancy.refresh_from_db()
    assert moved.occupancy.starts_at == booking.occupancy.starts_at == new_time
    assert booking.occupancy.busy_until == new_time + timedelta(minutes=60)
    assert (booking.status, booking.moved_count, booking.reminded_day_at) == (BookingStatus.BOOKED, 1, None)


def test_only_within_the_window(booking):
    with pytest.raises(TooLateToChange):
        move(booking, shanghai(SATURDAY, 15), now=TEN - timedelta(hours=23))
    assert move(booking, shanghai(SATURDAY, 15), now=TEN - timedelta(hours=24))


def test_only_to_a_time_on_offer(booking):
    make_booking(service=booking.service, starts_at=shanghai(SATURDAY, 14))
    with pytest.raises(SlotTaken) as refusal:
        move(booking, shanghai(SATURDAY, 14))
    assert refusal.value.alternatives
    for hour in (3, 18, 10):
        with pytest.raises(SlotNotOffered):
            move(booking, shanghai(SATURDAY, hour))


def test_not_while_the_child_is_elsewhere(booking):
    make_booking(starts_at=shanghai(SATURDAY, 14), child=booking.child, booked_by=booking.booked_by)
    with pytest.raises(ChildAlreadyBooked):
        move(booking, shanghai(SATURDAY, 14, 30))


def test_only_by_the_childs_own_people(booking):
    with pytest.raises(NotYourBooking):
        move(booking, shanghai(SATURDAY, 14), moved_by=make_parent())
    with pytest.raises(NotYourBooking):
        move_booking(booking_id=0, starts_at=TEN, moved_by=booking.booked_by)


@pytest.mark.parametrize("status", [BookingStatus.PENDING, BookingStatus.CANCELLED, BookingStatus.FULFILLED])
def test_only_a_paid_booking(status):
    with pytest.raises(BookingEnded):
        move(make_booking(starts_at=TEN, status=status), shanghai(SATURDAY, 14))


def test_a_seat_moves_to_another_session_of_the_group():
    service = make_group_service()
    first = make_group_occupancy(service, starts_at=TEN, seats=2)
    second = make_group_occupancy(service, starts_at=shanghai(SATURDAY, 14), seats=1)
    booking = make_booking(occupancy=first)
    assert move(booking, second.starts_at).occupancy == second
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.seats_taken, second.seats_taken) == (0, 1)
    with pytest.raises((SeatsGone, SlotTaken)):
        move(make_booking(occupancy=first), second.starts_at)


class TestAttendance:
    @pytest.mark.parametrize("who", ["provider", "partner", "staff"])
    def test_the_providers_side_marks_and_corrects(self, booking, who):
        provider = booking.occupancy.provider
        people = {"provider": make_user, "partner": lambda: make_partner_staff(provider.partner), "staff": make_staff}
        user = people[who]()
        if who == "provider":
            provider.user = user
            provider.save()
        assert mark_attendance(booking_id=booking.pk, attended=False, marked_by=user, now=TEN).status == "noshow"
        assert mark_attendance(booking_id=booking.pk, attended=True, marked_by=user, now=TEN).status == "fulfilled"

    def test_nobody_else_and_not_too_early_and_not_what_is_cancelled(self, booking):
        staff = make_staff()
        with pytest.raises(NotYourBooking):
            mark_attendance(booking_id=booking.pk, attended=True, marked_by=booking.booked_by, now=TEN)
        with pytest.raises(SessionNotStarted):
            mark_attendance(booking_id=booking.pk, attended=True, marked_by=staff)
        cancelled = make_booking(starts_at=TEN, status=BookingStatus.CANCELLED, service=make_service())
        with pytest.raises(BookingEnded):
            mark_attendance(booking_id=cancelled.pk, attended=True, marked_by=staff, now=TEN)


def test_the_room_moves_along_to_where_one_is_free():
    where = make_location(make_partner())
    small, large = (Room.objects.create(location=where, name=name, capacity=n) for name, n in (("小", 2), ("大", 6)))
    service, other, third = (
        make_service(make_provider(partner=where.partner), location=where, needs_room=True) for _ in range(3)
    )
    booking = make_booking(service=service, starts_at=TEN)
    type(booking.occupancy).objects.filter(pk=booking.occupancy_id).update(room=small)
    in_the_way = make_booking(service=other, starts_at=shanghai(SATURDAY, 14))
    type(booking.occupancy).objects.filter(pk=in_the_way.occupancy_id).update(room=small)
    moved = move(booking, shanghai(SATURDAY, 14))
    moved.occupancy.refresh_from_db()
    assert moved.occupancy.room == large and moved.occupancy.location == where
    large.is_active = False
    large.save()
    with pytest.raises(RoomTaken):
        move(make_booking(service=third, starts_at=TEN), shanghai(SATURDAY, 14))


def test_where_the_provider_is_that_day_is_where_it_will_be():
    partner = make_partner()
    here, there = make_location(partner), make_location(partner, name="另一处")
    provider = make_provider(partner=partner)
    provider.weekly_availability.filter(weekday=SATURDAY.weekday()).update(location=here)
    provider.weekly_availability.filter(weekday=(SATURDAY + timedelta(days=1)).weekday()).update(location=there)
    booking = make_booking(service=make_service(provider), starts_at=TEN)
    moved = move(booking, TEN + timedelta(days=1))
    moved.occupancy.refresh_from_db()
    assert moved.occupancy.location == there


def test_its_provider_is_told(booking):
    staff = make_partner_staff(booking.occupancy.provider.partner)
    move(booking, shanghai(SATURDAY, 14))
    assert "14:00" in Message.objects.get(recipient=staff, channel="in_app").body
