"""A young person looks, chooses and keeps; somebody else pays. Below 8 a guardian does all of it."""

import pytest

from catalog.basket.errors import GuardianPays
from catalog.basket.models import Line
from catalog.basket.services import put_product_in_basket, put_session_in_basket
from catalog.scheduling.errors import NotYourChild
from catalog.scheduling.models import Booking
from marketplace.families.models import Child
from tests import factories
from tests.catalog.basket.test_basket_pages import choose_page
from tests.catalog.order.placed import free_start

pytestmark = pytest.mark.django_db


def test_services_can_be_looked_at():
    service = factories.make_service()
    client = factories.signed_in(factories.make_teen())
    assert client.get("/services/").status_code == 200
    assert client.get(service.product.get_absolute_url()).status_code == 200


def test_a_young_person_keeps_a_time_and_is_led_to_the_checkout():
    teen = factories.make_teen()
    service = factories.make_service(price_fen=36_000)
    browser = factories.signed_in(teen)
    page = browser.get(choose_page(service)).content.decode()
    assert str(teen.young_profile.public_id) in page and "¥360" in page
    answer = browser.post(choose_page(service), {"child": str(teen.young_profile.public_id), "mode": "in_person"})
    assert answer.url == "/checkout/"
    assert Booking.objects.get().booked_by == teen and Line.objects.get().child == teen.young_profile


def test_nobody_keeps_a_time_for_another_child():
    with pytest.raises(NotYourChild):
        put_session_in_basket(
            user=factories.make_teen(),
            service=factories.make_service(),
            child=factories.make_teen().young_profile,
            mode="in_person",
            starts_at=free_start(),
        )


def test_goods_go_into_a_young_persons_basket():
    product = factories.make_goods()
    factories.signed_in(factories.make_teen()).post("/basket/add/", {"product": product.pk})
    assert Line.objects.count() == 1


@pytest.fixture
def too_young():
    """An account of a child below 8: none should be, and none can choose."""
    teen = factories.make_teen(factories.make_user(nickname="林女士"))
    Child.objects.filter(account=teen).update(born_on=factories.make_teen(age=7).young_profile.born_on)
    return teen


@pytest.mark.parametrize("method", ["get", "post"])
def test_below_eight_a_time_explains_that_a_parent_books_and_holds_nothing(too_young, method):
    page = choose_page(factories.make_service(price_fen=36_000))
    data = {"child": str(too_young.young_profile.public_id), "mode": "in_person"}
    text = getattr(factories.signed_in(too_young), method)(page, data if method == "post" else None).content.decode()
    assert "请家长帮你约" in text and "林女士" in text and "¥" not in text and "/help/now/" in text
    assert not Booking.objects.exists() and not Line.objects.exists()


def test_below_eight_the_services_refuse_too(too_young):
    with pytest.raises(GuardianPays):
        put_product_in_basket(user=too_young, product=factories.make_goods())
    with pytest.raises(GuardianPays):
        put_session_in_basket(
            user=too_young,
            service=factories.make_service(),
            child=too_young.young_profile,
            mode="in_person",
            starts_at=free_start(),
        )


def test_an_account_without_a_profile_is_told_to_ask_a_parent_in():
    teen = factories.make_teen()
    Child.objects.filter(account=teen).update(account=None)
    response = factories.signed_in(teen).post("/basket/add/", {"product": factories.make_goods().pk}, follow=True)
    assert "由家长来选、来付款" in response.content.decode() and not Line.objects.exists()


def test_of_age_one_buys_for_oneself():
    teen = factories.make_teen(age=17)
    Child.objects.filter(account=teen).update(born_on=factories.make_teen(age=18).young_profile.born_on)
    put_product_in_basket(user=teen, product=factories.make_goods())
    assert Line.objects.count() == 1
