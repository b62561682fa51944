"""When a line earns, how much, and what goes back of it: through real orders, bookings, parcels and refunds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.fulfilment import earning as rules
from catalog.fulfilment.earning import CreditPaid, value_of
from catalog.fulfilment.models import Shipment
from catalog.fulfilment.services import mark_shipped, note_received
from catalog.fulfilment.sweeping import ask_about_unmarked, earn_due
from catalog.order.models import Line
from catalog.order.payable import OrderPayable
from catalog.order.services import cancel_booked_line
from catalog.order.services.refunding import ask_line_refund
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services.attending import mark_attendance
from marketplace.notifications.models import Message
from payments.enums import RefundReason
from payments.gateways.base import RefundStatus, RefundTruth
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_of_payable_fen, total_fen
from payments.ledger.services import Account
from payments.models import Refund
from payments.selectors import latest_intent_of
from payments.services import request_refund
from payments.services.refunding import _finish_refund
from payments.settlement.models import Earning
from tests import factories
from tests.catalog.order.placed import free_start, order_of, pay, place, put_session
from tests.payments.settlement.made import make_fees, partner_fen

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def fees():
    return make_fees()


@pytest.fixture
def line(parent, fees):
    """A paid session of ¥360, free to cancel until 24 h before, then half of it."""
    pay(order_of(parent, factories.make_service(price_fen=36_000, late_refund_percent=50)))
    return Line.objects.select_related("booking__occupancy", "order", "partner").get()


def over(line: Line, *, ago: timedelta = timedelta(hours=1)) -> None:
    """Let the session have ended so long ago."""
    ends_at = timezone.now() - ago
    starts_at = ends_at - timedelta(minutes=50)
    Occupancy.objects.filter(pk=line.booking.occupancy_id).update(
        busy_from=starts_at, starts_at=starts_at, ends_at=ends_at, busy_until=ends_at
    )
    line.booking.occupancy.refresh_from_db()


def gone_back(refund: Refund) -> None:
    """The payer has the money, as the company says."""
    refund = Refund.objects.select_related("attempt__intent").get(pk=refund.pk)
    _finish_refund(refund, RefundTruth(RefundStatus.SUCCEEDED, refund.amount_fen))


def refund(line: Line, fen: int, reason: RefundReason = RefundReason.GOODWILL) -> Refund:
    return ask_line_refund(line=line, amount_fen=fen, reason=reason, initiator=line.order.user)


def orders_fen(line: Line) -> int:
    """What the ledger still holds of the order."""
    return -balance_of_payable_fen(AccountKind.ORDERS, "order", line.order_id)


def test_rules_are_frozen_at_placing_and_the_payment_says_it_is_shared(line, fees):
    assert line.fee_version == fees
    make_fees([("other", 5000)], valid_from=timezone.now() - timedelta(minutes=1))
    assert Line.objects.get().fee_version == fees
    assert OrderPayable().describe(line.order_id).splits


@pytest.mark.parametrize("attended", [True, False])
def test_a_session_held_or_missed_earns_once(line, attended):
    over(line)
    staff = factories.make_partner_staff(line.partner)
    for _ in range(2):
        mark_attendance(booking_id=line.booking_id, attended=attended, marked_by=staff)
    earning = Earning.objects.get()
    assert (earning.gross_fen, earning.net_fen) == (36_000, 36_000 - 2_880 - 216 - 360)
    assert earning.payee == line.partner.public_id
    assert earning.available_at == line.booking.occupancy.ends_at + rules.REFUND_WINDOW
    assert orders_fen(line) == total_fen() == 0
    assert earn_due() == 0


def test_a_refund_after_earning_takes_back_exactly_its_share(line):
    over(line)
    mark_attendance(booking_id=line.booking_id, attended=True, marked_by=factories.make_staff())
    gone_back(refund(line, 10_001))
    earning = Earning.objects.get()
    left = 36_000 - 10_001
    assert earning.net_left_fen == left - left * 800 // 10_000 - left * 60 // 10_000 - left * 100 // 10_000
    assert partner_fen(earning.payee) == earning.net_left_fen
    assert orders_fen(line) == total_fen() == 0
    gone_back(refund(line, left, RefundReason.REVIEW))
    assert partner_fen(earning.payee) == orders_fen(line) == total_fen() == 0


def test_what_was_asked_back_is_not_earned_first(line):
    asked = refund(line, 18_000)
    over(line)
    mark_attendance(booking_id=line.booking_id, attended=True, marked_by=factories.make_staff())
    assert Earning.objects.get().gross_fen == 18_000
    assert orders_fen(line) == 18_000
    gone_back(asked)
    assert Earning.objects.get().value_left_fen == 18_000
    assert orders_fen(line) == total_fen() == 0


def test_a_late_cancellation_leaves_the_retained_part(line, parent):
    late = line.booking.occupancy.starts_at - timedelta(hours=3)
    cancelled = cancel_booked_line(
        booking_id=line.booking_id, cancelled_by=CancelledBy.FAMILY, initiator=parent, now=late
    )
    gone_back(Refund.objects.get())
    assert (cancelled.refund_fen, earn_due()) == (18_000, 0)
    over(line)
    assert earn_due() == 1
    assert Earning.objects.get().gross_fen == 18_000
    assert orders_fen(line) == 0


@pytest.mark.parametrize("by", [CancelledBy.PROVIDER, CancelledBy.FAMILY])
def test_what_is_cancelled_in_time_or_by_the_provider_earns_nothing(line, parent, by):
    who = parent if by == CancelledBy.FAMILY else factories.make_staff()
    cancel_booked_line(booking_id=line.booking_id, cancelled_by=by, initiator=who)
    over(line, ago=timedelta(days=4))
    earn_due()
    gone_back(Refund.objects.get())
    earn_due()
    assert not Earning.objects.exists()
    assert orders_fen(line) == total_fen() == 0


def test_an_unmarked_session_is_asked_about_and_counts_as_held_after_three_days(line):
    staff = factories.make_partner_staff(line.partner)
    over(line, ago=timedelta(hours=25))
    for _ in range(2):
        assert ask_about_unmarked() == 1
    assert Message.objects.filter(recipient=staff, key__startswith="attendance", channel="in_app").count() == 1
    assert earn_due() == 0
    over(line, ago=timedelta(hours=73))
    assert (ask_about_unmarked(), earn_due()) == (0, 1)
    assert Earning.objects.get().gross_fen == 36_000
    assert Booking.objects.get().status == BookingStatus.BOOKED


def test_each_seat_of_a_group_earns_for_itself(fees):
    service = factories.make_group_service(price_fen=9_900)
    occupancy = factories.make_group_occupancy(service, starts_at=free_start())
    for _ in range(2):
        family = factories.make_parent()
        put_session(family, service, occupancy=occupancy)
        pay(place(family))
    first, second = Line.objects.select_related("booking__occupancy")
    over(first, ago=timedelta(hours=2))
    mark_attendance(booking_id=first.booking_id, attended=True, marked_by=factories.make_staff())
    mark_attendance(booking_id=second.booking_id, attended=False, marked_by=factories.make_staff())
    assert [each.gross_fen for each in Earning.objects.all()] == [9_900, 9_900]


def test_courses_earn_when_opened_and_goods_when_sent(parent, fees):
    course, goods = factories.make_course(price_fen=19_900), factories.make_goods(price_fen=8_000, stock=2)
    order = order_of(parent, course, goods)
    pay(order)
    assert [(each.earned_by, each.gross_fen) for each in Earning.objects.all()] == [("course", 19_900)]
    parcel = Shipment.objects.get()
    mark_shipped(shipment=parcel, carrier="顺丰", tracking_number="SF0", shipped_by=factories.make_staff())
    sent = Earning.objects.get(earned_by="goods")
    parcel.refresh_from_db()
    assert sent.gross_fen == 8_000
    assert sent.available_at == parcel.shipped_at + rules.DELIVERED_AFTER + rules.REFUND_WINDOW
    assert balance_of_payable_fen(AccountKind.ORDERS, "order", order.pk) == 0


def test_arrival_brings_the_money_forward(parent, fees):
    pay(order_of(parent, factories.make_goods(price_fen=8_000, stock=2)))
    parcel = mark_shipped(
        shipment=Shipment.objects.get(), carrier="顺丰", tracking_number="SF0", shipped_by=factories.make_staff()
    )
    arrived_at = parcel.shipped_at + timedelta(days=2)
    note_received(user=parent, shipment=parcel, now=arrived_at)
    note_received(user=parent, shipment=parcel, now=arrived_at + timedelta(days=3))
    assert Earning.objects.get().available_at == arrived_at + rules.REFUND_WINDOW


def test_one_order_with_three_things_is_three_earnings_of_three_partners(parent, fees):
    order = order_of(parent, factories.make_service(), factories.make_goods(stock=1), factories.make_course())
    pay(order)
    over(order.lines.select_related("booking__occupancy").get(booking__isnull=False))
    session = order.lines.get(booking__isnull=False)
    mark_attendance(booking_id=session.booking_id, attended=True, marked_by=factories.make_staff())
    mark_shipped(
        shipment=Shipment.objects.get(), carrier="顺丰", tracking_number="SF0", shipped_by=factories.make_staff()
    )
    assert Earning.objects.values("payee").distinct().count() == 3
    assert balance_of_payable_fen(AccountKind.ORDERS, "order", order.pk) == total_fen() == 0


def test_a_discount_of_ours_is_not_the_partners_loss(line):
    Line.objects.filter(pk=line.pk).update(discount_fen=4_000)
    line.refresh_from_db()
    assert value_of(line) == 40_000
    over(line)
    mark_attendance(booking_id=line.booking_id, attended=True, marked_by=factories.make_staff())
    assert (Earning.objects.get().paid_fen, Earning.objects.get().borne_fen) == (36_000, 4_000)
    gone_back(refund(line, 18_000))
    assert Earning.objects.get().value_left_fen == 20_000
    assert orders_fen(line) == total_fen() == 0


def test_a_session_paid_ahead_earns_its_credits_worth(line, monkeypatch):
    """The package's money stands with the package's order."""
    Line.objects.filter(pk=line.pk).update(price_fen=0, credit_fen=30_000)
    paid = CreditPaid(30_000, Account(AccountKind.ORDERS), ("order", 999))
    monkeypatch.setattr(rules, "_credit_payers", [lambda line: paid])
    over(line)
    mark_attendance(booking_id=line.booking_id, attended=False, marked_by=factories.make_staff())
    earning = Earning.objects.get()
    assert (earning.gross_fen, earning.payable_id) == (30_000, 999)
    assert -balance_of_payable_fen(AccountKind.ORDERS, "order", 999) == -30_000


def test_a_refund_of_the_whole_order_is_taken_back_line_by_line(parent, fees):
    order = order_of(parent, factories.make_course(price_fen=10_000), factories.make_course(price_fen=5_000))
    pay(order)
    asked = request_refund(
        intent_id=latest_intent_of("order", order.pk).pk,
        amount_fen=12_000,
        reason=RefundReason.CHARGEBACK,
        key="whole",
    )
    gone_back(asked)
    assert [each.value_left_fen for each in Earning.objects.order_by("source_id")] == [0, 3_000]
    assert balance_of_payable_fen(AccountKind.ORDERS, "order", order.pk) == total_fen() == 0
