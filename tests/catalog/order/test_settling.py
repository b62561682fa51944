"""Money arrives once, late, or not at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.fulfilment.models import Entitlement, Shipment
from catalog.order import locks
from catalog.order.enums import OrderStatus
from catalog.order.errors import NotYourOrder, OrderNotOpen
from catalog.order.models import LineRefund, Order
from catalog.order.payable import OrderPayable
from catalog.order.services import accept_payment, cancel_order, expire_due_orders
from catalog.scheduling.enums import BookingStatus
from marketplace.notifications.models import Message
from payments.enums import RefundReason, SettleResult
from payments.models import Refund
from payments.payables import payable_for
from payments.selectors import latest_intent_of
from tests import factories
from tests.catalog.order.placed import order_of, pay, place, put_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


def expire(order: Order) -> None:
    """Let an order's time pass, unpaid."""
    past = timezone.now() - timedelta(minutes=1)
    Order.objects.filter(pk=order.pk).update(expires_at=past)
    intent = latest_intent_of("order", order.pk)
    type(intent).objects.filter(pk=intent.pk).update(expires_at=past)
    assert expire_due_orders() == 1
    order.refresh_from_db()


def test_orders_are_registered_as_payable():
    assert isinstance(payable_for("order"), OrderPayable)


def test_paid_means_paid_booked_opened_listed_and_told(parent):
    service, course, toy = factories.make_service(), factories.make_course(), factories.make_goods(stock=2)
    staff = factories.make_partner_staff(service.product.stockrecords.get().partner)
    order = order_of(parent, service, course, toy)
    assert pay(order) == SettleResult.PAID
    assert order.status == OrderStatus.PAID
    assert order.paid_at
    assert order.lines.get(booking__isnull=False).booking.status == BookingStatus.BOOKED
    assert Entitlement.objects.get().user == parent
    assert list(Shipment.objects.get().lines.values_list("title", flat=True)) == [toy.title]
    assert Message.objects.filter(recipient=parent, channel="in_app").count() == 1
    assert Message.objects.filter(recipient=staff, channel="in_app").count() == 1


def test_messages_say_nothing_of_what_was_bought(parent):
    provider = factories.make_provider(name="周晓岚")
    service = factories.make_service(provider, product={"title": "考前焦虑疏导"})
    factories.make_partner_staff(provider.partner)
    order = order_of(parent, service)
    pay(order)
    texts = " ".join(f"{message.subject} {message.body} {message.url}" for message in Message.objects.all())
    for secret in ("考前", "焦虑", "周晓岚", parent.children.first().nickname, provider.partner.name):
        assert secret not in texts


def test_announcing_a_payment_again_changes_and_opens_nothing(parent):
    """EC-08: an entitlement is granted once, however often payment is announced."""
    order = order_of(parent, factories.make_course(), factories.make_goods(stock=3))
    pay(order)
    messages = Message.objects.count()
    for _ in range(3):
        assert accept_payment(order_id=order.pk, paid_at=timezone.now(), amount_fen=order.total_fen).accepted
    assert Entitlement.objects.count() == Shipment.objects.count() == 1
    assert Message.objects.count() == messages


def test_a_second_payment_goes_back_whole_and_the_order_stays_paid(parent):
    order = order_of(parent, factories.make_course())
    pay(order)
    assert pay(order) == SettleResult.REFUNDING
    assert order.status == OrderStatus.PAID
    assert Refund.objects.get().reason == RefundReason.DUPLICATE
    assert order.refunded_fen == 0


def test_an_unpaid_order_ends_and_frees_time_and_stock(parent):
    service, toy = factories.make_service(), factories.make_goods(stock=1)
    order = order_of(parent, service, toy)
    expire(order)
    assert order.status == OrderStatus.EXPIRED
    assert order.closed_at
    assert toy.stockrecords.get().num_allocated == 0
    assert order.lines.get(booking__isnull=False).booking.status == BookingStatus.CANCELLED
    other = order_of(factories.make_parent(), service, toy)
    assert other.status == OrderStatus.PENDING


