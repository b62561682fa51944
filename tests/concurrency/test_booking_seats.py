"""A group's seats, many families."""

import threading
from contextlib import suppress

import pytest

from catalog.scheduling.enums import BookingStatus, Mode
from catalog.scheduling.errors import ChildAlreadyBooked, SeatsGone
from catalog.scheduling.models import Occupancy
from catalog.scheduling.services import expire_holds, hold_seat, keeping, send_due_reminders
from marketplace.notifications.models import Message
from tests.factories import (
    make_booking,
    make_group_occupancy,
    make_group_service,
    make_parent,
    next_weekday,
    shanghai,
)
from tests.support.oversold import oversold

pytestmark = pytest.mark.django_db(transaction=True)
TEN = shanghai(next_weekday(5, weeks=1), 10)
RIVALS = 20


@pytest.fixture
def session(transactional_db):
    return make_group_occupancy(make_group_service(), starts_at=TEN, seats=5)


def hold(session, parent):
    return hold_seat(occupancy=session, child=parent.children.first(), mode=Mode.PHONE, booked_by=parent)


def seats_held(outcomes):
    for outcome in outcomes:
        assert outcome.error is None or isinstance(outcome.error, (SeatsGone, ChildAlreadyBooked)), repr(outcome.error)
    return sum(outcome.error is None for outcome in outcomes)


def test_seats_are_never_exceeded(session, run_concurrently):
    parents = [make_parent() for _ in range(RIVALS)]
    assert seats_held(run_concurrently(lambda n: hold(session, parents[n]), RIVALS)) == 5
    session.refresh_from_db()
    assert session.seats_taken == session.bookings.exclude(status=BookingStatus.CANCELLED).count() == 5
    assert oversold() == 0


def test_one_update_alone_guards_the_seats(session, run_concurrently, without_lock, without_constraint):
    without_lock()
    without_constraint()
    parents = [make_parent() for _ in range(RIVALS)]
    assert seats_held(run_concurrently(lambda n: hold(session, parents[n]), RIVALS)) == 5
    assert oversold() == 0


def test_without_the_guards_the_race_is_real(session, run_concurrently, without_lock, without_constraint, monkeypatch):
    """Look first, write after: what everybody does who has not been burnt yet."""
    barrier = threading.Barrier(RIVALS)

    def look_then_write(occupancy_id):
        seen = Occupancy.objects.get(pk=occupancy_id)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(5)
        if seen.seats_taken >= seen.seats:
            raise SeatsGone
        Occupancy.objects.filter(pk=occupancy_id).update(seats_taken=seen.seats_taken + 1)

    without_lock()
    without_constraint()
    monkeypatch.setattr(keeping, "take_seat", look_then_write)
    parents = [make_parent() for _ in range(RIVALS)]
    assert seats_held(run_concurrently(lambda n: hold(session, parents[n]), RIVALS)) > 5
    assert oversold() > 0


def test_one_child_gets_one_seat_however_often_it_is_asked_for(session, run_concurrently):
    parent = make_parent()
    assert seats_held(run_concurrently(lambda _: hold(session, parent), 8)) == 1


def test_several_beats_release_a_seat_once(session, run_concurrently):
    booking = hold(session, make_parent())
    hold(session, make_parent())
    session.bookings.exclude(pk=booking.pk).update(status=BookingStatus.BOOKED)
    outcomes = run_concurrently(lambda _: expire_holds(now=booking.held_until), 4)
    assert sum(outcome.value for outcome in outcomes) == 1
    session.refresh_from_db()
    assert session.seats_taken == 1


def test_several_beats_send_a_reminder_once(run_concurrently):
    from datetime import timedelta

    booking = make_booking(starts_at=TEN)
    outcomes = run_concurrently(lambda _: send_due_reminders(now=TEN - timedelta(hours=20)), 4)
    assert [outcome.error for outcome in outcomes] == [None] * 4
    assert sum(outcome.value for outcome in outcomes) == 1
    assert Message.objects.filter(key__contains=str(booking.public_id)).values("channel").distinct().count() == (
        Message.objects.filter(key__contains=str(booking.public_id)).count()
    )
