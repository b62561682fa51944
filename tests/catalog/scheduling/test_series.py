"""Series: every date looked at first, then all of them kept or none."""

from datetime import timedelta

import pytest

from catalog.scheduling.enums import BookingStatus, Mode
from catalog.scheduling.errors import (
    ChildAlreadyBooked,
    ModeNotOffered,
    RoomTaken,
    SeriesWrong,
    SlotInThePast,
    SlotNotOffered,
    SlotTaken,
    TooManyHolds,
)
from catalog.scheduling.models import Booking, BookingSeries, Occupancy, Room
from catalog.scheduling.rules import MAX_HOLDS
from catalog.scheduling.selectors.bookings import bookings_of_series
from catalog.scheduling.services import add_exception, hold_series, hold_slot, plan_series
from tests.factories import (
    make_booking,
    make_location,
    make_parent,
    make_partner,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
TEN = shanghai(next_weekday(5, weeks=1), 10)
WEEK = timedelta(weeks=1)


@pytest.fixture
def parent():
    return make_parent()


@pytest.fixture
def service():
    return make_service(make_provider(keeps_holidays=False), series_limit=8)


def plan(service, **changes):
    fields = {"starts_at": TEN, "every_weeks": 1, "count": 4, "mode": Mode.VIDEO}
    return plan_series(service=service, provider=service.providers.get(), **fields | changes)


def hold(service, parent, starts, **changes):
    fields = {"every_weeks": 1, "child": parent.children.get(), "mode": Mode.VIDEO, "booked_by": parent}
    return hold_series(service=service, provider=service.providers.get(), starts=starts, **fields | changes)


def dates(count, every=1):
    return [TEN + WEEK * every * number for number in range(count)]


@pytest.mark.parametrize("every", [1, 2, 4])
def test_dates_in_their_rhythm_beyond_the_days_on_sale_singly(service, every):
    planned = plan(service, every_weeks=every, count=8)
    assert [date.wanted_at for date in planned] == dates(8, every)
    assert all(date.is_free and date.starts_at == date.wanted_at for date in planned)


def test_a_date_that_is_taken_comes_with_the_nearest_others(service):
    make_booking(service=service, starts_at=TEN + WEEK)
    planned = plan(service)
    assert [date.is_free for date in planned] == [True, False, True, True]
    assert planned[1].alternatives[0] == planned[1].starts_at
    assert {abs(other - (TEN + WEEK)) for other in planned[1].alternatives[:2]} == {timedelta(hours=1)}
    assert all(other != TEN + WEEK for other in planned[1].alternatives)


def test_a_day_off_leads_to_the_days_beside_it_and_a_week_off_to_nothing(service):
    provider = service.providers.get()
    add_exception(provider=provider, starts_at=TEN - timedelta(hours=10), ends_at=TEN + timedelta(hours=14))
    add_exception(provider=provider, starts_at=TEN + WEEK - timedelta(days=5), ends_at=TEN + WEEK + timedelta(days=5))
    planned = plan(service, starts_at=TEN, count=3)
    assert planned[0].starts_at is not None and abs(planned[0].starts_at - TEN) == timedelta(days=1)
    assert planned[1].starts_at is None and planned[2].is_free


def test_what_the_child_has_otherwise_is_not_free(service, parent):
    make_booking(starts_at=TEN + WEEK, child=parent.children.get(), booked_by=parent)
    planned = plan(service, child=parent.children.get())
    assert [date.is_free for date in planned] == [True, False, True, True]


@pytest.mark.parametrize("changes", [{"count": 1}, {"count": 9}, {"every_weeks": 0}, {"every_weeks": 5}])
def test_no_other_rhythm_and_number(service, changes):
    with pytest.raises(SeriesWrong):
        plan(service, **changes)


def test_nothing_impossible_is_planned(service):
    with pytest.raises(SlotInThePast):
        plan(service, starts_at=TEN - WEEK * 9)
    service.modes = [Mode.PHONE]
    with pytest.raises(ModeNotOffered):
        plan(service)


def test_what_was_planned_can_be_held_in_one_go(service, parent):
    bookings = hold(service, parent, [date.starts_at for date in plan(service, count=8)])
    series = BookingSeries.objects.get()
    assert [booking.starts_at for booking in bookings] == dates(8)
    assert list(bookings_of_series(series)) == bookings
    assert {booking.status for booking in bookings} == {BookingStatus.PENDING}


def test_one_date_gone_and_none_is_held(service, parent):
    make_booking(service=service, starts_at=TEN + WEEK * 3)
    with pytest.raises(SlotTaken):
        hold(service, parent, dates(4))
    assert not Booking.objects.filter(booked_by=parent).exists() and not BookingSeries.objects.exists()
    assert Occupancy.objects.filter(is_live=True).count() == 1


def test_the_child_elsewhere_on_one_date_and_none_is_held(service, parent):
    make_booking(starts_at=TEN + WEEK, child=parent.children.get(), booked_by=parent)
    with pytest.raises(ChildAlreadyBooked):
        hold(service, parent, dates(2))
    assert Booking.objects.filter(booked_by=parent).count() == 1


def test_it_counts_as_one_hold(service, parent):
    other = make_service()

    def hold_one(number):
        return hold_slot(
            service=other,
            provider=None,
            starts_at=TEN + timedelta(days=1, hours=number),
            child=parent.children.get(),
            mode=Mode.VIDEO,
            booked_by=parent,
        )

    for number in range(MAX_HOLDS - 1):
        hold_one(number)
    hold(service, parent, dates(8))
    with pytest.raises(TooManyHolds):
        hold_one(MAX_HOLDS)


@pytest.mark.parametrize(
    ("starts", "refusal"),
    [
        ([TEN, TEN], SeriesWrong),
        ([TEN], SeriesWrong),
        ([TEN, TEN + timedelta(minutes=7, days=7)], SlotNotOffered),
        ([TEN, TEN + timedelta(weeks=30)], SlotNotOffered),
        ([TEN, TEN - WEEK * 9], SlotInThePast),
    ],
)
def test_dates_that_make_no_series(service, parent, starts, refusal):
    with pytest.raises(refusal):
        hold(service, parent, starts)
    assert not Booking.objects.exists()


def test_in_person_a_date_without_a_room_is_not_free(parent):
    partner = make_partner()
    where = make_location(partner)
    room = Room.objects.create(location=where, name="一号室")
    service, other = (
        make_service(
            make_provider(partner=partner, keeps_holidays=False), location=where, needs_room=True, series_limit=4
        )
        for _ in range(2)
    )
    taken = make_booking(service=other, starts_at=TEN + WEEK)
    Occupancy.objects.filter(pk=taken.occupancy_id).update(room=room)
    planned = plan(service, mode=Mode.IN_PERSON)
    assert [date.is_free for date in planned] == [True, False, True, True]
    with pytest.raises(RoomTaken):
        hold(service, parent, dates(4), mode=Mode.IN_PERSON)
    bookings = hold(service, parent, [date.starts_at for date in planned], mode=Mode.IN_PERSON)
    assert {booking.occupancy.room_id for booking in bookings} == {room.pk}
