"""Counting what listings show: by product and day, of nobody, at no cost to who looks."""

from datetime import date, timedelta

import pytest
import redis
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.browse import shown
from catalog.browse.services import refresh_listings
from catalog.capacity.models import Exposure
from catalog.capacity.services import add_exposures, note_exposures
from tests.factories.catalogue import make_service
from tests.factories.people import make_parent, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tally(monkeypatch):
    """A process that has counted nothing yet, and sends at once."""
    fresh = shown.Tally()
    monkeypatch.setattr("catalog.browse.middleware.tally", fresh)
    monkeypatch.setattr(shown, "EVERY_SECONDS", 0.0)
    shown._store().delete(shown._COUNTS, shown._TAKEN)
    return fresh


@pytest.fixture
def product():
    product = make_service().product
    refresh_listings(product_ids=[product.pk])
    return product


def counted(product) -> int:
    note_exposures()
    return sum(Exposure.objects.filter(product=product).values_list("times", flat=True))


def test_a_page_of_the_listing_counts_once_from_the_page_cache_too(product):
    for _ in range(3):
        assert product.title in Client().get(reverse("browse:index")).content.decode()
    signed_in(make_parent()).get(reverse("browse:index"))

    assert counted(product) == 4
    assert Exposure.objects.get().on == timezone.localdate()


def test_another_page_counts_nothing(product):
    Client().get(product.get_absolute_url())
    Client().head(reverse("browse:index"))

    assert counted(product) == 0


def test_it_costs_no_query_and_one_pipeline_every_few_seconds(product, tally, monkeypatch):
    parent = signed_in(make_parent())
    parent.get(reverse("browse:index"))
    with CaptureQueriesContext(connection) as queries:
        parent.get(reverse("browse:index"))
    assert not [each for each in queries.captured_queries if "capacity_" in each["sql"]]

    sent = []
    monkeypatch.setattr(shown, "_send", sent.append)
    monkeypatch.setattr(shown, "EVERY_SECONDS", 3_600.0)
    for _ in range(100):
        tally.add([product.pk])
    assert sent == []


def test_without_redis_the_page_comes_all_the_same(product, monkeypatch):
    gone = redis.Redis(host="127.0.0.1", port=1)
    monkeypatch.setattr(shown, "_store", lambda: gone)

    assert Client().get(reverse("browse:index")).status_code == 200


def test_counts_are_added_up_by_day_and_gone_products_left_out(product):
    yesterday = timezone.localdate() - timedelta(days=1)
    add_exposures({(yesterday, product.pk): 2, (yesterday, 10**9): 5})
    add_exposures({(yesterday, product.pk): 3})

    assert list(Exposure.objects.values_list("product", "on", "times")) == [(product.pk, yesterday, 5)]


def test_what_a_stopped_machine_took_and_did_not_write_is_written_next(product):
    Client().get(reverse("browse:index"))
    assert shown.take_shown()  # and here the machine stops
    Client().get(reverse("browse:index"))

    assert note_exposures() == 1
    assert counted(product) == 2


def test_nothing_but_product_day_and_number_is_kept():
    assert {field.name for field in Exposure._meta.fields} == {"id", "product", "on", "times"}
    assert shown._seen("2026-06-01:7") == (date(2026, 6, 1), 7)
