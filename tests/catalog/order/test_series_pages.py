"""Giving up what is left of a series: what comes back is shown before, and is what comes back."""

import pytest
from django.urls import reverse

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from tests import factories
from tests.catalog.order.placed import pay, place
from tests.catalog.order.test_series_money import series_in_basket

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def series(parent):
    service = factories.make_service(factories.make_provider(keeps_holidays=False), price_fen=36_000, series_limit=4)
    series_in_basket(parent, service, count=3)
    pay(place(parent))
    return Booking.objects.first().series


def page(series):
    return reverse("orders:cancel_series", args=[series.public_id])


def test_what_comes_back_is_shown_and_agreed_to(parent, series):
    client = factories.signed_in(parent)
    assert page(series) in client.get(f"/bookings/{series.bookings.first().public_id}/").content.decode()
    shown = client.get(page(series)).content.decode()
    assert shown.count("退回 ¥360") == 3 and 'value="108000"' in shown
    assert client.post(page(series), {"refund_fen": "1"}).url == page(series)
    assert not Booking.objects.filter(status=BookingStatus.CANCELLED).exists()
    assert client.post(page(series), {"refund_fen": "108000"}).url == "/bookings/"
    assert Booking.objects.filter(status=BookingStatus.CANCELLED).count() == 3
    assert client.get(page(series)).url == "/bookings/"


def test_strangers_find_nothing(client, series):
    other = factories.signed_in(factories.make_parent())
    assert other.get(page(series)).status_code == other.post(page(series)).status_code == 404
    assert client.get(page(series)).status_code == 302
