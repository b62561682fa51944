"""A family's orders: their state, what can be done now, and nobody else's business."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.order.enums import OrderStatus
from catalog.order.models import Order, OrderQuestion
from catalog.order.services import answer_question, cancel_booked_line
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking, Occupancy
from payments.enums import SettleResult
from payments.models import Refund
from payments.selectors import open_intent_of
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.catalog.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def client(parent):
    return factories.signed_in(parent)


def page(order) -> str:
    return reverse("orders:detail", args=[order.public_id])


def cancel_page(order) -> str:
    return reverse("orders:cancel_booking", args=[order.lines.get(booking__isnull=False).booking.public_id])


def test_a_pending_order_says_until_when_and_can_be_paid_or_given_up(client, parent):
    order = order_of(parent, factories.make_service())
    text = client.get(page(order)).content.decode()
    assert "为你保留到" in text
    assert reverse("payments:cashier", args=[open_intent_of("order", order.pk).public_id]) in text
    give_up = reverse("orders:cancel", args=[order.public_id])
    assert "取消这个订单？" in client.get(give_up).content.decode()
    assert "订单已取消，没有扣款" in client.post(give_up, follow=True).content.decode()
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED
    assert client.get(give_up).url == page(order)


def test_past_its_time_an_order_is_not_offered_for_payment(client, parent):
    order = order_of(parent, factories.make_service())
    Order.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    text = client.get(page(order)).content.decode()
    assert "去付款" not in text
    assert "正在确认有没有收到付款" in text


def test_a_time_the_provider_took_back_is_not_paid_for(client, parent):
    service = factories.make_service()
    order = order_of(parent, service)
    staff = factories.make_partner_staff(service.product.stockrecords.get().partner)
    cancel_booked_line(booking_id=order.lines.get().booking_id, cancelled_by=CancelledBy.PROVIDER, initiator=staff)
    text = client.get(page(order)).content.decode()
    assert "去付款" not in text
    assert "其中一个时间被机构取消了" in text
    assert pay(order) == SettleResult.REFUNDING


def test_a_paid_order_shows_what_it_opened_and_its_receipt(client, parent):
    order = order_of(parent, factories.make_service(), factories.make_course(), factories.make_goods(stock=1))
    pay(order)
    text = client.get(page(order)).content.decode()
    for words in ("已付款", "已预约", "打开", "待发货", "/receipt/", "取消预约"):
        assert words in text


def test_cancelling_shows_exactly_what_comes_back_and_gives_exactly_that(client, parent):
    order = order_of(parent, factories.make_service(price_fen=36_000))
    pay(order)
    text = client.get(cancel_page(order)).content.decode()
    assert "取消预约，退回 ¥360" in text
    response = client.post(cancel_page(order), {"refund_fen": "36000"}, follow=True)
    text = response.content.decode()
    assert "¥360 会原路退回" in text
    assert "退款 ¥360：" in text
    assert Refund.objects.get().amount_fen == 36_000


def test_a_late_cancellation_shows_the_smaller_sum(client, parent):
    order = order_of(parent, factories.make_service(price_fen=36_000, late_refund_percent=50))
    pay(order)
    soon = timezone.now() + timedelta(hours=3)
    Occupancy.objects.update(
        busy_from=soon, starts_at=soon, ends_at=soon + timedelta(minutes=50), busy_until=soon + timedelta(minutes=60)
    )
    assert "退回 ¥180" in client.get(cancel_page(order)).content.decode()
    client.post(cancel_page(order), {"refund_fen": "36000"})
    assert Booking.objects.get().status == BookingStatus.BOOKED
    client.post(cancel_page(order), {"refund_fen": "18000"})
    assert Refund.objects.get().amount_fen == 18_000


@pytest.mark.parametrize("form", [{}, {"refund_fen": ""}, {"refund_fen": "-1"}, {"refund_fen": "много"}])
def test_without_the_shown_sum_nothing_is_cancelled(client, parent, form):
    order = order_of(parent, factories.make_service())
    pay(order)
    client.post(cancel_page(order), form)
    assert Booking.objects.get().status == BookingStatus.BOOKED


def test_what_has_begun_is_not_cancelled_online(client, parent):
    order = order_of(parent, factories.make_service())
    pay(order)
    past = timezone.now() - timedelta(minutes=10)
    Occupancy.objects.update(
        busy_from=past, starts_at=past, ends_at=past + timedelta(minutes=50), busy_until=past + timedelta(minutes=60)
    )
    assert client.get(cancel_page(order)).url == page(order)


def test_a_question_is_sent_shown_and_answered(client, parent):
    order = order_of(parent, factories.make_course())
    staff = factories.make_staff()
    ask = reverse("orders:ask", args=[order.public_id])
    assert client.post(ask, {"body": ""}).status_code == 422
    client.post(ask, {"body": "<b>可以开发票吗？</b>"})
    answer_question(question=OrderQuestion.objects.get(), answered_by=staff, answer="可以。")
    text = client.get(page(order)).content.decode()
    assert "&lt;b&gt;可以开发票吗？" in text
    assert "可以。" in text


def test_strangers_find_nothing(parent):
    order = order_of(parent, factories.make_service())
    pay(order)
    stranger = factories.signed_in(factories.make_parent())
    assert stranger.get(page(order)).status_code == 404
    assert stranger.get(cancel_page(order)).status_code == 404
    assert stranger.post(cancel_page(order), {"refund_fen": "36000"}).status_code == 404
    assert stranger.post(reverse("orders:ask", args=[order.public_id]), {"body": "?"}).status_code == 404
    assert stranger.post(reverse("orders:cancel", args=[order.public_id])).status_code == 404
    assert order.number not in stranger.get(reverse("orders:list")).content.decode()
    assert Booking.objects.get().status == BookingStatus.BOOKED


def test_our_staff_has_no_key_to_families_pages(parent):
    order = order_of(parent, factories.make_course())
    assert factories.signed_in(factories.make_staff()).get(page(order)).status_code == 404


def test_the_list_is_in_tabs_and_three_orders_cost_no_more_queries_than_one(client, parent):
    pay(order_of(parent, factories.make_service()))
    client.get(reverse("orders:list"))
    one = queries_of(lambda: client.get(reverse("orders:list")))
    order_of(parent, factories.make_course())
    order_of(parent, factories.make_course())
    assert queries_of(lambda: client.get(reverse("orders:list"))) <= one
    assert client.get(reverse("orders:list"), {"tab": "pending"}).content.decode().count("card--linked") == 2
    assert client.get(reverse("orders:list"), {"tab": "ended"}).content.decode().count("card--linked") == 0
    assert client.get(reverse("orders:list"), {"tab": "nonsense", "page": "99"}).status_code == 200


def test_an_order_of_three_lines_costs_no_more_queries_than_of_one(client, parent):
    one, three = order_of(parent, factories.make_course()), None
    pay(one)
    three = order_of(parent, *[factories.make_course() for _ in range(3)])
    pay(three)
    client.get(page(one))
    assert queries_of(lambda: client.get(page(three))) <= queries_of(lambda: client.get(page(one)))
