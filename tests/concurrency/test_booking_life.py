"""Two people at once in the life of a booking: whoever is first decides, and money follows what was decided."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.order.selectors import lines_of_bookings
from catalog.order.services import answer_request, cancel_booked_line, decide_groups, lapse_requests
from catalog.order.services import requests as order_requests
from catalog.scheduling.enums import Attendee, BookingStatus, CancelledBy
from catalog.scheduling.errors import (
    BookingEnded,
    ChildAlreadyBooked,
    MemberBusy,
    RequestEnded,
    RoomTaken,
    SeatsGone,
    SlotTaken,
)
from catalog.scheduling.models import Booking, Occupancy, Room
from catalog.scheduling.services import (
    TogetherWish,
    hold_seat,
    hold_series,
    hold_slot,
    hold_together,
    move_by_provider,
    switch_mode,
)
from payments.models import Refund
from tests import factories
from tests.catalog.order.placed import order_of, pay, place, put_session
from tests.support.oversold import oversold

pytestmark = pytest.mark.django_db(transaction=True)
TEN = factories.shanghai(factories.next_weekday(5, weeks=1), 10)
WEEK = timedelta(weeks=1)


def refused(outcomes, *refusals):
    """How many were refused; anything else than these refusals is a fault."""
    for outcome in outcomes:
        assert outcome.error is None or isinstance(outcome.error, refusals), repr(outcome.error)
    return sum(outcome.error is not None for outcome in outcomes)


@pytest.fixture
def line(transactional_db):
    order = order_of(factories.make_parent(), factories.make_service(price_fen=36_000, needs_confirmation=True))
    pay(order)
    return order.lines.select_related("booking__occupancy__provider__partner", "order__user").get()


def answer_against_lapse(line, run_concurrently):
    staff = factories.make_staff()
    answer_by = line.booking.answer_by

    def act(number):
        if number:
            return lapse_requests(now=answer_by)
        return answer_request(booking_id=line.booking_id, accepted=True, answered_by=staff, now=answer_by)

    return run_concurrently(act, 2)


def test_an_answer_against_the_deadline(line, run_concurrently):
    answered, lapsed = answer_against_lapse(line, run_concurrently)
    refused([answered], RequestEnded)
    line.booking.refresh_from_db()
    granted = answered.error is None
    assert lapsed.value == (0 if granted else 1)
    assert line.booking.status == (BookingStatus.BOOKED if granted else BookingStatus.CANCELLED)
    assert Refund.objects.count() == (0 if granted else 1)


def test_without_a_second_look_the_deadline_takes_back_what_was_granted(line, run_concurrently, monkeypatch):
    """The race is real: whoever ends what they once saw unanswered refunds a session that stands."""
    seen = threading.Barrier(2)
    read = order_requests.locked_line

    def read_and_meet(booking_id):
        line = lines_of_bookings([booking_id])[0]
        with suppress(threading.BrokenBarrierError):
            seen.wait(10)
        read(booking_id)
        return line  # as it was before the lock

    monkeypatch.setattr(order_requests, "locked_line", read_and_meet)
    monkeypatch.setattr(order_requests, "grant_request", _grant_blindly)
    answered, lapsed = answer_against_lapse(line, run_concurrently)
    assert answered.error is None and lapsed.value == 1
    assert Refund.objects.count() == 1


def _grant_blindly(*, booking_id, now):
    Booking.objects.filter(pk=booking_id).update(status=BookingStatus.BOOKED, answer_by=None)
    return list(Booking.objects.filter(pk=booking_id))


def test_a_yes_against_the_familys_change_of_mind(line, run_concurrently):
    staff, parent = factories.make_staff(), line.order.user

    def act(number):
        if number:
            return cancel_booked_line(booking_id=line.booking_id, cancelled_by=CancelledBy.FAMILY, initiator=parent)
        return answer_request(booking_id=line.booking_id, accepted=True, answered_by=staff)

    outcomes = run_concurrently(act, 2)
    refused(outcomes, RequestEnded, BookingEnded)
    line.booking.refresh_from_db()
    assert line.booking.status == BookingStatus.CANCELLED and Refund.objects.get().amount_fen == 36_000


@pytest.fixture
def group(transactional_db):
    service = factories.make_group_service(price_fen=9_900, admits_guardian=True)
    return factories.make_group_occupancy(service, starts_at=TEN, seats=3, minimum_seats=3)


def test_the_decision_against_the_last_seat(group, run_concurrently):
    for _ in range(2):
        parent = factories.make_parent()
        put_session(parent, group.service, occupancy=group, mode="video")
        pay(place(parent))
    last = factories.make_parent()
    put_session(last, group.service, occupancy=group, mode="video")
    order = place(last)

    def act(number):
        return decide_groups(now=TEN - timedelta(hours=20)) if number else pay(order)

    _, decided = run_concurrently(act, 2)
    group.refresh_from_db()
    order.refresh_from_db()
    runs = decided.value == 0
    assert group.is_live is runs
    assert Booking.objects.filter(status=BookingStatus.BOOKED).count() == (3 if runs else 0)
    assert (order.paid_at is not None) is runs
    assert sum(Refund.objects.values_list("amount_fen", flat=True)) == (0 if runs else 3 * 9_900)


def test_a_seat_taken_while_it_is_decided_is_paid_back_or_stands(group, run_concurrently):
    parents = [factories.make_parent() for _ in range(3)]

    def act(number):
        if number == 3:
            return decide_groups(now=TEN - timedelta(hours=20))
        child = parents[number].children.get()
        return hold_seat(occupancy=group, child=child, mode="video", booked_by=parents[number])

    outcomes = run_concurrently(act, 4)
    refused(outcomes, SeatsGone)
    group.refresh_from_db()
    assert outcomes[3].value == 1 and not group.is_live
    assert not Booking.objects.exclude(status=BookingStatus.CANCELLED).exists() and oversold() == 0


def pair(group, parent):
    child = parent.children.get()
    seats = [Attendee.CHILD, Attendee.GUARDIAN]
    return [TogetherWish(group.service, child, "video", occupancy=group, attendee=seat) for seat in seats]


def test_a_pair_against_single_seats(group, run_concurrently):
    Occupancy.objects.update(seats=2, minimum_seats=0)
    parents = [factories.make_parent() for _ in range(8)]

    def act(number):
        if number % 2:
            return hold_together(wishes=pair(group, parents[number]), booked_by=parents[number])
        child = parents[number].children.get()
        return hold_seat(occupancy=group, child=child, mode="video", booked_by=parents[number])

    refused(run_concurrently(act, 8), SeatsGone)
    group.refresh_from_db()
    held = Booking.objects.filter(status=BookingStatus.PENDING)
    assert group.seats_taken == held.count() == 2 and oversold() == 0
    together = held.exclude(together_id=None)
    assert together.count() in (0, 2) and together.values("together_id").distinct().count() <= 1


def test_pairs_that_cross_do_not_wait_for_each_other_for_ever(transactional_db, run_concurrently):
    """Two providers, two families, each naming them in the other order: one family has both, the other none."""
    one, other = factories.make_provider(), factories.make_provider()
    service = factories.make_service(one, other)
    parents = [factories.make_parent(children=2) for _ in range(6)]

    def act(number):
        parent, providers = parents[number], [one, other] if number % 2 else [other, one]
        children = parent.children.order_by("pk")
        wishes = [
            TogetherWish(service, child, "video", starts_at=TEN, provider=provider)
            for child, provider in zip(children, providers, strict=True)
        ]
        return hold_together(wishes=wishes, booked_by=parent)

    assert refused(run_concurrently(act, 6), SlotTaken) == 5
    assert Booking.objects.filter(status=BookingStatus.PENDING).values("booked_by").distinct().count() == 1


def test_a_series_against_one_of_its_dates(transactional_db, run_concurrently):
    service = factories.make_service(factories.make_provider(keeps_holidays=False), series_limit=6)
    provider = service.providers.get()
    parents = [factories.make_parent() for _ in range(4)]

    def act(number):
        fields = {"child": parents[number].children.get(), "mode": "video", "booked_by": parents[number]}
        if number % 2:
            return hold_slot(service=service, provider=provider, starts_at=TEN + WEEK, **fields)
        starts = [TEN + WEEK * each for each in range(6)]
        return hold_series(service=service, provider=provider, starts=starts, every_weeks=1, **fields)

    outcomes = run_concurrently(act, 4)
    refused(outcomes, SlotTaken)
    counts = {Booking.objects.filter(booked_by=parent, status=BookingStatus.PENDING).count() for parent in parents}
    assert counts in ({0, 1}, {0, 6})


def test_two_providers_move_one_child_to_the_same_time(transactional_db, run_concurrently):
    parent = factories.make_parent()
    places = [
        factories.make_booking(starts_at=TEN + timedelta(hours=3 * n), child=parent.children.get(), booked_by=parent)
        for n in range(2)
    ]
    staff, evening = factories.make_staff(), TEN + timedelta(hours=11)
    outcomes = run_concurrently(
        lambda n: move_by_provider(booking_id=places[n].pk, starts_at=evening, moved_by=staff), 2
    )
    assert refused(outcomes, MemberBusy, ChildAlreadyBooked) == 1
    assert Booking.objects.filter(starts_at=evening).count() == 1


def test_the_last_room_goes_to_one_who_switches(transactional_db, run_concurrently):
    where = factories.make_location(factories.make_partner())
    Room.objects.create(location=where, name="一号室")
    bookings = [
        factories.make_booking(
            service=factories.make_service(
                factories.make_provider(partner=where.partner), location=where, needs_room=True
            ),
            starts_at=TEN,
            mode="video",
        )
        for _ in range(4)
    ]
    outcomes = run_concurrently(
        lambda n: switch_mode(booking_id=bookings[n].pk, mode="in_person", switched_by=bookings[n].booked_by), 4
    )
    assert refused(outcomes, RoomTaken) == 3
    assert Booking.objects.filter(mode="in_person").count() == 1
    assert Occupancy.objects.filter(is_live=True).count() == 4 and timezone.now() < TEN
