"""What a family sees of its packages: before buying, at checkout, where they went, and money back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import put_product_in_basket
from catalog.credits.models import CreditGrant, CreditUse
from catalog.order.models import Order
from catalog.scheduling.enums import BookingStatus
from payments.models import Refund
from tests import factories
from tests.catalog.order.placed import pay, place, put_session
from tests.factories.money import make_package, make_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def service():
    return factories.make_service(price_fen=36_000, product={"title": "个体谈话"})


@pytest.fixture
def grant(parent, service):
    put_product_in_basket(user=parent, product=make_package(service, sessions=5, price_fen=170_000).product)
    pay(place(parent))
    return CreditGrant.objects.get()


@pytest.fixture
def family(parent):
    return factories.signed_in(parent)


def checkout(family, parent, **data):
    page = family.get(reverse("checkout:index"))
    form = page.context["form"]
    hidden = {bound.html_name: bound.value() or "" for bound in form.credit_fields.values()}
    sent = {
        "basket": open_basket_of(parent).pk, "shown_fen": page.context["total_fen"],
        "contact_name": "林女士", "contact_phone": "13800000000",
    }  # fmt: skip
    return page, family.post(reverse("checkout:index"), sent | hidden | data, follow=True)


def test_before_buying_it_says_what_is_promised(client, service):
    package = make_package(service, sessions=5, price_fen=170_000)
    page = client.get(package.product.get_absolute_url()).content.decode()
    for words in ("5 次，平均每次 ¥340", "个体谈话", "180 天内", "随时可以退", "到期没用的按次数自动退钱"):
        assert words in page, words


def test_a_session_is_paid_by_a_package_unless_one_says_money(family, parent, service, grant):
    put_session(parent, service)
    page, answer = checkout(family, parent)
    words = page.content.decode()
    assert "次卡 1 次" in words and "改用付钱" in words and page.context["total_fen"] == 0
    order = Order.objects.latest("pk")
    assert order.paid_at is not None and order.lines.get().booking.status == BookingStatus.BOOKED
    assert "次卡 1 次" in answer.content.decode()


def test_with_money_nothing_is_spent(family, parent, service, grant):
    put_session(parent, service)
    line = open_basket_of(parent).lines.get()
    page = family.get(reverse("checkout:index"), {"money": line.pk})
    assert page.context["total_fen"] == 36_000 and "改用次卡" in page.content.decode()
    _page, _answer = checkout(family, parent, **{f"credit_{line.pk}": "", "shown_fen": 36_000})
    assert Order.objects.latest("pk").total_fen == 36_000
    assert not CreditUse.objects.exists()


def test_a_voucher_and_a_package_stand_side_by_side(family, parent, service, grant):
    put_session(parent, service)
    put_product_in_basket(user=parent, product=factories.make_course(price_fen=10_000))
    family.post(reverse("basket:code"), {"code": make_voucher(percent=10).code})
    page, _answer = checkout(family, parent)
    assert page.context["total_fen"] == 9_000
    assert Order.objects.latest("pk").total_fen == 9_000


def test_anothers_package_is_no_choice(parent, service, grant):
    stranger = factories.make_parent()
    put_session(stranger, service)
    line = open_basket_of(stranger).lines.get()
    client = factories.signed_in(stranger)
    _page, answer = checkout(client, stranger, **{f"credit_{line.pk}": str(grant.public_id), "shown_fen": 0})
    assert not CreditUse.objects.exists()
    assert open_basket_of(stranger) is not None


def test_where_it_went_and_money_back(family, parent, service, grant):
    put_session(parent, service)
    checkout(family, parent)
    page = family.get(reverse("credits:detail", args=[grant.public_id])).content.decode()
    assert "个体谈话" in page and "退没用的次数" in page and "¥1,360" in page
    family.post(reverse("credits:refund", args=[grant.public_id]), {"units": "2"})
    assert Refund.objects.get().amount_fen == 68_000
    assert "退 2 次，¥680" in family.get(reverse("credits:detail", args=[grant.public_id])).content.decode()


def test_cancelling_says_what_becomes_of_the_session(family, parent, service, grant):
    put_session(parent, service)
    checkout(family, parent)
    booking = CreditUse.objects.get().booking
    url = reverse("orders:cancel_booking", args=[booking.public_id])
    assert "退回次卡" in family.get(url).content.decode()
    answer = family.post(url, {"refund_fen": "0"}, follow=True).content.decode()
    assert "已经退回次卡" in answer
    grant.refresh_from_db()
    assert grant.left == 5


def test_a_stranger_finds_nothing(grant):
    stranger = factories.signed_in(factories.make_parent())
    for name in ("detail", "refund"):
        assert stranger.get(reverse(f"credits:{name}", args=[grant.public_id])).status_code == 404
    assert stranger.post(reverse("credits:refund", args=[grant.public_id]), {"units": "1"}).status_code == 404


def test_a_wrong_number_of_sessions_is_explained(family, grant):
    answer = family.post(reverse("credits:refund", args=[grant.public_id]), {"units": "9"})
    assert answer.status_code == 422 and not Refund.objects.exists()


def test_lists_cost_the_same_for_one_and_three(family, parent, service, grant):
    urls = [reverse("credits:index"), reverse("vouchers:mine")]
    counts = {}
    for url in urls:
        family.get(url)
        with CaptureQueriesContext(connection) as one:
            family.get(url)
        counts[url] = len(one)
    for _each in range(2):
        put_product_in_basket(user=parent, product=make_package(service).product)
        pay(place(parent))
    for url in urls:
        with CaptureQueriesContext(connection) as three:
            family.get(url)
        assert len(three) <= counts[url], url


def test_a_checkout_with_packages_costs_the_same_for_one_and_three_sessions(family, parent, service, grant):
    put_session(parent, service)
    url = reverse("checkout:index")
    family.get(url)
    with CaptureQueriesContext(connection) as one:
        family.get(url)
    for hour in (12, 14):
        from tests.catalog.order.placed import free_start

        put_session(parent, service, starts_at=free_start(hour=hour))
    with CaptureQueriesContext(connection) as three:
        family.get(url)
    assert len(three) <= len(one)
