"""Places taken together: all of them or none, and one hold of the person."""

from datetime import timedelta

import pytest

from catalog.scheduling.enums import Attendee, BookingStatus, Mode
from catalog.scheduling.errors import (
    ChildAlreadyBooked,
    GuardianNotAdmitted,
    NotYourChild,
    SeatsGone,
    SlotNotOffered,
    SlotTaken,
    TogetherWrong,
    TooManyHolds,
)
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.rules import MAX_HOLDS
from catalog.scheduling.services import TogetherWish, hold_slot, hold_together, move_booking
from tests.factories import (
    make_booking,
    make_child,
    make_group_occupancy,
    make_group_service,
    make_parent,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5, weeks=1)
TEN = shanghai(SATURDAY, 10)


@pytest.fixture
def parent():
    return make_parent(children=2)


@pytest.fixture
def children(parent):
    return list(parent.children.order_by("pk"))


@pytest.fixture
def group():
    return make_group_occupancy(make_group_service(admits_guardian=True), starts_at=TEN, seats=3)


def seat(group, child, attendee=Attendee.CHILD):
    return TogetherWish(group.service, child, Mode.VIDEO, occupancy=group, attendee=attendee)


def at(service, child, provider=None, starts_at=TEN):
    return TogetherWish(service, child, Mode.VIDEO, starts_at=starts_at, provider=provider)


def seats_taken(group):
    group.refresh_from_db()
    return group.seats_taken


def test_siblings_sit_in_one_group(group, parent, children):
    places = hold_together(wishes=[seat(group, child) for child in children], booked_by=parent)
    assert {place.child for place in places} == set(children) and seats_taken(group) == 2
    assert len({place.together_id for place in places}) == 1 and places[0].together_id is not None


def test_with_one_seat_left_neither_sits(group, parent, children):
    for _ in range(2):
        make_booking(occupancy=group)
    with pytest.raises(SeatsGone):
        hold_together(wishes=[seat(group, child) for child in children], booked_by=parent)
    assert seats_taken(group) == 2 and not Booking.objects.filter(booked_by=parent).exists()


def test_a_guardian_comes_along_on_a_seat_of_their_own(group, parent, children):
    wishes = [seat(group, children[0]), seat(group, children[0], Attendee.GUARDIAN)]
    places = hold_together(wishes=wishes, booked_by=parent)
    assert [place.attendee for place in places] == [Attendee.CHILD, Attendee.GUARDIAN] and seats_taken(group) == 2


def test_no_guardian_alone_nor_where_none_is_admitted(group, parent, children):
    with pytest.raises(GuardianNotAdmitted):
        hold_together(wishes=[seat(group, children[0]), seat(group, children[1], Attendee.GUARDIAN)], booked_by=parent)
    group.service.admits_guardian = False
    group.service.save()
    with pytest.raises(GuardianNotAdmitted):
        hold_together(wishes=[seat(group, children[0]), seat(group, children[0], Attendee.GUARDIAN)], booked_by=parent)


def test_side_by_side_with_two_providers(parent, children):
    providers = [make_provider(), make_provider()]
    service = make_service(*providers)
    places = hold_together(wishes=[at(service, child) for child in children], booked_by=parent)
    assert {place.occupancy.provider for place in places} == set(providers)
    assert Occupancy.objects.filter(is_live=True, starts_at=TEN).count() == 2


def test_with_one_provider_free_neither_is_held(parent, children):
    free, taken = make_provider(), make_provider()
    service = make_service(free, taken)
    make_booking(occupancy=None, service=make_service(taken), starts_at=TEN)
    with pytest.raises(SlotTaken):
        hold_together(wishes=[at(service, child) for child in children], booked_by=parent)
    with pytest.raises(SlotTaken):
        hold_together(wishes=[at(service, children[0], free), at(service, children[1], taken)], booked_by=parent)
    assert not Booking.objects.filter(booked_by=parent).exists()
    assert not Occupancy.objects.filter(provider=free, is_live=True).exists()


def test_one_named_and_one_open(parent, children):
    one, other = make_provider(), make_provider()
    service = make_service(one, other)
    places = hold_together(wishes=[at(service, children[0]), at(service, children[1], one)], booked_by=parent)
    assert [place.occupancy.provider for place in places] == [other, one]


