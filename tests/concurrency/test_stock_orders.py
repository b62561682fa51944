"""One unit, many buyers; one basket, many clicks; one order, paid and ended at once. On real connections."""

import pytest
from django.db import connection
from oscar.apps.partner.abstract_models import AbstractStockRecord

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import put_product_in_basket
from catalog.order.enums import OrderStatus
from catalog.order.models import Order
from catalog.order.services import place_order
from catalog.partner.exceptions import SoldOut
from catalog.partner.models import StockRecord
from catalog.scheduling.models import Booking
from payments.enums import IntentState, SettleResult
from payments.models import PaymentIntent, Refund
from tests import factories
from tests.catalog.order.placed import ADDRESS, order_of, pay
from tests.concurrency.ending import end_now

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 20


def buyers_of(product):
    """Twenty families with the product in their baskets."""
    parents = [factories.make_parent(children=0) for _ in range(BUYERS)]
    for parent in parents:
        put_product_in_basket(user=parent, product=product)
    return [(parent, open_basket_of(parent)) for parent in parents]


def place(parent, basket):
    return place_order(user=parent, basket=basket, contact_name="林", contact_phone="13800000000", address=ADDRESS)


def test_oscars_own_allocate_sells_one_unit_many_times(run_concurrently, monkeypatch):
    """The race is real: without our guard (nor the database's) one unit becomes many orders."""
    toy = factories.make_goods(stock=1)
    buyers = buyers_of(toy)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DROP CONSTRAINT stock_never_oversold")
    monkeypatch.setattr(StockRecord, "allocate", AbstractStockRecord.allocate)
    monkeypatch.setattr("catalog.order.services.placing._check", lambda *_: None)
    run_concurrently(lambda number: place(*buyers[number]), BUYERS)
    assert Order.objects.count() > 1
    assert StockRecord.objects.get(product=toy).num_allocated == Order.objects.count()


def test_one_unit_and_twenty_buyers_are_one_order_and_nineteen_refusals(run_concurrently):
    toy = factories.make_goods(stock=1)
    buyers = buyers_of(toy)
    outcomes = run_concurrently(lambda number: place(*buyers[number]), BUYERS)
    assert sum(outcome.value is not None for outcome in outcomes) == 1
    assert [type(outcome.error) for outcome in outcomes if outcome.error] == [SoldOut] * (BUYERS - 1)
    assert Order.objects.count() == 1
    assert StockRecord.objects.get(product=toy).num_allocated == 1


def test_the_guard_alone_holds_when_everybody_saw_the_unit_free(run_concurrently, monkeypatch):
    """The conditional UPDATE decides, not the look at the stock before it."""
    toy = factories.make_goods(stock=1)
    buyers = buyers_of(toy)
    monkeypatch.setattr("catalog.order.services.placing._check", lambda *_: None)
    outcomes = run_concurrently(lambda number: place(*buyers[number]), BUYERS)
    assert [type(outcome.error) for outcome in outcomes if outcome.error] == [SoldOut] * (BUYERS - 1)


def test_two_goods_in_opposite_order_never_wait_for_each_other(run_concurrently):
    first, second = factories.make_goods(stock=BUYERS), factories.make_goods(stock=BUYERS)
    buyers = []
    for number in range(BUYERS):
        parent = factories.make_parent(children=0)
        for toy in (first, second) if number % 2 else (second, first):
            put_product_in_basket(user=parent, product=toy)
        buyers.append((parent, open_basket_of(parent)))
    outcomes = run_concurrently(lambda number: place(*buyers[number]), BUYERS)
    assert not [outcome.error for outcome in outcomes if outcome.error]


def test_a_double_click_is_one_order(run_concurrently):
    parent = factories.make_parent()
    put_product_in_basket(user=parent, product=factories.make_goods(stock=5))
    basket = open_basket_of(parent)
    outcomes = run_concurrently(lambda _: place(parent, basket), 8)
    assert len({outcome.value.pk for outcome in outcomes}) == 1
    assert Order.objects.count() == PaymentIntent.objects.count() == 1
    assert StockRecord.objects.get().num_allocated == 1


def test_two_tabs_fill_one_basket(run_concurrently):
    parent = factories.make_parent()
    toys = [factories.make_goods(stock=2) for _ in range(8)]
    run_concurrently(lambda number: put_product_in_basket(user=parent, product=toys[number]), 8)
    assert parent.baskets.count() == 1
    assert parent.baskets.get().lines.count() == 8


def test_paid_and_ended_at_once_is_one_or_the_other(run_concurrently):
    """Whoever comes first, money and goods agree: paid with both, or late money that took them again."""
    for _ in range(5):
        service, toy = factories.make_service(), factories.make_goods(stock=1)
        order = order_of(factories.make_parent(), service, toy)
        outcomes = run_concurrently(lambda number, order=order: pay(order) if number else end_now(order), 2)
        assert not [outcome.error for outcome in outcomes if outcome.error]
        order = Order.objects.get(pk=order.pk)
        assert outcomes[1].value == SettleResult.PAID
        assert order.status == OrderStatus.PAID
        assert PaymentIntent.objects.get(payable_id=order.pk).state == IntentState.PAID
        assert Booking.objects.get(order_line__order=order).status == "booked"
        assert StockRecord.objects.get(product=toy).num_allocated == 1
        assert not Refund.objects.exists()


def test_late_money_and_a_rival_for_the_same_time_never_both_win(run_concurrently):
    service = factories.make_service()
    late, rival = order_of(factories.make_parent(), service), factories.make_parent()
    end_now(late)
    outcomes = run_concurrently(lambda number: pay(late) if number else order_of(rival, service), 2)
    late.refresh_from_db()
    won = outcomes[0].value is not None
    assert (late.status == OrderStatus.PAID) != won
    assert Refund.objects.count() == (1 if won else 0)
    assert Booking.objects.exclude(status="cancelled").count() == 1
