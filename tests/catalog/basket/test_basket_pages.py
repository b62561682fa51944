"""The basket's pages: by GET without JavaScript, closed to strangers, kind when a time is gone."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.basket.models import Line
from catalog.basket.selectors import basket_line_count
from catalog.basket.services import put_product_in_basket
from catalog.catalogue.enums import SaleState
from catalog.scheduling.models import Booking
from tests import factories
from tests.catalog.order.placed import free_start, put_session
from tests.catalog.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent(children=2)


@pytest.fixture
def client(parent):
    return factories.signed_in(parent)


def choose_page(service, starts_at=None, **more) -> str:
    return f"{reverse('basket:choose')}?{urlencode({'service': service.pk, 'start': (starts_at or free_start()).isoformat()} | more)}"


def answers(parent, mode="in_person") -> dict[str, str]:
    return {"child": str(parent.children.first().public_id), "mode": mode}


def test_a_visitor_signs_in_first_and_comes_back_to_the_same_time():
    page = choose_page(factories.make_service())
    response = Client().get(page)
    assert response.status_code == 302
    assert parse_qs(urlsplit(response.url).query)["next"] == [page]


@pytest.mark.parametrize("name", ["basket:summary", "checkout:index", "orders:list", "mine:library", "mine:parcels"])
def test_pages_of_ones_own_ask_visitors_to_sign_in(name):
    response = Client().get(reverse(name))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_choosing_shows_time_price_policy_and_keeps_the_time(client, parent):
    service = factories.make_service(price_fen=36_000, free_cancel_hours=24, late_refund_percent=50)
    page = choose_page(service)
    text = client.get(page).content.decode()
    for words in ("¥360", "10:00–10:50", "保留 30 分钟", parent.children.first().nickname, "退 50%"):
        assert words in text
    response = client.post(page, answers(parent))
    assert response.url == reverse("checkout:index")
    assert Line.objects.get().booking.child == parent.children.first()


def test_a_time_with_an_unescaped_plus_sign_is_understood(client):
    service = factories.make_service()
    page = f"{reverse('basket:choose')}?service={service.pk}&start={free_start().isoformat()}&provider="
    assert client.get(page).status_code == 200


def test_errors_stand_beside_their_fields_and_nothing_is_held(client):
    response = client.post(choose_page(factories.make_service()), {"mode": "telepathy"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "请选择为哪个孩子预约。" in text
    assert "这种方式暂时不能预约。" in text
    assert not Booking.objects.exists()


def test_somebody_elses_child_cannot_be_chosen(client):
    stranger = factories.make_parent()
    response = client.post(choose_page(factories.make_service()), answers(stranger))
    assert response.status_code == 422
    assert not Booking.objects.exists()


def test_without_a_child_the_page_leads_to_adding_one_and_back():
    client = factories.signed_in(factories.make_parent(children=0))
    page = choose_page(factories.make_service())
    text = client.get(page).content.decode()
    assert f"{reverse('family:add_child')}?next=" in text
    assert "disabled" in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_taken_time_says_so_with_the_nearest_others_as_links(client, parent, method):
    service = factories.make_service()
    put_session(factories.make_parent(), service)
    page = choose_page(service, provider=service.providers.get().pk)
    response = client.get(page) if method == "get" else client.post(page, answers(parent))
    assert response.status_code == 409
    assert response.content.decode().count("/basket/choose/?service=") == 3
    assert basket_line_count(parent) == 0


def test_ones_own_held_time_leads_on_instead_of_being_called_taken(client, parent):
    service = factories.make_service()
    put_session(parent, service)
    assert client.get(choose_page(service)).url == reverse("checkout:index")


def test_a_full_group_offers_its_other_dates(client, parent):
    service = factories.make_group_service()
    full = factories.make_group_occupancy(service, starts_at=free_start(), seats=1)
    other = factories.make_group_occupancy(service, starts_at=free_start(weeks=1), seats=1)
    put_session(factories.make_parent(), service, occupancy=full)
    response = client.get(choose_page(service, occupancy=full.public_id))
    assert response.status_code == 409
    assert str(other.public_id) in response.content.decode()
    assert (
        client.post(choose_page(service, free_start(weeks=1), occupancy=other.public_id), answers(parent)).status_code
        == 302
    )


@pytest.mark.parametrize(
    "query", ["", "service=x", "service=1&start=never", "service={service}&start=2026-13-45T99:00:00%2B08:00",
              "service={service}&start=2030-01-05T10:00:00", "service={service}&start={start}&provider=0",
              "service={service}&occupancy=not-a-uuid", "service=99999999999999999999&start={start}"]
)  # fmt: skip
def test_addresses_that_name_no_time_are_not_found(client, query):
    service = factories.make_service()
    start = urlencode({"": free_start().isoformat()})[1:]
    assert client.get(f"{reverse('basket:choose')}?{query.format(service=service.pk, start=start)}").status_code == 404


def test_the_basket_is_arranged_by_its_address(client, parent):
    put_session(parent, factories.make_service(price_fen=50_000, product={"title": "午后谈话"}))
    put_product_in_basket(user=parent, product=factories.make_course(price_fen=1_000, title="清晨练习"))
    text = client.get(reverse("basket:summary")).content.decode()
    assert text.index("午后谈话") < text.index("清晨练习")
    assert "¥510" in text
    text = client.get(reverse("basket:summary"), {"sort": "price"}).content.decode()
    assert text.index("清晨练习") < text.index("午后谈话")
    text = client.get(reverse("basket:summary"), {"kind": "course"}).content.decode()
    assert "午后谈话" not in text
    text = client.get(reverse("basket:summary"), {"group": "child"}).content.decode()
    assert parent.children.first().nickname in text
    assert "全家" in text


def test_an_ended_hold_is_gone_from_the_page_with_a_kind_sentence(client, parent):
    put_session(parent, factories.make_service())
    Booking.objects.update(held_until=timezone.now() - timedelta(minutes=1))
    text = client.get(reverse("basket:summary")).content.decode()
    assert "的保留时间到了，已经从购物篮移出，没有扣款" in text
    assert "购物篮还是空的" in text


def test_what_went_off_sale_says_so_and_stops_the_checkout(client, parent):
    course = factories.make_course()
    put_product_in_basket(user=parent, product=course)
    type(course).objects.update(sale_state=SaleState.PAUSED)
    text = client.get(reverse("basket:summary")).content.decode()
    assert "这项暂时不能购买" in text
    assert 'aria-disabled="true"' in text


def test_adding_changing_and_removing_by_plain_forms(client, parent):
    toy = factories.make_goods(stock=4)
    assert client.post(reverse("basket:add"), {"product": toy.pk}).url == reverse("basket:summary")
    line = Line.objects.get()
    client.post(reverse("basket:update", args=[line.pk]), {"quantity": 3})
    line.refresh_from_db()
    assert line.quantity == 3
    client.post(reverse("basket:update", args=[line.pk]), {"quantity": "a lot"})
    line.refresh_from_db()
    assert line.quantity == 3
    response = client.post(reverse("basket:remove", args=[line.pk]), {"next": "https://elsewhere.example/"})
    assert response.url == reverse("basket:summary")
    assert basket_line_count(parent) == 0


def test_adding_what_cannot_be_added_says_why(client):
    response = client.post(reverse("basket:add"), {"product": factories.make_goods(stock=0).pk}, follow=True)
    assert "刚刚卖完了" in response.content.decode()
    assert client.post(reverse("basket:add"), {"product": "0"}).status_code == 404
    assert client.get(reverse("basket:add")).status_code == 405


def test_strangers_change_no_line(parent):
    line = put_product_in_basket(user=parent, product=factories.make_goods(stock=4))
    stranger = factories.signed_in(factories.make_parent())
    stranger.post(reverse("basket:update", args=[line.pk]), {"quantity": 3})
    stranger.post(reverse("basket:remove", args=[line.pk]))
    line.refresh_from_db()
    assert line.quantity == 1


def test_three_lines_cost_no_more_queries_than_one(client, parent):
    def fill(weeks):
        put_session(parent, factories.make_service(), starts_at=free_start(weeks=weeks))

    fill(0)
    client.get(reverse("basket:summary"))
    one = queries_of(lambda: client.get(reverse("basket:summary"), {"group": "provider"}))
    fill(1)
    fill(2)
    assert queries_of(lambda: client.get(reverse("basket:summary"), {"group": "provider"})) <= one
