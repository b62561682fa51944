"""An order is placed as a whole or not at all, and the basket stays when it is not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.basket.errors import NotForSale, NotYetForSale, TooManyUnits
from catalog.basket.models import Basket
from catalog.basket.selectors import basket_line_count, open_basket_of
from catalog.basket.services import put_product_in_basket
from catalog.catalogue.enums import SaleState
from catalog.order.enums import OrderStatus
from catalog.order.errors import AddressMissing, BasketEmpty, PriceChanged
from catalog.order.models import Order
from catalog.order.services import place_order
from catalog.partner.exceptions import SoldOut
from catalog.partner.models import StockRecord
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.errors import SlotTaken
from payments.selectors import open_intent_of
from tests import factories
from tests.catalog.order.placed import order_of, place, put_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


def test_an_order_is_pending_owed_and_holds_its_time_for_half_an_hour(parent):
    now = timezone.now()
    line = put_session(parent, factories.make_service(price_fen=36_050))
    order = place(parent, now=now)
    assert order.status == OrderStatus.PENDING
    assert order.total_fen == 36_050
    assert order.total_incl_tax == Decimal("360.50")
    assert order.expires_at == now + timedelta(minutes=30)
    line.booking.refresh_from_db()
    assert line.booking.status == BookingStatus.PENDING
    assert line.booking.held_until == order.expires_at
    intent = open_intent_of("order", order.pk)
    assert (intent.amount_fen, intent.buyer_id, intent.expires_at) == (36_050, parent.pk, order.expires_at)
    assert open_basket_of(parent) is None


def test_the_number_says_the_day_and_nothing_of_how_many_orders_there_are(parent):
    order = order_of(parent, factories.make_course())
    day, letters = order.number.split("-")
    assert day == f"{timezone.localtime():%y%m%d}"
    assert len(letters) == 8
    assert not set(letters) & set("ILOU")


def test_a_number_that_is_taken_is_drawn_again(parent, monkeypatch):
    taken = order_of(factories.make_parent(), factories.make_course()).number
    numbers = iter([taken, "261122-ABCDEFGH"])
    monkeypatch.setattr("catalog.order.services.placing.new_order_number", lambda now: next(numbers))
    assert order_of(parent, factories.make_course()).number == "261122-ABCDEFGH"


def test_lines_know_their_price_child_and_booking(parent):
    service, toy = factories.make_service(price_fen=30_000), factories.make_goods(stock=3, price_fen=9_900)
    session = put_session(parent, service)
    goods = put_product_in_basket(user=parent, product=toy, quantity=2)
    child = parent.children.first()
    order = place(parent, children={goods.pk: child})
    first, second = order.lines.order_by("pk")
    assert (first.price_fen, first.booking_id, first.child) == (30_000, session.booking_id, child)
    assert (second.price_fen, second.quantity, second.child) == (19_800, 2, child)
    assert second.line_price_incl_tax == Decimal("198.00")
    assert order.total_fen == 49_800
    record = toy.stockrecords.get()
    assert (record.num_allocated, second.num_allocated) == (2, 2)
    assert order.shipping_address.line1 == "示例路 1 号"


def test_the_same_basket_twice_is_one_order(parent):
    put_product_in_basket(user=parent, product=factories.make_course())
    basket = open_basket_of(parent)
    details = {"user": parent, "basket": basket, "contact_name": "林", "contact_phone": "13800000000"}
    assert place_order(**details) == place_order(**details)
    assert Order.objects.count() == 1


def test_somebody_elses_basket_is_nobodys(parent):
    put_product_in_basket(user=parent, product=factories.make_course())
    stranger = factories.make_parent()
    with pytest.raises(BasketEmpty):
        place_order(user=stranger, basket=open_basket_of(parent), contact_name="林", contact_phone="13800000000")


def test_an_empty_basket_places_nothing(parent):
    basket = Basket.objects.create(owner=parent)
    with pytest.raises(BasketEmpty):
        place_order(user=parent, basket=basket, contact_name="林", contact_phone="13800000000")


def test_a_changed_price_is_asked_about_again(parent):
    course = factories.make_course(price_fen=6_800)
    put_product_in_basket(user=parent, product=course)
    course.stockrecords.update(price=Decimal("78.00"))
    with pytest.raises(PriceChanged):
        place(parent, shown_fen=6_800)
    assert basket_line_count(parent) == 1
    assert place(parent, shown_fen=7_800).total_fen == 7_800


@pytest.mark.parametrize(("state", "refusal"), [(SaleState.PAUSED, NotForSale), (SaleState.COMING, NotYetForSale)])
def test_what_is_no_longer_on_sale_rolls_all_of_it_back(parent, state, refusal):
    line = put_session(parent, factories.make_service())
    course = factories.make_course()
    put_product_in_basket(user=parent, product=course)
    course.sale_state = state
    course.save()
    held_until = line.booking.held_until
    with pytest.raises(refusal):
        place(parent)
    line.booking.refresh_from_db()
    assert line.booking.held_until == held_until
    assert basket_line_count(parent) == 2
    assert not Order.objects.exists()


def test_sold_out_goods_roll_the_held_time_back_too(parent):
    session = put_session(parent, factories.make_service())
    toy = factories.make_goods(stock=1)
    put_product_in_basket(user=parent, product=toy)
    order_of(factories.make_parent(), toy)
    with pytest.raises(SoldOut):
        place(parent)
    assert not Order.objects.filter(user=parent).exists()
    assert basket_line_count(parent) == 2
    session.booking.refresh_from_db()
    assert session.booking.status == BookingStatus.PENDING


def test_more_units_than_are_left_are_refused(parent):
    toy = factories.make_goods(stock=3)
    put_product_in_basket(user=parent, product=toy, quantity=3)
    StockRecord.objects.update(num_in_stock=2)
    with pytest.raises(TooManyUnits):
        place(parent)


def test_a_parcel_needs_an_address(parent):
    put_product_in_basket(user=parent, product=factories.make_goods(stock=1))
    with pytest.raises(AddressMissing):
        place(parent, address=None)


def test_an_ended_hold_is_taken_again_while_the_time_is_free(parent):
    line = put_session(parent, factories.make_service())
    later = timezone.now() + timedelta(minutes=40)
    order = place(parent, now=later)
    line.booking.refresh_from_db()
    assert line.booking.held_until == order.expires_at == later + timedelta(minutes=30)


def test_an_ended_hold_somebody_else_took_is_refused_with_other_times_and_the_basket_stays(parent):
    service = factories.make_service()
    put_session(parent, service)
    later = timezone.now() + timedelta(minutes=40)
    put_session(factories.make_parent(), service, now=later)
    with pytest.raises(SlotTaken) as refusal:
        place(parent, now=later)
    assert refusal.value.alternatives
    assert basket_line_count(parent) == 1


def test_an_order_never_waits_past_its_first_session(parent):
    service = factories.make_service(minimum_notice_minutes=0)
    line = put_session(parent, service)
    starts_at = line.booking.occupancy.starts_at
    order = place(parent, now=starts_at - timedelta(minutes=10))
    assert order.expires_at == starts_at


def test_an_order_of_nothing_is_paid_as_it_is_placed(parent):
    order = order_of(parent, factories.make_service(price_fen=0))
    assert order.status == OrderStatus.PAID
    assert order.lines.get().booking.status == BookingStatus.BOOKED
    assert open_intent_of("order", order.pk) is None
