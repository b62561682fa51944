"""How many sessions a provider takes, their holidays, and preparation before sessions: shown and held alike."""

from datetime import date, time, timedelta

import pytest

from catalog.scheduling import services
from catalog.scheduling.enums import Mode, OccupancyKind
from catalog.scheduling.errors import DayFull, SlotNotOffered, SlotTaken
from catalog.scheduling.selectors import open_slots
from tests.factories import (
    make_group_occupancy,
    make_group_service,
    make_location,
    make_occupancy,
    make_parent,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5, weeks=1)
FRIDAY, SUNDAY, MONDAY_AFTER = (SATURDAY + timedelta(days=n) for n in (-1, 1, 2))


def limited(day=None, week=None, **fields):
    return make_provider(sessions_per_day=day, sessions_per_week=week, **fields)


def hold(service, starts_at, **fields):
    parent = make_parent()
    wish = {"provider": service.providers.first(), "child": parent.children.first(), "mode": Mode.PHONE}
    return services.hold_slot(service=service, starts_at=starts_at, booked_by=parent, **wish | fields)


def shown(service, day, **options):
    return [slot.starts_at for slot in open_slots(service=service, from_on=day, to_on=day, **options)]


class TestLimits:
    def test_a_full_day_is_neither_shown_nor_held(self):
        service = make_service(limited(day=2))
        hold(service, shanghai(SATURDAY, 9))
        assert shown(service, SATURDAY)
        hold(service, shanghai(SATURDAY, 17))
        assert not shown(service, SATURDAY) and shown(service, SUNDAY)
        with pytest.raises(DayFull) as refusal:
            hold(service, shanghai(SATURDAY, 13))
        assert SATURDAY not in {slot.starts_at.date() for slot in refusal.value.alternatives}
        assert hold(service, shanghai(SUNDAY, 13))

    def test_a_full_week_ends_on_sunday(self):
        service = make_service(limited(week=2))
        hold(service, shanghai(FRIDAY, 9))
        hold(service, shanghai(SUNDAY, 17))
        assert not shown(service, SATURDAY) and shown(service, MONDAY_AFTER)
        with pytest.raises(DayFull):
            hold(service, shanghai(SATURDAY, 13))
        assert hold(service, shanghai(MONDAY_AFTER, 13))

    def test_all_of_a_providers_sessions_count_whatever_the_product(self):
        provider = limited(day=2)
        one, group = make_service(provider), make_group_service(provider)
        make_group_occupancy(group, starts_at=shanghai(SATURDAY, 9))
        hold(make_service(provider), shanghai(SATURDAY, 12))
        with pytest.raises(DayFull):
            hold(one, shanghai(SATURDAY, 15))

    def test_closed_time_and_ended_holds_do_not_count(self):
        provider = limited(day=1)
        service = make_service(provider)
        make_occupancy(service, starts_at=shanghai(SATURDAY, 9), kind=OccupancyKind.BLOCKED)
        ended = hold(service, shanghai(SATURDAY, 12))
        assert not shown(service, SATURDAY)
        assert shown(service, SATURDAY, now=ended.held_until)
        assert hold(service, shanghai(SATURDAY, 15), now=ended.held_until)

    def test_of_several_the_one_with_room_left_is_found(self):
        full, free = limited(day=1), make_provider()
        service = make_service(full, free)
        hold(service, shanghai(SATURDAY, 9), provider=full)
        assert hold(service, shanghai(SATURDAY, 12), provider=None).occupancy.provider == free
        assert all(
            full.pk not in slot.provider_ids for slot in open_slots(service=service, from_on=SATURDAY, to_on=SATURDAY)
        )

    def test_rules_are_set_under_bookings_which_stay(self):
        provider = make_provider()
        service = make_service(provider)
        booking = hold(service, shanghai(SATURDAY, 9))
        services.set_working_rules(
            provider=provider, keeps_holidays=True, shifted_days_as=None, sessions_per_day=1, sessions_per_week=None
        )
        booking.refresh_from_db()
        assert booking.status == "pending" and not shown(service, SATURDAY)


class TestPreparation:
    def test_sessions_keep_preparation_and_rest_apart(self):
        service = make_service(
            make_provider(weekly=((5, time(9), time(13)),)), buffer_before_minutes=20, start_interval_minutes=10
        )
        hold(service, shanghai(SATURDAY, 10, 50))  # busy from 10:30 to 11:50
        clocks = [f"{start:%H:%M}" for start in shown(service, SATURDAY)]
        assert clocks == ["09:00", "09:10", "09:20", "09:30", "12:10"]
        with pytest.raises(SlotTaken):
            hold(service, shanghai(SATURDAY, 9, 40))
        with pytest.raises(SlotTaken):
            hold(service, shanghai(SATURDAY, 12))
        assert hold(service, shanghai(SATURDAY, 9, 30)).occupancy.busy_from == shanghai(SATURDAY, 9, 10)
        assert hold(service, shanghai(SATURDAY, 12, 10))

    def test_durations_and_buffers_differ_per_product_on_one_calendar(self):
        provider = make_provider(weekly=((5, time(9), time(13)),))
        short = make_service(provider, duration_minutes=30, buffer_minutes=0, start_interval_minutes=30)
        long = make_service(provider, duration_minutes=90, buffer_minutes=30, buffer_before_minutes=30)
        hold(short, shanghai(SATURDAY, 10, 30))
        assert shown(long, SATURDAY) == [shanghai(SATURDAY, 11, 30)]
        hold(long, shanghai(SATURDAY, 11, 30))  # busy from 11:00 to 13:30
        assert shown(short, SATURDAY) == [shanghai(SATURDAY, 9), shanghai(SATURDAY, 9, 30), shanghai(SATURDAY, 10)]


class TestHolidays:
    """Far ahead, by a clock of the test's own: the calendar of that year is known."""

    NOW = shanghai(date(2026, 9, 20), 9)

    def test_holidays_are_not_shown_and_not_held(self):
        service = make_service(make_provider(), horizon_days=40)
        holiday, after = date(2026, 10, 1), date(2026, 10, 9)
        assert not shown(service, holiday, now=self.NOW) and shown(service, after, now=self.NOW)
        with pytest.raises(SlotNotOffered):
            hold(service, shanghai(holiday, 10), now=self.NOW)

    def test_whoever_works_on_them_is_shown(self):
        service = make_service(make_provider(keeps_holidays=False), horizon_days=40)
        assert shown(service, date(2026, 10, 1), now=self.NOW)

    def test_a_shifted_saturday_has_the_hours_it_stands_for(self):
        provider = make_provider(weekly=((2, time(9), time(10)), (5, time(14), time(15))), shifted_days_as=2)
        service = make_service(provider, horizon_days=40)
        assert shown(service, date(2026, 10, 10), now=self.NOW) == [shanghai(date(2026, 10, 10), 9)]
        assert shown(service, date(2026, 10, 17), now=self.NOW) == [shanghai(date(2026, 10, 17), 14)]


def test_a_series_reaches_beyond_the_horizon_of_its_first_session():
    service = make_service(horizon_days=7, location=make_location(make_provider().partner))
    far = SATURDAY + timedelta(weeks=6)
    assert not shown(service, far) and shown(service, far, beyond_horizon=True)
