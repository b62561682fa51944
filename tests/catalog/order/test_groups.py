"""A group is held with enough people; otherwise it is said two days before, and everybody has all of the money back."""

from datetime import timedelta

import pytest

from catalog.order.services import cancel_booked_line, decide_groups, lapse_requests
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.errors import SeatsGone
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services import decide_group
from catalog.vouchers.models import Reward
from marketplace.notifications.models import Message
from payments.models import Refund
from tests import factories
from tests.catalog.order.placed import pay, place, put_session

pytestmark = pytest.mark.django_db
TEN = factories.shanghai(factories.next_weekday(5, weeks=1), 10)
TWO_DAYS_BEFORE = TEN - timedelta(hours=48)


@pytest.fixture
def session():
    service = factories.make_group_service(price_fen=9_900)
    return factories.make_group_occupancy(service, starts_at=TEN, seats=6, minimum_seats=3)


def join(session, *, paid=True, **fields):
    parent = factories.make_parent()
    put_session(parent, session.service, occupancy=session, mode="video", **fields)
    order = place(parent)
    if paid:
        pay(order)
    return order


def bodies(order):
    return list(Message.objects.filter(recipient=order.user, channel="in_app").values_list("body", flat=True))


def test_with_too_few_everybody_has_all_of_it_back_and_a_kind_word(session):
    orders = [join(session) for _ in range(2)]
    assert decide_groups(now=TWO_DAYS_BEFORE - timedelta(minutes=1)) == 0
    assert decide_groups(now=TWO_DAYS_BEFORE) == 1
    session.refresh_from_db()
    assert not session.is_live and session.decided_at == TWO_DAYS_BEFORE and session.seats_taken == 0
    for order in orders:
        booking = order.lines.get().booking
        assert (booking.status, booking.cancelled_by) == (BookingStatus.CANCELLED, CancelledBy.PROVIDER)
        assert any("报名人数不够" in body and "¥99" in body for body in bodies(order))
    assert sorted(Refund.objects.values_list("amount_fen", flat=True)) == [9_900, 9_900]
    assert decide_groups(now=TWO_DAYS_BEFORE) == 0
    assert not Reward.objects.exists()


def test_with_enough_it_is_fixed_and_stays_so_when_somebody_cancels(session):
    orders = [join(session) for _ in range(3)]
    assert decide_groups(now=TWO_DAYS_BEFORE) == 0
    session.refresh_from_db()
    assert session.is_live and session.decided_at == TWO_DAYS_BEFORE
    assert all(any("确定举办" in body for body in bodies(order)) for order in orders)
    line = orders[0].lines.get()
    cancel_booked_line(
        booking_id=line.booking_id, cancelled_by=CancelledBy.FAMILY, initiator=orders[0].user, now=TWO_DAYS_BEFORE
    )
    assert decide_groups(now=TEN - timedelta(hours=20)) == 0
    session.refresh_from_db()
    assert session.is_live


def test_families_about_to_pay_are_waited_for_until_a_day_before(session):
    for _ in range(2):
        join(session)
    waiting = join(session, paid=False)
    Booking.objects.filter(status=BookingStatus.PENDING).update(held_until=TEN)
    assert decide_groups(now=TWO_DAYS_BEFORE) == 0
    session.refresh_from_db()
    assert session.is_live and session.decided_at is None
    assert decide_groups(now=TEN - timedelta(hours=24)) == 1
    assert Refund.objects.count() == 2
    booking = waiting.lines.get().booking
    assert (booking.status, booking.cancelled_by) == (BookingStatus.CANCELLED, CancelledBy.PROVIDER)


def test_money_for_one_that_fell_through_goes_back_whole(session):
    join(session)
    late = join(session, paid=False)
    decide_groups(now=TEN - timedelta(hours=20))
    pay(late)
    assert late.paid_at is None
    assert sorted(Refund.objects.values_list("amount_fen", flat=True)) == [9_900, 9_900]


def test_a_hold_that_ended_does_not_keep_it_waiting(session):
    join(session, paid=False)
    assert decide_groups(now=TWO_DAYS_BEFORE) == 1


def test_nobody_joins_what_fell_through(session):
    decide_groups(now=TWO_DAYS_BEFORE)
    with pytest.raises(SeatsGone):
        join(session)


def test_what_was_left_half_done_is_made_up_for(session):
    order = join(session)
    decide_group(occupancy_id=session.pk, now=TWO_DAYS_BEFORE)  # and here the machine stops
    assert not Refund.objects.exists()
    assert lapse_requests(now=TWO_DAYS_BEFORE) == 1
    assert Refund.objects.get().amount_fen == 9_900
    assert any("报名人数不够" in body for body in bodies(order))


def test_without_a_minimum_nothing_is_decided(session):
    Occupancy.objects.update(minimum_seats=0)
    join(session)
    assert decide_groups(now=TEN - timedelta(hours=1)) == 0
    session.refresh_from_db()
    assert session.is_live and session.decided_at is None
