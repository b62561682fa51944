"""Missed sessions: the policy's share goes back a day later, once, and the provider keeps the rest."""

from datetime import timedelta

import pytest

from catalog.catalogue.cancellation import CancellationPolicy, Window
from catalog.fulfilment.sweeping import earn_due
from catalog.order.services import record_refund, refund_missed
from catalog.scheduling.services import mark_attendance
from payments.models import Refund
from payments.settlement.models import Earning
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.catalog.order.test_cancelling import news_of

pytestmark = pytest.mark.django_db
POLICY = CancellationPolicy((Window(24, 100), Window(0, 50, 1_000)), missed_percent=30)


@pytest.fixture
def line():
    service = factories.make_service(price_fen=36_000, product={"cancellation_windows": POLICY.as_json()})
    order = order_of(factories.make_parent(), service)
    pay(order)
    return order.lines.select_related("booking__occupancy").get()


def mark(line, attended):
    booking = line.booking
    mark_attendance(booking_id=booking.pk, attended=attended, marked_by=factories.make_staff(), now=booking.ends_at)


def a_day_after(line):
    return line.booking.ends_at + timedelta(hours=24)


def test_the_share_less_the_fee_goes_back_once(line):
    mark(line, False)
    assert refund_missed(now=a_day_after(line) - timedelta(seconds=1)) == 0
    assert [refund_missed(now=a_day_after(line)) for _ in range(2)] == [1, 0]
    refund = Refund.objects.get()
    assert (refund.amount_fen, refund.initiator) == (9_800, None)
    assert Earning.objects.get().paid_fen == 36_000
    record_refund(order_id=line.order_id, news=news_of(refund))
    line.refresh_from_db()
    assert line.refunded_fen == 9_800


def test_a_mark_put_right_in_time_refunds_nothing(line):
    mark(line, False)
    mark(line, True)
    assert refund_missed(now=a_day_after(line)) == 0
    earn_due(now=a_day_after(line))
    assert not Refund.objects.exists()


def test_without_a_share_nothing_goes_back():
    order = order_of(factories.make_parent(), factories.make_service())
    pay(order)
    line = order.lines.select_related("booking__occupancy").get()
    mark(line, False)
    assert refund_missed(now=a_day_after(line)) == 0
