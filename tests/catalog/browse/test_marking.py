"""Listings follow what happens elsewhere, and never stand in its way."""

import pytest

from catalog.browse.models import Listing
from catalog.browse.services import marking, refresh_listings
from catalog.scheduling.services import hold_slot
from catalog.scheduling.signals import availability_changed
from tests.factories import make_child, make_course, make_parent, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what a transaction left for its commit; the worker's tasks run at once in tests."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_held_time_leaves_the_card(committed):
    service = make_service()
    refresh_listings()
    first = Listing.objects.get().next_starts[0]
    parent = make_parent(children=0)
    with committed():
        hold_slot(
            service=service,
            provider=service.providers.get(),
            starts_at=first,
            child=make_child(parent),
            mode="phone",
            booked_by=parent,
        )
    assert first not in Listing.objects.get().next_starts


def test_a_new_price_and_a_new_product_are_listed(committed):
    with committed():
        course = make_course(price_fen=6_800)
    assert Listing.objects.get(pk=course.pk).price_fen == 6_800
    with committed():
        record = course.stockrecords.get()
        record.price = 98
        record.save()
    assert Listing.objects.get(pk=course.pk).price_fen == 9_800


def test_a_provider_who_leaves_takes_what_only_they_gave(committed):
    service = make_service()
    refresh_listings()
    provider = service.providers.get()
    with committed():
        provider.is_active = False
        provider.save()
    assert not Listing.objects.get(pk=service.product_id).is_shown


def test_marks_are_taken_together_and_once(monkeypatch):
    monkeypatch.setattr("catalog.browse.tasks.refresh_marked.apply_async", lambda **options: None)
    marking._mark(("product:7", "provider:3", "product:7"))
    assert marking.take_marks(10) == {"product": [7], "provider": [3], "partner": []}
    assert not any(marking.take_marks(10).values())


def test_a_booking_goes_through_while_redis_is_away(committed, monkeypatch):
    def away():
        raise ConnectionError

    monkeypatch.setattr(marking, "_store", away)
    with committed():
        availability_changed.send(sender=None, provider_ids=(1,))
