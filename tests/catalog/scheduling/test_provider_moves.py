"""A provider moves a session: to any free time; the family is told, and may cancel without loss until it starts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.errors import (
    BookingEnded,
    MemberBusy,
    NotYourBooking,
    RequestOpen,
    SlotInThePast,
    SlotTaken,
    SomebodyIsPaying,
    TooLateToChange,
)
from catalog.scheduling.rules import can_move, free_change_until, window_of
from catalog.scheduling.services import move_booking, move_by_provider, move_session
from catalog.scheduling.signals import booking_moved
from marketplace.notifications.models import Message
from tests.factories import (
    make_booking,
    make_child,
    make_group_occupancy,
    make_group_service,
    make_parent,
    make_partner_staff,
    make_staff,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5, weeks=1)
TEN = shanghai(SATURDAY, 10)
EVENING = shanghai(SATURDAY, 21)  # outside the weekly hours


@pytest.fixture
def booking():
    return make_booking(starts_at=TEN)


@pytest.fixture
def staff(booking):
    return make_partner_staff(booking.occupancy.provider.partner)


def test_to_any_time_of_the_provider_and_the_family_is_free_until_it_starts(booking, staff):
    heard = []

    def listen(booking, **_):
        heard.append(booking.occupancy.starts_at)

    booking_moved.connect(listen)
    moved = move_by_provider(booking_id=booking.pk, starts_at=EVENING, moved_by=staff)
    booking_moved.disconnect(listen)
    booking.refresh_from_db()
    assert moved.occupancy.starts_at == booking.starts_at == EVENING and heard == [EVENING]
    assert booking.moved_by_provider_at is not None and booking.moved_count == 1
    assert free_change_until(booking) == EVENING
    assert window_of(booking, cancelled_by="family", now=EVENING - timedelta(minutes=1)).is_free
    body = Message.objects.get(recipient=booking.booked_by, channel="in_app").body
    assert "21:00" in body and "全额退回" in body


def test_what_the_family_then_chooses_is_its_own_choice_again(booking, staff):
    move_by_provider(booking_id=booking.pk, starts_at=EVENING, moved_by=staff)
    late = EVENING - timedelta(hours=3)
    booking.refresh_from_db()
    assert can_move(booking, now=late)
    move_booking(booking_id=booking.pk, starts_at=TEN + timedelta(days=7), moved_by=booking.booked_by, now=late)
    booking.refresh_from_db()
    assert booking.moved_by_provider_at is None
    assert not window_of(booking, cancelled_by="family", now=TEN + timedelta(days=7, hours=-1)).is_free


def test_never_onto_somebody_elses_time(booking, staff):
    make_booking(service=booking.service, starts_at=shanghai(SATURDAY, 14))
    with pytest.raises(SlotTaken):
        move_by_provider(booking_id=booking.pk, starts_at=shanghai(SATURDAY, 14, 30), moved_by=staff)
    booking.occupancy.refresh_from_db()
    assert booking.occupancy.is_live and booking.occupancy.starts_at == TEN


def test_never_where_the_child_is_elsewhere(booking, staff):
    make_booking(starts_at=shanghai(SATURDAY, 14), child=booking.child, booked_by=booking.booked_by)
    with pytest.raises(MemberBusy):
        move_by_provider(booking_id=booking.pk, starts_at=shanghai(SATURDAY, 14, 30), moved_by=staff)


def test_an_ended_hold_of_the_child_elsewhere_does_not_stand_in_the_way(booking, staff):
    make_booking(
        starts_at=shanghai(SATURDAY, 14),
        child=booking.child,
        booked_by=booking.booked_by,
        status=BookingStatus.PENDING,
        held_until=timezone.now() - timedelta(minutes=1),
    )
    assert move_by_provider(booking_id=booking.pk, starts_at=shanghai(SATURDAY, 14), moved_by=staff)


def test_not_into_the_past_nor_once_it_has_begun(booking, staff):
    with pytest.raises(SlotInThePast):
        move_by_provider(booking_id=booking.pk, starts_at=timezone.now() - timedelta(hours=1), moved_by=staff)
    with pytest.raises(TooLateToChange):
        move_by_provider(booking_id=booking.pk, starts_at=EVENING, moved_by=staff, now=TEN)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (BookingStatus.PENDING, SomebodyIsPaying),
        (BookingStatus.PROPOSED, RequestOpen),
        (BookingStatus.FULFILLED, BookingEnded),
        (BookingStatus.CANCELLED, BookingEnded),
    ],
)
def test_only_what_is_fixed(status, refusal):
    booking = make_booking(starts_at=TEN, status=status)
    with pytest.raises(refusal):
        move_by_provider(booking_id=booking.pk, starts_at=EVENING, moved_by=make_staff())


def test_only_those_who_act_for_the_provider(booking):
    for stranger in (booking.booked_by, make_parent()):
        with pytest.raises(NotYourBooking):
            move_by_provider(booking_id=booking.pk, starts_at=EVENING, moved_by=stranger)


def test_a_group_moves_with_everybody_in_it():
    session = make_group_occupancy(make_group_service(), starts_at=TEN)
    places = [make_booking(occupancy=session) for _ in range(3)]
    staff = make_partner_staff(session.provider.partner)
    moved = move_session(occupancy_id=session.pk, starts_at=EVENING, moved_by=staff)
    assert [place.pk for place in moved] == [place.pk for place in places]
    for place in places:
        place.refresh_from_db()
        assert place.starts_at == EVENING and place.moved_by_provider_at is not None


def test_a_group_with_nobody_in_it_moves_too():
    session = make_group_occupancy(make_group_service(), starts_at=TEN)
    assert move_session(occupancy_id=session.pk, starts_at=EVENING, moved_by=make_staff()) == []
    session.refresh_from_db()
    assert session.starts_at == EVENING and session.is_live


def test_one_busy_member_keeps_the_group_where_it_is():
    session = make_group_occupancy(make_group_service(), starts_at=TEN)
    places = [make_booking(occupancy=session) for _ in range(2)]
    make_booking(starts_at=EVENING, child=places[1].child, booked_by=places[1].booked_by)
    with pytest.raises(MemberBusy):
        move_session(occupancy_id=session.pk, starts_at=EVENING, moved_by=make_staff())
    session.refresh_from_db()
    assert session.starts_at == TEN and session.is_live


def test_what_stands_together_with_it_may_be_given_up_too(booking, staff):
    from uuid import uuid4

    together = uuid4()
    sibling = make_booking(
        starts_at=TEN, child=make_child(booking.booked_by), booked_by=booking.booked_by, together_id=together
    )
    type(booking).objects.filter(pk=booking.pk).update(together_id=together)
    move_by_provider(booking_id=booking.pk, starts_at=EVENING, moved_by=staff)
    sibling.refresh_from_db()
    assert window_of(sibling, cancelled_by="family", now=TEN - timedelta(minutes=1)).is_free
