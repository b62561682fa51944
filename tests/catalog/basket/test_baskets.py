"""What may lie in a basket, and how it is taken out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.basket.errors import LineGone, NeedsATime, NotForSale, NotYetForSale, TooManyUnits
from catalog.basket.models import Line
from catalog.basket.offers import current_offer
from catalog.basket.selectors import arranged, basket_line_count, open_basket_of, wishes_in
from catalog.basket.services import change_quantity, drop_expired_lines, put_product_in_basket, remove_line
from catalog.catalogue.enums import ProductKind, SaleState
from catalog.partner.exceptions import SoldOut
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.errors import ChildAlreadyBooked, NotYourChild, SlotTaken
from catalog.scheduling.models import Booking
from tests import factories
from tests.catalog.order.placed import free_start, put_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent(children=2)


def test_a_session_in_the_basket_holds_its_time(parent):
    line = put_session(parent, factories.make_service())
    assert line.booking.status == BookingStatus.PENDING
    assert line.booking.held_until > timezone.now() + timedelta(minutes=29)
    assert line.child == parent.children.first()


def test_the_same_wish_twice_is_one_hold(parent):
    service = factories.make_service()
    assert put_session(parent, service) == put_session(parent, service)
    assert Booking.objects.count() == 1


def test_a_child_is_not_in_two_places(parent):
    put_session(parent, factories.make_service())
    with pytest.raises(ChildAlreadyBooked):
        put_session(parent, factories.make_service())
    assert basket_line_count(parent) == 1


def test_a_taken_time_offers_others_and_changes_nothing(parent):
    service = factories.make_service()
    put_session(factories.make_parent(), service)
    with pytest.raises(SlotTaken) as refusal:
        put_session(parent, service)
    assert refusal.value.alternatives
    assert basket_line_count(parent) == 0


def test_anybody_of_the_service_will_do(parent):
    service = factories.make_service(*[factories.make_provider(partner=p) for p in [factories.make_partner()] * 2])
    put_session(factories.make_parent(), service)
    assert put_session(parent, service).booking.occupancy.provider in service.providers.all()


def test_only_ones_own_children(parent):
    with pytest.raises(NotYourChild):
        put_session(parent, factories.make_service(), child=factories.make_parent().children.first())


def test_taking_a_line_out_frees_its_time_for_others(parent):
    service = factories.make_service()
    line = put_session(parent, service)
    remove_line(user=parent, line_id=line.pk)
    remove_line(user=parent, line_id=line.pk)
    assert basket_line_count(parent) == 0
    assert put_session(factories.make_parent(), service)


def test_strangers_reach_no_line(parent):
    line = put_product_in_basket(user=parent, product=factories.make_goods(stock=4))
    stranger = factories.make_parent()
    put_product_in_basket(user=stranger, product=factories.make_course())
    remove_line(user=stranger, line_id=line.pk)
    with pytest.raises(LineGone):
        change_quantity(user=stranger, line_id=line.pk, quantity=2)
    assert basket_line_count(parent) == 1


def test_ended_holds_leave_the_basket_and_say_which_time_it_was(parent):
    line = put_session(parent, factories.make_service())
    put_product_in_basket(user=parent, product=factories.make_course())
    starts_at = line.booking.occupancy.starts_at
    assert drop_expired_lines(user=parent) == []
    assert drop_expired_lines(user=parent, now=timezone.now() + timedelta(minutes=31)) == [starts_at]
    assert basket_line_count(parent) == 1
    line.booking.refresh_from_db()
    assert line.booking.status == BookingStatus.CANCELLED


def test_goods_add_up_and_a_course_stays_one(parent):
    toy, course = factories.make_goods(stock=5), factories.make_course()
    for _ in range(2):
        put_product_in_basket(user=parent, product=toy, quantity=2)
        put_product_in_basket(user=parent, product=course)
    assert dict(Line.objects.values_list("product", "quantity")) == {toy.pk: 4, course.pk: 1}


@pytest.mark.parametrize("quantity", [0, -1, 6, 10**6])
def test_no_more_than_there_is_and_no_less_than_one(parent, quantity):
    toy = factories.make_goods(stock=5)
    with pytest.raises(TooManyUnits):
        put_product_in_basket(user=parent, product=toy, quantity=quantity)
    assert basket_line_count(parent) == 0
    line = put_product_in_basket(user=parent, product=toy)
    with pytest.raises(TooManyUnits):
        change_quantity(user=parent, line_id=line.pk, quantity=quantity)
    assert change_quantity(user=parent, line_id=line.pk, quantity=5).quantity == 5


def test_what_cannot_be_bought_is_refused_by_name(parent):
    refusals = [
        (factories.make_service().product, NeedsATime),
        (factories.make_course(sale_state=SaleState.COMING), NotYetForSale),
        (factories.make_course(sale_state=SaleState.PAUSED), NotForSale),
        (factories.make_course(is_public=False), NotForSale),
        (factories.make_product(kind=ProductKind.ASSESSMENT), NotForSale),
        (factories.make_goods(stock=0), SoldOut),
    ]
    for product, refusal in refusals:
        with pytest.raises(refusal):
            put_product_in_basket(user=parent, product=product)


def test_a_product_without_a_price_or_in_another_currency_is_not_for_sale():
    course = factories.make_course()
    course.stockrecords.update(price_currency="USD")
    with pytest.raises(NotForSale):
        current_offer(course)
    course.stockrecords.all().delete()
    with pytest.raises(NotForSale):
        current_offer(course)


def test_wishes_are_filtered_sorted_and_grouped(parent):
    first, second = parent.children.all()
    dear, cheap = factories.make_service(price_fen=50_000), factories.make_service(price_fen=10_000)
    put_session(parent, dear, child=first, starts_at=free_start(weeks=1))
    put_session(parent, cheap, child=second, starts_at=free_start())
    put_product_in_basket(user=parent, product=factories.make_course(price_fen=20_000))
    wishes = wishes_in(open_basket_of(parent))

    def prices(**words):
        return [[wish.price_fen for wish in group.wishes] for group in arranged(wishes, **words)]

    assert prices() == [[50_000, 10_000, 20_000]]
    assert prices(sort="price") == [[10_000, 20_000, 50_000]]
    assert prices(sort="date") == [[10_000, 50_000, 20_000]]
    assert prices(kind="session") == [[50_000, 10_000]]
    assert prices(kind="nonsense", sort="nonsense", group="nonsense") == [[50_000, 10_000, 20_000]]
    by_child = {group.title: group.total_fen for group in arranged(wishes, group="child")}
    assert by_child == {first.nickname: 50_000, second.nickname: 10_000, "全家": 20_000}
    assert len(arranged(wishes, group="provider")) == 3
