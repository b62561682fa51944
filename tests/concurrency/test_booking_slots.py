"""One time, many families: on real connections, with each guard, and without it."""

from datetime import timedelta

import pytest

from catalog.scheduling import retry
from catalog.scheduling.enums import BookingStatus, Mode
from catalog.scheduling.errors import ChildAlreadyBooked, SlotTaken, TooManyHolds
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.rules import MAX_HOLDS
from catalog.scheduling.services import confirm_bookings, expire_holds, hold_slot, move_booking
from tests.factories import (
    make_booking,
    make_child,
    make_parent,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)
from tests.support.oversold import oversold

pytestmark = pytest.mark.django_db(transaction=True)
SATURDAY = next_weekday(5, weeks=1)
TEN = shanghai(SATURDAY, 10)


def hold(service, parent, **changes):
    wish = {
        "service": service,
        "provider": service.providers.first(),
        "starts_at": TEN,
        "child": parent.children.first(),
        "mode": Mode.PHONE,
        "booked_by": parent,
    }
    return hold_slot(**wish | changes)


def successes(outcomes, *refusals):
    """The values of those who succeeded; everybody else must have met one of these refusals."""
    for outcome in outcomes:
        assert outcome.error is None or isinstance(outcome.error, refusals), repr(outcome.error)
    return [outcome.value for outcome in outcomes if outcome.error is None]


@pytest.mark.parametrize(
    ("lock", "constraint", "sold"),
    [(True, True, 1), (True, False, 1), (False, True, 1), (False, False, 2)],
    ids=["both guards", "lock alone", "constraint alone", "no guard: the race is real"],
)
def test_two_families_who_both_saw_the_slot_free(
    run_concurrently, without_lock, without_constraint, meeting_after_the_look, lock, constraint, sold
):
    service, parents = make_service(), [make_parent(), make_parent()]
    if not lock:
        without_lock()
    if not constraint:
        without_constraint()
    meeting_after_the_look(2)
    outcomes = run_concurrently(lambda number: hold(service, parents[number]), 2)
    assert len(successes(outcomes, SlotTaken)) == sold
    assert oversold() == sold - 1


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "no guard: the race is real"])
def test_twenty_overlapping_starts_at_once(
    run_concurrently, without_lock, without_constraint, meeting_after_the_look, guarded
):
    service = make_service(duration_minutes=120, start_interval_minutes=5)
    parents = [make_parent() for _ in range(20)]
    if not guarded:
        without_lock()
        without_constraint()
        meeting_after_the_look(20)

    def attempt(number):
        return hold(service, parents[number], starts_at=TEN + timedelta(minutes=5 * number))

    held = successes(run_concurrently(attempt, 20), SlotTaken)
    if guarded:
        assert len(held) == 1
        assert oversold() == 0
    else:
        assert len(held) > 1
        assert oversold() >= 1


def test_any_provider_gives_as_many_sessions_as_there_are_providers(run_concurrently):
    service = make_service(*[make_provider() for _ in range(4)])
    parents = [make_parent() for _ in range(14)]
    held = successes(run_concurrently(lambda n: hold(service, parents[n], provider=None), 14), SlotTaken)
    assert len(held) == len({booking.occupancy.provider_id for booking in held}) == 4
    assert oversold() == 0


def test_a_child_is_held_in_one_place_only(run_concurrently):
    services, parent = [make_service() for _ in range(6)], make_parent()
    held = successes(run_concurrently(lambda n: hold(services[n], parent), 6), ChildAlreadyBooked)
    assert len(held) == 1


def test_one_person_never_keeps_more_than_the_limit(run_concurrently):
    parent = make_parent(children=0)
    services = [make_service() for _ in range(2 * MAX_HOLDS)]
    children = [make_child(parent) for _ in services]
    outcomes = run_concurrently(lambda n: hold(services[n], parent, child=children[n]), len(services))
    assert len(successes(outcomes, TooManyHolds)) == MAX_HOLDS


def test_late_money_and_a_new_family_never_both_get_the_time(run_concurrently):
    service, late, newcomer = make_service(), make_parent(), make_parent()
    booking = hold(service, late)
    assert expire_holds(now=booking.held_until) == 1

    def act(number):
        if number == 0:
            return confirm_bookings(booking_ids=[booking.pk])
        return hold(service, newcomer)

    assert len(successes(run_concurrently(act, 2), SlotTaken)) == 1
    assert oversold() == 0


def test_payment_and_expiry_at_the_same_moment_end_booked(run_concurrently):
    booking = hold(make_service(), make_parent())

    def act(number):
        if number == 0:
            return confirm_bookings(booking_ids=[booking.pk])
        return expire_holds(now=booking.held_until)

    successes(run_concurrently(act, 4))
    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED
    assert Occupancy.objects.get(pk=booking.occupancy_id).is_live


def test_two_bookings_never_move_to_one_time(run_concurrently):
    service = make_service()
    bookings = [make_booking(service=service, starts_at=shanghai(SATURDAY, hour)) for hour in (10, 11, 12)]

    def attempt(number):
        booking = bookings[number]
        return move_booking(booking_id=booking.pk, starts_at=shanghai(SATURDAY, 15), moved_by=booking.booked_by)

    assert len(successes(run_concurrently(attempt, 3), SlotTaken)) == 1
    assert oversold() == 0
    assert Booking.objects.filter(status=BookingStatus.BOOKED).count() == 3


def test_a_deadlock_is_tried_again(run_concurrently):
    """Two transactions take two rows in opposite order until one is thrown out, and then both get through."""
    import threading

    from django.db import transaction

    from catalog.scheduling.models import Provider

    providers = [make_provider().pk, make_provider().pk]
    barrier, tries = threading.Barrier(2), []

    def lock_both(number):
        first_time = threading.local()

        @retry.retried
        @transaction.atomic(durable=True)
        def work():
            tries.append(number)
            order = providers if number else providers[::-1]
            Provider.objects.filter(pk=order[0]).update(title="a")
            if not hasattr(first_time, "met"):
                first_time.met = True
                barrier.wait(10)
            Provider.objects.filter(pk=order[1]).update(title="b")

        work()

    successes(run_concurrently(lock_both, 2))
    assert len(tries) > 2  # whoever is thrown out may meet the other once more


def test_the_count_finds_what_is_planted(without_constraint):
    assert oversold() == 0
    booking = make_booking(starts_at=TEN)
    assert oversold() == 0
    without_constraint()
    Booking.objects.filter(pk=make_booking(service=booking.service, starts_at=TEN + timedelta(minutes=55)).pk)
    assert oversold() == 1  # overlaps by five minutes, with the rest after the first
    make_booking(occupancy=booking.occupancy)
    assert oversold() == 2
    Occupancy.objects.filter(pk=booking.occupancy_id).update(is_live=False)
    assert oversold() > 0
