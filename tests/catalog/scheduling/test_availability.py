"""Free times as shown: agreement with what can be held, bulk reads in few queries, groups, hours and exceptions."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from catalog.catalogue.enums import SaleState
from catalog.scheduling import services
from catalog.scheduling.enums import BookingStatus, Mode, OccupancyKind
from catalog.scheduling.errors import HoursInvalid, HoursOverlap, SlotInThePast, SlotNotOffered, SlotTaken
from catalog.scheduling.models import Occupancy
from catalog.scheduling.selectors import nearest_open_slots, next_open_slots, open_group_sessions, open_slots
from catalog.scheduling.services.availability import WorkingHours
from catalog.scheduling.timetable import SHANGHAI
from tests.factories import (
    make_booking,
    make_group_occupancy,
    make_group_service,
    make_occupancy,
    make_parent,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5)
TEN = shanghai(SATURDAY, 10)
MORNING = ((5, time(9), time(12)),)


def clocks(slots):
    return [f"{slot.starts_at:%H:%M}" for slot in slots]


def of_saturday(service, **options):
    return open_slots(service=service, from_on=SATURDAY, to_on=SATURDAY, **options)


def test_a_morning_in_half_hours():
    service = make_service(make_provider(weekly=MORNING))
    slots = of_saturday(service)
    assert clocks(slots) == ["09:00", "09:30", "10:00", "10:30", "11:00"]
    assert slots[0].ends_at == shanghai(SATURDAY, 9, 50)
    assert slots[0].modes == tuple(Mode)
    assert slots[0].starts_at.utcoffset() == timedelta(hours=8)


def test_taken_time_and_the_rest_on_both_sides_are_not_offered():
    service = make_service(make_provider(weekly=MORNING))
    make_occupancy(service, starts_at=TEN)
    assert clocks(of_saturday(service)) == ["09:00", "11:00"]


def test_what_blocks_a_provider_blocks_every_service_of_theirs():
    provider = make_provider(weekly=MORNING)
    make_occupancy(make_service(provider), starts_at=TEN, kind=OccupancyKind.BLOCKED)
    assert clocks(of_saturday(make_service(provider))) == ["09:00", "11:00"]


def test_an_ended_hold_does_not_hide_its_time():
    service = make_service(make_provider(weekly=MORNING))
    booking = make_booking(service=service, starts_at=TEN, status=BookingStatus.PENDING)
    assert "10:00" not in clocks(of_saturday(service))
    assert "10:00" in clocks(of_saturday(service, now=booking.held_until))


def test_all_free_providers_stand_at_one_start():
    first, second = make_provider(weekly=MORNING), make_provider(weekly=MORNING)
    service = make_service(first, second)
    make_occupancy(service, starts_at=TEN, provider=first)
    by_clock = {f"{slot.starts_at:%H:%M}": slot.provider_ids for slot in of_saturday(service)}
    assert by_clock["09:00"] == (first.pk, second.pk)
    assert by_clock["10:00"] == (second.pk,)
    assert clocks(of_saturday(service, provider=first)) == ["09:00", "11:00"]


def test_a_services_modes_are_offered_and_no_others():
    service = make_service(make_provider(weekly=MORNING), modes=[Mode.VIDEO, Mode.PHONE])
    assert {slot.modes for slot in of_saturday(service)} == {(Mode.PHONE, Mode.VIDEO)}
    assert of_saturday(make_service(make_provider(weekly=MORNING), modes=[])) == []


def test_notice_and_horizon_bound_what_is_offered():
    service = make_service(make_provider(weekly=MORNING), minimum_notice_minutes=60, horizon_days=7)
    assert clocks(of_saturday(service, now=shanghai(SATURDAY, 9))) == ["10:00", "10:30", "11:00"]
    assert clocks(of_saturday(service, now=shanghai(SATURDAY - timedelta(days=7), 23, 59)))[0] == "09:00"
    assert of_saturday(service, now=shanghai(SATURDAY - timedelta(days=8), 23, 59)) == []


@pytest.mark.parametrize(("field", "value"), [("sale_state", SaleState.PAUSED), ("is_public", False)])
def test_nothing_is_offered_of_what_is_not_on_sale(field, value):
    service = make_service(make_provider(weekly=MORNING), product={field: value})
    assert of_saturday(service) == []
    assert next_open_slots(services=[service], count=3) == {service.pk: []}


def test_everything_shown_can_be_held_and_nothing_else():
    service = make_service(make_provider(weekly=MORNING))
    make_occupancy(service, starts_at=TEN)
    shown = {slot.starts_at for slot in of_saturday(service)}
    for minute in range(8 * 60, 13 * 60, 10):
        starts_at = shanghai(SATURDAY, 0) + timedelta(minutes=minute)
        parent = make_parent()
        wish = {"service": service, "provider": None, "starts_at": starts_at, "mode": Mode.PHONE, "booked_by": parent}
        if starts_at in shown:
            booking = services.hold_slot(**wish, child=parent.children.first())
            services.release_bookings(booking_ids=[booking.pk], cancelled_by="family")
        else:
            with pytest.raises((SlotNotOffered, SlotTaken)):
                services.hold_slot(**wish, child=parent.children.first())


def test_next_slots_are_the_first_of_all_slots():
    made = [make_service(make_provider(weekly=MORNING), make_provider()) for _ in range(3)]
    make_occupancy(made[0], starts_at=TEN)
    today = timezone.localdate()
    bulk = next_open_slots(services=made, count=7)
    for service in made:
        assert bulk[service.pk] == open_slots(service=service, from_on=today, to_on=today + timedelta(days=28))[:7]


def test_next_slots_take_as_many_queries_for_many_services_as_for_one(django_assert_num_queries):
    made = [make_service(make_provider(), make_provider()) for _ in range(4)]
    group = make_group_service()
    make_group_occupancy(group, starts_at=TEN)
    with django_assert_num_queries(5):
        assert all(next_open_slots(services=[made[0], group], count=3).values())
    with django_assert_num_queries(5):
        assert all(next_open_slots(services=[*made, group], count=3).values())
    with django_assert_num_queries(0):
        assert next_open_slots(services=[], count=3) == {}


def test_whoever_has_nothing_free_soon_is_looked_at_again_further_ahead(django_assert_max_num_queries):
    """The first look goes a few days ahead: it must find the same as a look at everything."""
    today = timezone.localdate()
    far = (today + timedelta(days=5)).weekday()
    made = [make_service(make_provider(weekly=[(far, time(10), time(14))]), make_provider(weekly=())) for _ in range(3)]
    made += [make_service(), make_service(make_provider(weekly=()))]
    with django_assert_max_num_queries(7):
        found = next_open_slots(services=made, count=3)
    for service in made:
        assert found[service.pk] == open_slots(service=service, from_on=today, to_on=today + timedelta(days=28))[:3]
    assert [len(found[service.pk]) for service in made] == [3, 3, 3, 3, 0]


def test_groups_list_their_sessions_with_seats_left():
    service = make_group_service()
    session = make_group_occupancy(service, starts_at=TEN, seats=2)
    full = make_group_occupancy(service, starts_at=shanghai(SATURDAY, 14), seats=1)
    make_booking(occupancy=session)
    make_booking(occupancy=full)
    [slot] = of_saturday(service)
    assert (slot.occupancy_id, slot.seats_left, slot.starts_at) == (session.pk, 1, TEN)
    assert next_open_slots(services=[service], count=3)[service.pk] == open_group_sessions(service=service) == [slot]


def test_a_seat_of_an_ended_hold_counts_as_free():
    service = make_group_service()
    session = make_group_occupancy(service, starts_at=TEN, seats=1)
    held = make_booking(occupancy=session, status=BookingStatus.PENDING)
    assert of_saturday(service) == []
    [slot] = of_saturday(service, now=held.held_until)
    assert slot.seats_left == 1


def test_nearest_are_nearest_and_in_order():
    service = make_service(make_provider(weekly=MORNING))
    assert clocks(nearest_open_slots(service=service, around=TEN, count=2)) == ["09:30", "10:30"]


class TestEditing:
    def test_weekly_hours_are_replaced(self):
        provider = make_provider()
        hours = [WorkingHours(5, time(9), time(10)), WorkingHours(5, time(10), time(12), (Mode.PHONE,))]
        services.set_weekly_availability(provider=provider, hours=hours)
        slots = of_saturday(make_service(provider))
        assert clocks(slots) == ["09:00", "09:30", "10:00", "10:30", "11:00"]
        assert [slot.modes for slot in slots][:2] == [tuple(Mode), (Mode.PHONE,)]

    @pytest.mark.parametrize(
        ("second", "refusal"),
        [
            (WorkingHours(5, time(9, 30), time(12)), HoursOverlap),
            (WorkingHours(5, time(12), time(12)), HoursInvalid),
            (WorkingHours(5, time(13), time(12)), HoursInvalid),
        ],
    )
    def test_muddled_hours_are_refused_and_nothing_changes(self, second, refusal):
        provider = make_provider()
        with pytest.raises(refusal):
            services.set_weekly_availability(provider=provider, hours=[WorkingHours(5, time(9), time(10)), second])
        assert provider.weekly_availability.count() == 7

    def test_exceptions_close_open_and_can_be_taken_back(self):
        provider = make_provider(weekly=MORNING)
        service = make_service(provider)
        closed = services.add_exception(provider=provider, starts_at=TEN, ends_at=shanghai(SATURDAY, 12))
        services.add_exception(
            provider=provider, starts_at=shanghai(SATURDAY, 19), ends_at=shanghai(SATURDAY, 20), is_open=True
        )
        assert clocks(of_saturday(service)) == ["09:00", "19:00"]
        services.remove_exception(provider=make_provider(), exception_id=closed.pk)
        assert clocks(of_saturday(service)) == ["09:00", "19:00"]
        services.remove_exception(provider=provider, exception_id=closed.pk)
        assert "11:00" in clocks(of_saturday(service))
        with pytest.raises(HoursInvalid):
            services.add_exception(provider=provider, starts_at=TEN, ends_at=TEN)

    def test_a_group_session_takes_the_providers_time(self):
        provider = make_provider(weekly=MORNING)
        group, single = make_group_service(provider), make_service(provider)
        session = services.schedule_group_session(service=group, provider=provider, starts_at=TEN, seats=6)
        assert Occupancy.objects.get(pk=session.pk).kind == OccupancyKind.GROUP
        assert clocks(of_saturday(single)) == ["09:00", "11:00"]
        with pytest.raises(SlotTaken):
            services.schedule_group_session(service=group, provider=provider, starts_at=TEN, seats=6)
        with pytest.raises(SlotInThePast):
            services.schedule_group_session(service=group, provider=provider, starts_at=timezone.now(), seats=6)
        with pytest.raises(SlotNotOffered):
            services.schedule_group_session(service=group, provider=make_provider(), starts_at=TEN, seats=6)


def test_a_day_is_shanghais_wherever_the_reader_is():
    service = make_service(make_provider(weekly=((6, time(0), time(2)),)))
    sunday = SATURDAY + timedelta(days=1)
    with timezone.override("America/New_York"):
        slots = open_slots(service=service, from_on=sunday, to_on=sunday)
    assert slots[0].starts_at == datetime.combine(sunday, time(0), SHANGHAI)
