"""Checkout: one page, nothing lost on an error, one order however often it is sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.basket.models import Basket
from catalog.basket.selectors import basket_line_count
from catalog.basket.services import put_product_in_basket
from catalog.order.models import Order
from catalog.scheduling.models import Booking
from payments.selectors import open_intent_of
from tests import factories
from tests.catalog.order.placed import order_of, put_session
from tests.catalog.queries import queries_of

pytestmark = pytest.mark.django_db
CHECKOUT = "/checkout/"


@pytest.fixture
def parent():
    return factories.make_parent(nickname="林女士")


@pytest.fixture
def client(parent):
    return factories.signed_in(parent)


def filled(parent, **changes) -> dict[str, object]:
    """The form as a family sends it."""
    basket = Basket.objects.get(owner=parent, status=Basket.OPEN)
    form = {"basket": basket.pk, "contact_name": "林女士", "contact_phone": "138 0000 0000", "note": "从侧门进"}
    return form | changes


def test_the_page_knows_the_family_and_says_what_it_costs(client, parent):
    put_session(parent, factories.make_service(price_fen=36_000))
    text = client.get(CHECKOUT).content.decode()
    for words in (
        "林女士",
        parent.phone.removeprefix("+86"),
        "¥360",
        "为你保留到",
        "开始前 24 小时以上取消，全额退款",
        "《用户协议》",
    ):
        assert words in text
    assert "省市区" not in text


def test_sending_it_places_the_order_and_leads_to_the_cashier(client, parent):
    put_session(parent, factories.make_service())
    response = client.post(CHECKOUT, filled(parent, shown_fen=36_000))
    order = Order.objects.get()
    assert response.url == reverse("payments:cashier", args=[open_intent_of("order", order.pk).public_id])
    assert (order.contact_phone, order.note) == ("+8613800000000", "从侧门进")


def test_a_second_click_leads_to_the_same_cashier(client, parent):
    put_session(parent, factories.make_service())
    form = filled(parent)
    first, second = client.post(CHECKOUT, form), client.post(CHECKOUT, form)
    assert first.url == second.url
    assert Order.objects.count() == 1


def test_an_order_of_nothing_leads_to_itself(client, parent):
    put_session(parent, factories.make_service(price_fen=0))
    response = client.post(CHECKOUT, filled(parent))
    assert response.url == reverse("orders:detail", args=[Order.objects.get().public_id])


def test_errors_stand_at_their_fields_and_nothing_written_is_lost(client, parent):
    put_product_in_basket(user=parent, product=factories.make_goods(stock=2))
    response = client.post(CHECKOUT, filled(parent, contact_name="", contact_phone="12", detail="示例路 1 号"))
    text = response.content.decode()
    assert response.status_code == 422
    for words in ("请填写联系人。", "手机号看起来不对", "请填写省市区。", "示例路 1 号", "从侧门进"):
        assert words in text
    assert basket_line_count(parent) == 1


def test_a_parcel_is_for_a_child_and_goes_to_an_address_that_is_remembered(client, parent):
    line = put_product_in_basket(user=parent, product=factories.make_goods(stock=3))
    child = parent.children.get()
    form = filled(parent, region="上海市 徐汇区", detail="示例路 1 号") | {f"child_{line.pk}": str(child.public_id)}
    client.post(CHECKOUT, form)
    order = Order.objects.get()
    assert order.lines.get().child == child
    assert (order.shipping_address.state, order.shipping_address.line1) == ("上海市 徐汇区", "示例路 1 号")
    put_product_in_basket(user=parent, product=factories.make_goods(stock=3))
    assert "示例路 1 号" in client.get(CHECKOUT).content.decode()


def test_a_strangers_child_is_not_offered_nor_taken(client, parent):
    line = put_product_in_basket(user=parent, product=factories.make_course())
    stranger = factories.make_parent().children.get()
    response = client.post(CHECKOUT, filled(parent) | {f"child_{line.pk}": str(stranger.public_id)})
    assert response.status_code == 422
    assert not Order.objects.exists()


def test_a_strangers_basket_is_not_placed(parent):
    put_product_in_basket(user=parent, product=factories.make_course())
    stranger = factories.signed_in(factories.make_parent())
    assert stranger.post(CHECKOUT, filled(parent)).url == reverse("basket:summary")
    assert not Order.objects.exists()


def test_a_changed_price_is_shown_before_it_is_charged(client, parent):
    put_product_in_basket(user=parent, product=factories.make_course(price_fen=6_800))
    response = client.post(CHECKOUT, filled(parent, shown_fen=5_000))
    assert response.status_code == 409
    text = response.content.decode()
    assert "价格刚刚有变化" in text
    assert 'name="shown_fen" value="6800"' in text


def test_a_time_lost_at_the_last_moment_offers_others_and_keeps_the_basket(client, parent):
    service = factories.make_service()
    put_session(parent, service)
    form = filled(parent)
    Booking.objects.update(held_until=timezone.now() - timedelta(minutes=1))
    put_session(factories.make_parent(), service)
    response = client.post(CHECKOUT, form)
    assert response.status_code == 409
    assert "/basket/choose/?service=" in response.content.decode()
    assert basket_line_count(parent) == 1


def test_sold_out_goods_say_so_on_the_same_page(client, parent):
    toy = factories.make_goods(stock=1)
    put_product_in_basket(user=parent, product=toy)
    order_of(factories.make_parent(), toy)
    response = client.post(CHECKOUT, filled(parent, region="上海市", detail="示例路"))
    assert response.status_code == 409
    assert "刚刚卖完了" in response.content.decode()


def test_an_empty_basket_leads_back_to_it(client):
    assert client.get(CHECKOUT).url == reverse("basket:summary")
    assert client.post(CHECKOUT, {"basket": "1"}).url == reverse("basket:summary")
    assert client.post(CHECKOUT, {"basket": "9" * 30}).url == reverse("basket:summary")


def test_three_lines_cost_no_more_queries_than_one(client, parent):
    put_product_in_basket(user=parent, product=factories.make_course())
    client.get(CHECKOUT)
    one = queries_of(lambda: client.get(CHECKOUT))
    for _ in range(2):
        put_product_in_basket(user=parent, product=factories.make_course())
    # Each choice "for whom" reads the children it offers.
    assert queries_of(lambda: client.get(CHECKOUT)) <= one + 2
