"""A young person looks and chooses; a guardian books and pays."""

import pytest

from catalog.basket.errors import GuardianPays
from catalog.basket.models import Line
from catalog.basket.services import put_product_in_basket, put_session_in_basket
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


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_time_explains_that_a_parent_pays_and_holds_nothing(method):
    teen = factories.make_teen()
    page = choose_page(factories.make_service(price_fen=36_000))
    data = {"child": str(teen.young_profile.public_id), "mode": "in_person"}
    text = getattr(factories.signed_in(teen), method)(page, data if method == "post" else None).content.decode()
    assert "请家长帮你约" in text and "邀请家长" in text and "¥" not in text
    assert f"/family/{teen.young_profile.public_id}/invite/asks_guardian/" in text and "/help/now/" in text
    assert not Booking.objects.exists() and not Line.objects.exists()


def test_with_a_parent_it_says_what_to_tell_them():
    teen = factories.make_teen(factories.make_user(nickname="林女士"))
    text = factories.signed_in(teen).get(choose_page(factories.make_service())).content.decode()
    assert "告诉家长这几件事就够了" in text and "林女士" in text and "邀请家长" not in text


def test_goods_are_not_put_into_a_young_persons_basket():
    product = factories.make_goods()
    response = factories.signed_in(factories.make_teen()).post("/basket/add/", {"product": product.pk}, follow=True)
    assert "由家长来付款" in response.content.decode() and not Line.objects.exists()


def test_the_services_refuse_too():
    teen = factories.make_teen()
    with pytest.raises(GuardianPays):
        put_product_in_basket(user=teen, product=factories.make_goods())
    with pytest.raises(GuardianPays):
        put_session_in_basket(
            user=teen,
            service=factories.make_service(),
            child=teen.young_profile,
            mode="in_person",
            starts_at=free_start(),
        )


def test_of_age_one_buys_for_oneself():
    teen = factories.make_teen(age=17)
    Child.objects.filter(account=teen).update(born_on=factories.make_teen(age=18).young_profile.born_on)
    put_product_in_basket(user=teen, product=factories.make_goods())
    assert Line.objects.count() == 1
