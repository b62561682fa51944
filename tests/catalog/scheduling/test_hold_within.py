"""Several places in one transaction: all or none; and what only ended holds keep is freed first, wherever it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from catalog.scheduling.enums import Attendee, BookingStatus
from catalog.scheduling.errors import ChildAlreadyBooked, DayFull, NotYourChild, SlotTaken, TooManyHolds
from catalog.scheduling.models import Booking, BookingSeries, Occupancy
from catalog.scheduling.rules import MAX_HOLDS
from catalog.scheduling.services import Wish, hold_seat, hold_slot, hold_within, keeping
from catalog.scheduling.services.places import refusing_overlaps
from tests.factories import (
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
SATURDAY = next_weekday(5)
TEN = shanghai(SATURDAY, 10)
NOON = shanghai(SATURDAY, 12)


@pytest.fixture
def parent():
    return make_parent()


def wish(service, parent, starts_at=TEN, child=None, **fields):
    return Wish(
        service=service,
        starts_at=starts_at,
        child=child or parent.children.first(),
        mode="phone",
        booked_by=parent,
        **{"now": timezone.now(), "provider_id": service.providers.first().pk} | fields,
    )


def keep(*wishes):
    with refusing_overlaps():
        return hold_within(wishes)


def test_several_are_kept_at_once(parent):
    together = uuid4()
    first, second = make_service(), make_service()
    other = make_child(parent)
    held = keep(wish(first, parent, together_id=together), wish(second, parent, child=other, together_id=together))
    assert [each.together_id for each in held] == [together] * 2
    assert {each.status for each in held} == {BookingStatus.PENDING}


@pytest.mark.parametrize("refused", ["taken", "stranger"])
def test_one_that_cannot_be_had_keeps_none(parent, refused):
    first, second = make_service(), make_service()
    stranger = make_parent()
    if refused == "taken":
        keep(wish(second, stranger))
    before = Occupancy.objects.count()
    child = make_child(parent) if refused == "taken" else stranger.children.first()
    with pytest.raises((SlotTaken, NotYourChild)):
        keep(wish(first, parent), wish(second, parent, child=child))
    assert Occupancy.objects.count() == before


def test_two_of_one_provider_do_not_overlap_and_count_for_the_limit(parent):
    service = make_service(make_provider(sessions_per_day=1))
    other = make_child(parent)
    with pytest.raises(SlotTaken):
        keep(wish(service, parent), wish(service, parent, TEN + timedelta(minutes=30), child=other))
    with pytest.raises(DayFull):
        keep(wish(service, parent), wish(service, parent, NOON, child=other))
    assert keep(wish(service, parent), wish(service, parent, TEN + timedelta(days=1)))


def test_a_hold_lasts_as_long_as_it_says_and_never_past_the_start(parent):
    now = timezone.now()
    [long] = keep(wish(make_service(), parent, held_for=timedelta(hours=2), now=now))
    assert long.held_until == now + timedelta(hours=2)
    near = TEN - timedelta(hours=3)
    service = make_service(minimum_notice_minutes=0)
    [short] = keep(wish(service, parent, NOON, held_for=timedelta(days=9), now=near))
    assert short.held_until == NOON


def test_a_series_is_one_hold_of_its_person(parent):
    series = BookingSeries.objects.create(booked_by=parent)
    service = make_service()
    weeks = [wish(service, parent, TEN + timedelta(weeks=n), series=series) for n in range(MAX_HOLDS + 3)]
    assert len(keep(*weeks)) == MAX_HOLDS + 3
    others = [make_service() for _ in range(MAX_HOLDS)]
    for each in others[:-1]:
        keep(wish(each, parent, child=make_child(parent)))
    with pytest.raises(TooManyHolds):
        keep(wish(others[-1], parent, child=make_child(parent)))


class TestGuardians:
    def test_a_guardian_sits_beside_the_child(self, parent):
        session = make_group_occupancy(make_group_service(), starts_at=TEN, seats=2)
        together = uuid4()
        seats = [
            wish(session.service, parent, session=session, attendee=attendee, together_id=together)
            for attendee in Attendee
        ]
        assert [each.attendee for each in keep(*seats)] == ["child", "guardian"]
        session.refresh_from_db()
        assert session.seats_taken == 2

    def test_a_guardian_has_one_seat_as_well(self, parent):
        session = make_group_occupancy(make_group_service(), starts_at=TEN, seats=3)
        seat = {"occupancy": session, "child": parent.children.first(), "mode": "phone", "booked_by": parent}
        hold_seat(**seat, attendee=Attendee.GUARDIAN)
        with pytest.raises(ChildAlreadyBooked):
            hold_seat(**seat, attendee=Attendee.GUARDIAN)
        assert hold_seat(**seat)


class TestHoldsThatEnded:
    def test_a_childs_hold_elsewhere_that_ended_is_freed_first(self, parent):
        elsewhere, here = make_service(), make_service()
        [ended] = keep(wish(elsewhere, parent))
        [fresh] = keep(wish(here, parent, now=ended.held_until))
        ended.refresh_from_db()
        assert (ended.status, ended.occupancy.is_live) == (BookingStatus.CANCELLED, False)
        assert fresh.status == BookingStatus.PENDING

    def test_one_that_still_runs_stands_in_the_way(self, parent):
        [running] = keep(wish(make_service(), parent))
        with pytest.raises(ChildAlreadyBooked) as refusal:
            keep(wish(make_service(), parent, now=running.held_until - timedelta(seconds=1)))
        assert refusal.value.booking_id == running.pk

    def test_a_hold_of_another_time_is_left_alone(self, parent):
        [ended] = keep(wish(make_service(), parent))
        keep(wish(make_service(), parent, NOON, now=ended.held_until))
        ended.refresh_from_db()
        assert ended.status == BookingStatus.PENDING  # the beat tidies it up


def test_what_the_database_refuses_is_said_in_the_same_words(parent, monkeypatch):
    """The look before is taken away: the constraint alone keeps the child from two places."""
    monkeypatch.setattr(keeping, "_refuse_when_child_is_busy", lambda _: None)
    keep(wish(make_service(), parent))
    service = make_service()
    with pytest.raises(ChildAlreadyBooked):
        hold_slot(
            service=service, provider=service.providers.first(), starts_at=TEN, child=parent.children.first(),
            mode="phone", booked_by=parent,
        )  # fmt: skip
    assert Booking.objects.count() == 1


def test_a_refusal_leaves_the_callers_transaction_alive(parent):
    taken = make_service()
    keep(wish(taken, make_parent()))
    with transaction.atomic():
        with pytest.raises(SlotTaken):
            keep(wish(taken, parent))
        assert keep(wish(make_service(), parent))
