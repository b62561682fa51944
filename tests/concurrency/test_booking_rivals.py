"""Booking against whatever else moves a calendar, each with its guard and without it: without, the race is real."""

import threading
from contextlib import suppress

import pytest

from catalog.scheduling.enums import Attendee, BookingStatus, Mode
from catalog.scheduling.errors import SeatsGone, SlotTaken
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.selectors import conflicts_of
from catalog.scheduling.services import (
    TogetherWish,
    confirm_bookings,
    confirming,
    hold_slot,
    hold_together,
    holding,
    keeping,
    move_booking,
    moving,
    set_weekly_availability,
    together,
)
from catalog.scheduling.services.availability import WorkingHours
from tests.factories import (
    make_booking,
    make_group_occupancy,
    make_group_service,
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
EITHER_WAY = pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "no guard: the race is real"])


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


def succeeded(outcomes, *refusals):
    """The values of those who succeeded; everybody else must have met one of these refusals."""
    for outcome in outcomes:
        assert outcome.error is None or isinstance(outcome.error, refusals), repr(outcome.error)
    return [outcome.value for outcome in outcomes if outcome.error is None]


@EITHER_WAY
def test_money_for_an_ended_hold_against_the_next_family(run_concurrently, monkeypatch, guarded):
    """Whoever pays has seen the hold stand; before that is written, somebody who books has freed it."""
    service, late, newcomer = make_service(), make_parent(), make_parent()
    booking = hold(service, late)
    over = booking.held_until
    if not guarded:
        monkeypatch.setattr(confirming, "lock_bookings", _statuses_of)
    seen, taken = threading.Event(), threading.Event()
    write = confirming._book

    def write_late(*told):
        seen.set()
        taken.wait(1 if guarded else 60)  # guarded, the newcomer waits for us
        write(*told)

    monkeypatch.setattr(confirming, "_book", write_late)

    def act(number):
        if number == 0:
            return confirm_bookings(booking_ids=[booking.pk], now=over)
        seen.wait(60)
        try:
            return hold(service, newcomer, now=over)
        finally:
            taken.set()

    assert len(succeeded(run_concurrently(act, 2), SlotTaken)) == (1 if guarded else 2)
    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED
    assert oversold() == (0 if guarded else 1)


def _statuses_of(booking_ids):
    return list(Booking.objects.filter(pk__in=booking_ids).values_list("pk", "status"))


@pytest.mark.parametrize(
    ("lock", "constraint", "sold"),
    [(True, True, 1), (True, False, 1), (False, True, 1), (False, False, 2)],
    ids=["both guards", "lock alone", "constraint alone", "no guard: the race is real"],
)
def test_one_books_the_time_to_which_another_moves(
    run_concurrently, monkeypatch, without_lock, without_constraint, lock, constraint, sold
):
    service, newcomer, three = make_service(), make_parent(), shanghai(SATURDAY, 15)
    booking = make_booking(service=service, starts_at=TEN, mode=Mode.PHONE)
    if not lock:
        without_lock()
        monkeypatch.setattr(moving, "lock_for_holding", keeping.lock_for_holding)
        monkeypatch.setattr(moving, "locked_bookings", _bookings)
    if not constraint:
        without_constraint()
    barrier = threading.Barrier(2)
    for module, look in ((keeping, "_refuse_when_not_free"), (moving, "_slot_on_offer")):
        monkeypatch.setattr(module, look, _meeting(getattr(module, look), barrier))

    def act(number):
        if number == 0:
            return move_booking(booking_id=booking.pk, starts_at=three, moved_by=booking.booked_by)
        return hold(service, newcomer, starts_at=three)

    assert len(succeeded(run_concurrently(act, 2), SlotTaken)) == sold
    assert oversold() == sold - 1


def _bookings(booking_ids):
    return list(Booking.objects.filter(pk__in=booking_ids).select_related("occupancy").order_by("pk"))


def _meeting(look, barrier):
    """Let rivals look before any of them writes; where a guard parts them, nobody waits long."""

    def look_and_meet(*told):
        seen = look(*told)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(1)
        return seen

    return look_and_meet