def test_one_child_is_not_in_two_places(parent, children, group):
    service = make_service()
    with pytest.raises(TogetherWrong):
        hold_together(wishes=[at(service, children[0]), at(service, children[0], starts_at=TEN)], booked_by=parent)
    make_booking(starts_at=TEN, child=children[1], booked_by=parent)
    with pytest.raises(ChildAlreadyBooked):
        hold_together(wishes=[seat(group, child) for child in children], booked_by=parent)
    assert seats_taken(group) == 0


@pytest.mark.parametrize("count", [0, 1])
def test_one_place_is_not_together(group, parent, children, count):
    with pytest.raises(TogetherWrong):
        hold_together(wishes=[seat(group, child) for child in children[:count]], booked_by=parent)


def test_somebody_elses_child_is_not_taken_along(group, parent, children):
    with pytest.raises(NotYourChild):
        hold_together(wishes=[seat(group, children[0]), seat(group, make_child(make_parent()))], booked_by=parent)
    assert seats_taken(group) == 0


def test_it_counts_as_one_hold(parent, children, group):
    service = make_service()
    for number in range(MAX_HOLDS - 1):
        hold_slot(
            service=service,
            provider=None,
            starts_at=TEN + timedelta(days=1, hours=number),
            child=children[0],
            mode=Mode.VIDEO,
            booked_by=parent,
        )
    hold_together(wishes=[seat(group, child) for child in children], booked_by=parent)
    with pytest.raises(TooManyHolds):
        hold_slot(
            service=service,
            provider=None,
            starts_at=TEN + timedelta(days=2),
            child=children[0],
            mode=Mode.VIDEO,
            booked_by=parent,
        )


def booked(places):
    Booking.objects.filter(pk__in=[place.pk for place in places]).update(status=BookingStatus.BOOKED)
    return places


def test_moved_together_each_with_their_own_provider(parent, children):
    service = make_service(make_provider(), make_provider())
    places = booked(hold_together(wishes=[at(service, child) for child in children], booked_by=parent))
    move_booking(booking_id=places[0].pk, starts_at=shanghai(SATURDAY, 10, 30), moved_by=parent)
    for place in places:
        place.refresh_from_db()
        place.occupancy.refresh_from_db()
        assert place.starts_at == shanghai(SATURDAY, 10, 30) and place.occupancy.is_live and place.moved_count == 1


def test_when_one_cannot_move_neither_does(parent, children):
    one, other = make_provider(), make_provider()
    service = make_service(one, other)
    places = booked(
        hold_together(wishes=[at(service, children[0], one), at(service, children[1], other)], booked_by=parent)
    )
    make_booking(service=make_service(other), starts_at=shanghai(SATURDAY, 14))
    with pytest.raises(SlotTaken):
        move_booking(booking_id=places[0].pk, starts_at=shanghai(SATURDAY, 14), moved_by=parent)
    for place in places:
        place.refresh_from_db()
        place.occupancy.refresh_from_db()
        assert place.starts_at == TEN and place.occupancy.is_live


def test_one_after_another_with_one_provider_move_into_each_others_time(parent, children):
    provider = make_provider()
    service = make_service(provider)
    later = TEN + timedelta(hours=1)
    places = booked(
        hold_together(wishes=[at(service, children[0]), at(service, children[1], starts_at=later)], booked_by=parent)
    )
    move_booking(booking_id=places[0].pk, starts_at=later, moved_by=parent)
    assert [place.starts_at for place in Booking.objects.order_by("pk")] == [later, later + timedelta(hours=1)]


def test_two_seats_move_to_another_session_only_when_both_fit(group, parent, children):
    places = booked(hold_together(wishes=[seat(group, child) for child in children], booked_by=parent))
    small = make_group_occupancy(group.service, starts_at=TEN + timedelta(days=1), seats=1, provider=group.provider)
    with pytest.raises(SlotTaken):
        move_booking(booking_id=places[0].pk, starts_at=small.starts_at, moved_by=parent)
    assert seats_taken(group) == 2 and seats_taken(small) == 0
    with pytest.raises(SlotNotOffered):
        move_booking(booking_id=places[0].pk, starts_at=TEN + timedelta(days=3), moved_by=parent)
    wide = make_group_occupancy(group.service, starts_at=TEN + timedelta(days=2), seats=2, provider=group.provider)
    move_booking(booking_id=places[0].pk, starts_at=wide.starts_at, moved_by=parent)
    assert seats_taken(group) == 0 and seats_taken(wide) == 2
