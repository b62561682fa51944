"""From kept to booked, and back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, CancelledBy, Mode
from catalog.scheduling.errors import (
    BookingEnded,
    ChildAlreadyBooked,
    HoldExpired,
    SeatsGone,
    SlotTaken,
    TooLateToChange,
)
from catalog.scheduling.models import AvailabilityException, Booking, Occupancy
from catalog.scheduling.services import (
    add_room,
    cancel_booking,
    change_room,
    confirm_bookings,
    expire_holds,
    hold_seat,
    hold_slot,
    release_bookings,
    renew_holds,
)
from tests.factories import (
    make_booking,
    make_group_occupancy,
    make_group_service,
    make_location,
    make_parent,
    make_partner,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5)
TEN = shanghai(SATURDAY, 10)


@pytest.fixture
def service():
    return make_service()


@pytest.fixture
def held(service):
    return hold_for(service, make_parent())


def hold_for(service, parent, **changes):
    wish = {
        "service": service,
        "provider": None,
        "starts_at": TEN,
        "child": parent.children.first(),
        "mode": Mode.PHONE,
        "booked_by": parent,
    }
    return hold_slot(**wish | changes)


def expired(booking):
    """Let the hold end and the beat release it."""
    assert expire_holds(now=booking.held_until) == 1
    return Booking.objects.get(pk=booking.pk)


def confirmed(booking, **options):
    """Confirm one booking and read it again."""
    confirm_bookings(booking_ids=[booking.pk], **options)
    return Booking.objects.get(pk=booking.pk)


def test_confirming_books_and_repeats_do_nothing(held):
    for _ in range(2):
        assert confirmed(held).status == BookingStatus.BOOKED


def test_a_hold_past_its_end_that_nobody_released_is_still_ours(held):
    assert confirmed(held, now=held.held_until + timedelta(hours=1)).status == BookingStatus.BOOKED


def test_a_released_hold_is_taken_again_when_still_free(held):
    expired(held)
    booking = confirmed(held)
    assert (booking.status, booking.cancelled_by, booking.cancelled_at) == (BookingStatus.BOOKED, "", None)
    occupancy = Occupancy.objects.get(pk=held.occupancy_id)
    assert occupancy.is_live and occupancy.seats_taken == 1


def test_a_released_hold_is_refused_when_somebody_else_has_the_time(service, held):
    expired(held)
    hold_for(service, make_parent(), starts_at=shanghai(SATURDAY, 10, 30))
    with pytest.raises(SlotTaken) as refusal:
        confirm_bookings(booking_ids=[held.pk])
    assert refusal.value.alternatives
    assert Booking.objects.get(pk=held.pk).status == BookingStatus.CANCELLED


def test_a_released_hold_is_refused_when_the_provider_closed_the_time(service, held):
    expired(held)
    AvailabilityException.objects.create(
        provider=service.providers.first(), starts_at=TEN, ends_at=TEN + timedelta(hours=1)
    )
    with pytest.raises(SlotTaken):
        confirm_bookings(booking_ids=[held.pk])


def test_a_released_hold_is_refused_when_the_provider_has_enough_that_day(service, held):
    expired(held)
    service.providers.update(sessions_per_day=1)
    hold_for(service, make_parent(), starts_at=shanghai(SATURDAY, 15))
    with pytest.raises(SlotTaken):
        confirm_bookings(booking_ids=[held.pk])


def test_a_released_hold_is_refused_when_its_room_is_out_of_use():
    partner = make_partner()
    where = make_location(partner)
    room = add_room(location=where, name="一号室")
    service = make_service(make_provider(partner=partner), location=where, needs_room=True)
    held = hold_for(service, make_parent(), mode=Mode.IN_PERSON)
    expired(held)
    change_room(room=room, name=room.name, capacity=4, is_active=False)
    with pytest.raises(SlotTaken):
        confirm_bookings(booking_ids=[held.pk])


def test_a_released_hold_is_refused_when_the_child_is_elsewhere(held):
    expired(held)
    hold_for(make_service(), held.booked_by)
    with pytest.raises(ChildAlreadyBooked):
        confirm_bookings(booking_ids=[held.pk])


def test_what_a_family_gave_up_is_not_taken_again(held):
    release_bookings(booking_ids=[held.pk], cancelled_by=CancelledBy.FAMILY)
    with pytest.raises(SlotTaken):
        confirm_bookings(booking_ids=[held.pk])


def test_one_refusal_refuses_them_all(service, held):
    lost = hold_for(service, make_parent(), starts_at=shanghai(SATURDAY, 14), now=timezone.now() - timedelta(hours=1))
    expired(lost)
    hold_for(service, make_parent(), starts_at=shanghai(SATURDAY, 14))
    with pytest.raises(SlotTaken):
        confirm_bookings(booking_ids=[held.pk, lost.pk])
    assert Booking.objects.get(pk=held.pk).status == BookingStatus.PENDING


def test_renewing_prolongs_a_hold_but_not_past_its_start(held):
    until = timezone.now() + timedelta(hours=2)
    [booking] = renew_holds(booking_ids=[held.pk], held_until=until)
    assert Booking.objects.get(pk=held.pk).held_until == booking.held_until == until
    [booking] = renew_holds(booking_ids=[held.pk], held_until=TEN + timedelta(days=1))
    assert booking.held_until == TEN


def test_renewing_takes_a_released_hold_again_or_says_that_it_is_gone(service, held):
    expired(held)
    [booking] = renew_holds(booking_ids=[held.pk], held_until=timezone.now() + timedelta(minutes=30))
    assert booking.status == BookingStatus.PENDING
    expired(booking)
    hold_for(service, make_parent())
    with pytest.raises(SlotTaken):
        renew_holds(booking_ids=[held.pk], held_until=timezone.now() + timedelta(minutes=30))


def test_renewing_after_the_start_is_refused_and_booked_ones_are_left_alone(held):
    with pytest.raises(HoldExpired):
        renew_holds(booking_ids=[held.pk], held_until=TEN, now=TEN)
    confirm_bookings(booking_ids=[held.pk])
    [booking] = renew_holds(booking_ids=[held.pk], held_until=TEN, now=TEN)
    assert booking.status == BookingStatus.BOOKED


class TestSeats:
    @pytest.fixture
    def session(self):
        return make_group_occupancy(make_group_service(), starts_at=TEN, seats=1)

    def hold(self, session, **changes):
        parent = make_parent()
        return hold_seat(occupancy=session, child=parent.children.first(), mode=Mode.PHONE, booked_by=parent, **changes)

    def test_a_released_seat_is_taken_again_or_refused(self, session):
        first = self.hold(session)
        expired(first)
        confirm_bookings(booking_ids=[first.pk])
        session.refresh_from_db()
        assert session.seats_taken == 1

    def test_a_seat_somebody_else_has_is_refused(self, session):
        first = self.hold(session)
        expired(first)
        self.hold(session)
        with pytest.raises(SeatsGone):
            confirm_bookings(booking_ids=[first.pk])

    def test_releasing_gives_back_one_seat_and_not_the_session(self, session):
        release_bookings(booking_ids=[self.hold(session).pk], cancelled_by=CancelledBy.FAMILY)
        session.refresh_from_db()
        assert (session.is_live, session.seats_taken) == (True, 0)


class TestCancelling:
    @pytest.mark.parametrize(
        ("hours_before", "cancelled_by", "percent"),
        [
            (24, CancelledBy.FAMILY, 100),
            (23.9, CancelledBy.FAMILY, 50),
            (0.1, CancelledBy.FAMILY, 50),
            (0.1, CancelledBy.PROVIDER, 100),
            (-1, CancelledBy.PROVIDER, 100),
            (-1, CancelledBy.PLATFORM, 100),
        ],
    )
    def test_the_policy_says_how_much_goes_back(self, held, hours_before, cancelled_by, percent):
        confirm_bookings(booking_ids=[held.pk])
        cancelled = cancel_booking(
            booking_id=held.pk, cancelled_by=cancelled_by, now=TEN - timedelta(hours=hours_before)
        )
        assert cancelled.window.percent == percent
        assert cancelled.booking.status == BookingStatus.CANCELLED
        assert not Occupancy.objects.get(pk=held.occupancy_id).is_live

    def test_the_time_is_free_again_at_once(self, service, held):
        cancel_booking(booking_id=held.pk, cancelled_by=CancelledBy.FAMILY)
        assert hold_for(service, make_parent())

    def test_a_family_cannot_cancel_what_has_begun(self, held):
        confirm_bookings(booking_ids=[held.pk])
        with pytest.raises(TooLateToChange):
            cancel_booking(booking_id=held.pk, cancelled_by=CancelledBy.FAMILY, now=TEN)

    @pytest.mark.parametrize("status", [BookingStatus.FULFILLED, BookingStatus.NOSHOW, BookingStatus.CANCELLED])
    def test_what_is_over_cannot_be_cancelled(self, status):
        booking = make_booking(status=status)
        with pytest.raises(BookingEnded):
            cancel_booking(booking_id=booking.pk, cancelled_by=CancelledBy.PROVIDER)
        release_bookings(booking_ids=[booking.pk], cancelled_by=CancelledBy.PLATFORM)
        booking.refresh_from_db()
        assert booking.status == status

    def test_an_unknown_booking_does_not_exist(self):
        with pytest.raises(Booking.DoesNotExist):
            cancel_booking(booking_id=0, cancelled_by=CancelledBy.FAMILY)


def test_the_beat_releases_ended_holds_only(service):
    ended = hold_for(make_service(), make_parent(), now=timezone.now() - timedelta(hours=1))
    running = hold_for(service, make_parent(), starts_at=shanghai(SATURDAY, 14))
    booked = make_booking(service=service, starts_at=shanghai(SATURDAY, 16))
    assert expire_holds() == 1
    assert expire_holds() == 0
    statuses = {b.pk: b.status for b in Booking.objects.all()}
    assert statuses == {
        ended.pk: BookingStatus.CANCELLED,
        running.pk: BookingStatus.PENDING,
        booked.pk: BookingStatus.BOOKED,
    }


def test_two_children_of_one_parent_do_not_stand_in_each_others_way():
    parent = make_parent(children=2)
    first, second = parent.children.all()
    hold_for(make_service(), parent, child=first)
    assert hold_for(make_service(), parent, child=second)
