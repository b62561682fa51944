"""Products side by side: what stands there, for anybody, in how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.browse.services import refresh_listings
from tests.factories import make_provider, make_service

pytestmark = pytest.mark.django_db
PAGE = "/services/compare/"


def address(*services):
    return PAGE + "?" + "&".join(f"p={service.product_id}" for service in services)


def test_what_a_family_asks_first_stands_side_by_side(client):
    cheap, dear = make_service(make_provider(), price_fen=20_000), make_service(make_provider(), price_fen=60_000)
    refresh_listings()
    shown = client.get(address(cheap, dear)).content.decode()
    for fact in (cheap.product.title, dear.product.title, "¥200", "¥600", "最早的时间", "50 分钟"):
        assert fact in shown


def test_the_products_page_leads_here(client):
    service = make_service(make_provider())
    refresh_listings()
    assert address(service) in client.get(service.product.get_absolute_url()).content.decode()


@pytest.mark.parametrize("query", ["", "?p=x", "?p=99999999999999", "?p=-1", "?p=999999999"])
def test_nothing_to_compare_says_what_to_do(client, query):
    answer = client.get(PAGE + query)
    assert answer.status_code == 200 and "还没有可以比的" in answer.content.decode()


def test_what_is_not_public_is_not_shown(client):
    hidden, shown = make_service(make_provider()), make_service(make_provider())
    type(hidden.product).objects.filter(pk=hidden.product_id).update(is_public=False)
    refresh_listings()
    page = client.get(address(hidden, shown)).content.decode()
    assert hidden.product.title not in page and shown.product.title in page


def test_three_take_as_many_queries_as_two(client):
    services = [make_service(make_provider()) for _ in range(3)]
    refresh_listings()
    counts = []
    for number in (1, 2):
        client.get(address(*services[:number]))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(*services[:number]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
