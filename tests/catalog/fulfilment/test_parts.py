"""One basket, one payment, several sellers: each part with its own state and money."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.fulfilment.enums import PartState as P
from catalog.fulfilment.models import Shipment
from catalog.fulfilment.parts import orders_with, parts_at, parts_of, state_of
from catalog.fulfilment.services import mark_shipped
from catalog.order.services import give_back
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.factories import make_goods, make_parent, make_partner, make_partner_staff, make_staff, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def sellers():
    return [make_partner(name="纸船示例"), make_partner(name="青禾示例")]


@pytest.fixture
def order(sellers):
    goods = [
        make_goods(stock=9, partner=seller, price_fen=fen) for seller, fen in zip(sellers, (3_000, 7_000), strict=True)
    ]
    order = order_of(make_parent(), *goods)
    pay(order)
    return order


def sent(order, seller):
    mark_shipped(
        shipment=Shipment.objects.get(order=order, partner=seller), carrier="示例快递", tracking_number="SF1",
        shipped_by=make_partner_staff(seller),
    )  # fmt: skip


def test_each_seller_delivers_and_refunds_its_own_part(order, sellers):
    first, second = sellers
    sent(order, first)
    give_back(
        line=order.lines.get(partner=second), amount_fen=7_000, note="缺货", asked_by=make_staff(duties=["support"])
    )
    order.lines.filter(partner=second).update(refunded_fen=7_000)
    ours, theirs = parts_of(order)
    assert (ours.partner, ours.state, ours.paid_fen, ours.refunded_fen) == (first, P.SENT, 3_000, 0)
    assert (theirs.partner, theirs.state, theirs.refunded_fen) == (second, P.ENDED, 7_000)
    assert ours.earned_fen == 3_000 and theirs.earned_fen == 0
    assert ours.shipment.tracking_number == "SF1"


def test_a_seller_sees_its_part_and_nothing_of_the_others(order, sellers):
    seller = make_partner_staff(sellers[0])
    other = order.lines.get(partner=sellers[1])
    client = signed_in(seller)
    for path in ("/clinic/orders/", f"/clinic/orders/{order.public_id}/"):
        shown = client.get(path).content.decode()
        assert order.number in shown and "¥30" in shown
        assert other.title not in shown and "¥70" not in shown and "¥100" not in shown and sellers[1].name not in shown
    assert order.number in client.get("/clinic/orders/", {"number": order.number.lower()}).content.decode()
    assert "没有找到" in client.get("/clinic/orders/", {"number": "X"}).content.decode()


def test_a_third_one_finds_nothing(order):
    client = signed_in(make_partner_staff(make_partner()))
    assert client.get(f"/clinic/orders/{order.public_id}/").status_code == 404
    assert order.number not in client.get("/clinic/orders/").content.decode()


def test_the_family_reads_who_has_come_how_far(order, sellers):
    sent(order, sellers[0])
    shown = signed_in(order.user).get(f"/orders/{order.public_id}/").content.decode()
    assert "各家的进度" in shown
    assert all(seller.name in shown for seller in sellers)
    assert "已发货" in shown and "待交付" in shown


def test_an_order_of_one_seller_says_nothing_of_sellers():
    order = order_of(make_parent(), make_goods(stock=3))
    pay(order)
    assert "各家的进度" not in signed_in(order.user).get(f"/orders/{order.public_id}/").content.decode()


def test_an_unpaid_order_has_no_parts():
    order = order_of(make_parent(), make_goods(stock=3))
    assert parts_of(order) == []
    assert not orders_with(order.lines.get().partner).exists()


def test_whose_session_it_was_is_not_shown():
    parent = make_parent()
    pay(order := order_of(parent, factories.make_service(product={"title": "给考试睡不着的你"})))
    partner = order.lines.get().partner
    shown = signed_in(make_partner_staff(partner)).get(f"/clinic/orders/{order.public_id}/").content.decode()
    assert "预约服务" in shown and "给考试" not in shown and parent.children.get().nickname not in shown


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        ([P.WAITING], P.WAITING),
        ([P.WAITING, P.DONE], P.PARTLY),
        ([P.WAITING, P.ENDED], P.WAITING),
        ([P.SENT, P.DONE], P.SENT),
        ([P.DONE, P.ENDED], P.DONE),
        ([P.ENDED, P.ENDED], P.ENDED),
    ],
)
def test_what_is_still_to_come_decides(lines, part):
    assert state_of(lines) == part


def test_as_many_questions_for_three_orders_as_for_one(sellers):
    counts = []
    for _ in range(3):
        pay(order_of(make_parent(), make_goods(stock=9, partner=sellers[0])))
        with CaptureQueriesContext(connection) as queries:
            parts_at(sellers[0], orders_with(sellers[0]))
        counts.append(len(queries))
    assert counts[0] == counts[2]