@EITHER_WAY
def test_whoever_changes_their_hours_is_told_of_every_session_outside_them(
    run_concurrently, monkeypatch, without_lock, guarded
):
    """Somebody has seen the old hours and books by them; the provider looks at the conflicts after the change."""
    service, parent = make_service(), make_parent()
    provider = service.providers.get()
    if not guarded:
        without_lock()
    seen, changed = threading.Event(), threading.Event()
    look = keeping._refuse_when_not_free

    def look_and_linger(*told):
        look(*told)
        seen.set()
        changed.wait(1 if guarded else 60)  # guarded, the change waits for us

    monkeypatch.setattr(keeping, "_refuse_when_not_free", look_and_linger)
    evenings = [WorkingHours(weekday, TEN.replace(hour=18).time(), TEN.replace(hour=21).time()) for weekday in range(7)]

    def act(number):
        if number == 0:
            return hold(service, parent)
        seen.wait(60)
        set_weekly_availability(provider=provider, hours=evenings)
        told = conflicts_of(provider)
        changed.set()
        return {conflict.booking for conflict in told}

    booking, told = succeeded(run_concurrently(act, 2))
    assert told == ({booking} if guarded else set())
    assert {conflict.booking for conflict in conflicts_of(provider)} == {booking}


@EITHER_WAY
def test_two_families_want_the_last_two_seats_for_two_each(run_concurrently, monkeypatch, guarded):
    """A child and the guardian who comes along: taken seat by seat, each family ends with half of what it came for."""
    session = make_group_occupancy(make_group_service(admits_guardian=True), starts_at=TEN, seats=2)
    parents = [make_parent(), make_parent()]

    if not guarded:
        monkeypatch.setattr(together, "_hold", _one_by_one())
        monkeypatch.setattr(together, "TRIES", 1)

    def act(number):
        child = parents[number].children.get()
        seats = [
            TogetherWish(session.service, child, Mode.VIDEO, occupancy=session, attendee=attendee)
            for attendee in (Attendee.CHILD, Attendee.GUARDIAN)
        ]
        return hold_together(wishes=seats, booked_by=parents[number])

    assert len(succeeded(run_concurrently(act, 2), SeatsGone)) == (1 if guarded else 0)
    held = Booking.objects.filter(status=BookingStatus.PENDING)
    halves = [parent for parent in parents if held.filter(booked_by=parent).count() == 1]
    assert len(halves) == (0 if guarded else 2)
    session.refresh_from_db()
    assert session.seats_taken == held.count() == 2 and oversold() == 0


@EITHER_WAY
def test_two_families_want_the_same_two_counsellors_side_by_side(run_concurrently, monkeypatch, guarded):
    """Two children each, at one time, with two counsellors: one family has both, or each has one and neither comes."""
    one, other = make_provider(), make_provider()
    service, parents = make_service(one, other), [make_parent(children=2), make_parent(children=2)]

    if not guarded:
        monkeypatch.setattr(together, "_hold", _one_by_one())

    def act(number):
        providers = [one, other] if number else [other, one]
        children = parents[number].children.order_by("pk")
        wishes = [
            TogetherWish(service, child, Mode.VIDEO, starts_at=TEN, provider=provider)
            for child, provider in zip(children, providers, strict=True)
        ]
        return hold_together(wishes=wishes, booked_by=parents[number])

    assert len(succeeded(run_concurrently(act, 2), SlotTaken)) == (1 if guarded else 0)
    held = Booking.objects.filter(status=BookingStatus.PENDING)
    assert sorted(held.filter(booked_by=parent).count() for parent in parents) == ([0, 2] if guarded else [1, 1])
    assert Occupancy.objects.filter(is_live=True).count() == 2 and oversold() == 0


def _one_by_one():
    """Hold each place by itself, and let both families have their first one before either asks for its second."""
    barrier = threading.Barrier(2)

    def hold_one_by_one(wishes):
        held = []
        for wish in wishes:
            held.append(holding._hold(wish))
            with suppress(threading.BrokenBarrierError):
                barrier.wait(60)
        return held

    return hold_one_by_one
