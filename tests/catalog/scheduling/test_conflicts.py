"""Rules change under bookings: these stay, and what no longer fits is listed with its reason."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from catalog.scheduling import services
from catalog.scheduling.enums import BookingStatus, ConflictReason, Mode
from catalog.scheduling.models import BusyCalendar, BusyTime, Provider
from catalog.scheduling.selectors import conflicts_of
from catalog.scheduling.services.availability import WorkingHours
from tests.factories import (
    make_booking,
    make_group_occupancy,
    make_group_service,
    make_location,
    make_parent,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5, weeks=1)
TEN = shanghai(SATURDAY, 10)
HOUR = timedelta(hours=1)


def reasons(provider, **options):
    return [(conflict.booking, conflict.reason) for conflict in conflicts_of(provider, **options)]


@pytest.fixture
def booking():
    return make_booking(starts_at=TEN, mode=Mode.PHONE)


@pytest.fixture
def provider(booking):
    return booking.occupancy.provider


def test_what_fits_is_not_listed(provider):
    assert reasons(provider) == []


def test_hours_taken_away(booking, provider):
    services.set_weekly_availability(provider=provider, hours=[WorkingHours(5, time(14), time(18))])
    assert reasons(provider) == [(booking, ConflictReason.OUTSIDE_HOURS)]
    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED


def test_a_mode_taken_away(booking, provider):
    services.set_weekly_availability(provider=provider, hours=[WorkingHours(5, time(9), time(18), (Mode.VIDEO,))])
    assert reasons(provider) == [(booking, ConflictReason.OUTSIDE_HOURS)]


def test_a_time_closed_and_opened_again(booking, provider):
    services.add_exception(provider=provider, starts_at=TEN, ends_at=TEN + HOUR)
    assert reasons(provider) == [(booking, ConflictReason.CLOSED_DAY)]
    services.add_exception(provider=provider, starts_at=TEN, ends_at=TEN + HOUR, is_open=True)
    assert reasons(provider) == []


def test_something_in_another_calendar(booking, provider):
    calendar = BusyCalendar.objects.create(provider=provider, label="家里", address="https://a.example/x.ics")
    BusyTime.objects.create(
        calendar=calendar, provider=provider, starts_at=TEN + timedelta(minutes=55), ends_at=TEN + HOUR
    )  # in the rest after the session
    assert reasons(provider) == [(booking, ConflictReason.BUSY_ELSEWHERE)]


def test_a_holiday_that_is_kept_again():
    now, holiday = shanghai(date(2026, 9, 20), 9), date(2026, 10, 1)
    booking = make_booking(starts_at=shanghai(holiday, 10), mode=Mode.PHONE)
    assert reasons(booking.occupancy.provider, now=now) == [(booking, ConflictReason.HOLIDAY)]
    Provider.objects.update(keeps_holidays=False)
    assert reasons(Provider.objects.get(), now=now) == []


def test_a_room_out_of_use_or_never_taken():
    provider = make_provider()
    place = make_location(provider.partner)
    room = services.add_room(location=place, name="一号室")
    service, parent = make_service(provider, location=place, needs_room=True), make_parent()
    wish = {"provider": provider, "child": parent.children.first(), "mode": Mode.IN_PERSON, "booked_by": parent}
    kept = services.hold_slot(service=service, starts_at=TEN, **wish)
    assert reasons(provider) == []
    services.change_room(room=room, name=room.name, capacity=4, is_active=False)
    without = make_booking(service=service, starts_at=TEN + 2 * HOUR)
    assert reasons(provider) == [(kept, ConflictReason.NO_ROOM), (without, ConflictReason.NO_ROOM)]


def test_a_group_outside_the_weekly_hours_is_where_its_provider_put_it():
    provider = make_provider(weekly=())
    session = make_group_occupancy(make_group_service(provider), starts_at=TEN)
    booking = make_booking(occupancy=session)
    assert reasons(provider) == []
    services.add_exception(provider=provider, starts_at=TEN, ends_at=TEN + HOUR)
    assert reasons(provider) == [(booking, ConflictReason.CLOSED_DAY)]


def test_what_is_over_cancelled_or_merely_was_held_is_not_listed(provider):
    Provider.objects.filter(pk=provider.pk).update(keeps_holidays=False)
    service = provider.services.get()
    services.set_weekly_availability(provider=provider, hours=[])
    make_booking(service=service, starts_at=TEN + 2 * HOUR, status=BookingStatus.CANCELLED)
    held = make_booking(service=service, starts_at=TEN + 4 * HOUR, status=BookingStatus.PENDING)
    assert len(conflicts_of(provider)) == 2
    assert len(conflicts_of(provider, now=held.held_until)) == 1
    assert conflicts_of(provider, now=TEN + 5 * HOUR) == []


def test_several_providers_cost_as_many_queries_as_one(django_assert_num_queries):
    providers = [make_provider(weekly=()) for _ in range(3)]
    for provider in providers:
        make_booking(service=make_service(provider), starts_at=TEN)
    now = timezone.now()
    for several in (providers[:1], providers):
        with django_assert_num_queries(4):
            found = conflicts_of(several, now=now)
            assert [str(each.booking.occupancy.provider.partner) for each in found]
    assert len(found) == 3