def test_an_order_is_not_ended_before_its_time(parent):
    order_of(parent, factories.make_course())
    assert expire_due_orders() == 0


def test_late_money_takes_time_and_stock_again_while_they_are_free(parent):
    service, toy = factories.make_service(), factories.make_goods(stock=1)
    order = order_of(parent, service, toy)
    expire(order)
    assert pay(order) == SettleResult.PAID
    assert order.status == OrderStatus.PAID
    assert order.closed_at is None
    assert toy.stockrecords.get().num_allocated == 1
    assert order.lines.get(booking__isnull=False).booking.status == BookingStatus.BOOKED


@pytest.mark.parametrize("lost", ["time", "stock"])
def test_late_money_for_what_is_gone_goes_back_whole_and_the_family_is_told(parent, lost):
    service, toy = factories.make_service(), factories.make_goods(stock=1)
    order = order_of(parent, service, toy)
    expire(order)
    rival = order_of(factories.make_parent(), service if lost == "time" else toy)
    assert pay(order) == SettleResult.REFUNDING
    assert order.status == OrderStatus.EXPIRED
    refund = Refund.objects.get()
    assert (refund.amount_fen, refund.reason) == (order.total_fen, RefundReason.LATE)
    assert not Shipment.objects.exists()
    assert Message.objects.filter(recipient=parent, key=f"order:{order.pk}:refused:in_app").exists()
    # Nothing was taken half: what the rival left is free.
    assert toy.stockrecords.get().num_allocated == (0 if lost == "time" else 1)
    if lost == "stock":
        assert order.lines.get(booking__isnull=False).booking.status == BookingStatus.CANCELLED
    assert rival.status == OrderStatus.PENDING


def test_money_for_a_cancelled_order_goes_back(parent):
    order = order_of(parent, factories.make_course())
    cancel_order(order=order, cancelled_by=parent)
    assert order.status == OrderStatus.CANCELLED
    assert pay(order) == SettleResult.REFUNDING
    assert order.status == OrderStatus.CANCELLED
    assert not Entitlement.objects.exists()


def test_only_who_placed_an_unpaid_order_cancels_it(parent):
    order = order_of(parent, factories.make_course())
    with pytest.raises(NotYourOrder):
        cancel_order(order=order, cancelled_by=factories.make_parent())
    pay(order)
    with pytest.raises(OrderNotOpen):
        cancel_order(order=order, cancelled_by=parent)


def test_a_payment_of_another_sum_is_not_taken(parent):
    order = order_of(parent, factories.make_course(price_fen=6_800))
    locks.lock_order_with_holdings(order.pk)
    assert not accept_payment(order_id=order.pk, paid_at=timezone.now(), amount_fen=6_700).accepted
    order.refresh_from_db()
    assert order.status == OrderStatus.PENDING


def test_the_description_for_a_payment_company_is_neutral(parent):
    provider = factories.make_provider(partner=factories.make_partner(name="青禾心理咨询中心"))
    order = order_of(parent, factories.make_service(provider, product={"title": "考前焦虑疏导"}, free_cancel_hours=24))
    words = OrderPayable().describe(order.pk)
    assert words.subject == "健康服务 1 项"
    assert words.order_number == order.number
    assert "心理" not in f"{words.payee}{words.subject}{words.refund_note}"
    assert words.return_path == f"/orders/{order.public_id}/"
    assert words.refund_note == "开始前 24 小时以上取消，全额退款；之后、开始前取消，退 50%"


def test_a_seat_of_a_group_is_held_paid_and_confirmed(parent):
    service = factories.make_group_service()
    occupancy = factories.make_group_occupancy(
        service, starts_at=factories.shanghai(factories.next_weekday(5), 10), seats=2
    )
    put_session(parent, service, occupancy=occupancy)
    order = place(parent)
    pay(order)
    occupancy.refresh_from_db()
    assert occupancy.seats_taken == 1
    assert order.lines.get().booking.status == BookingStatus.BOOKED
    assert not LineRefund.objects.exists()
