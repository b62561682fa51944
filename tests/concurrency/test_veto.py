"""A veto against a booking at the same moment, on two connections: it is refused, or the veto sees it."""

import threading
from contextlib import suppress

import pytest
from django.db import transaction

from catalog.scheduling.enums import Mode
from catalog.scheduling.errors import SlotNotOffered
from catalog.scheduling.models import Booking
from catalog.scheduling.services import hold_slot, keeping
from catalog.standing.services import withhold, withholding
from tests import factories
from tests.catalog.standing.deciding import REASONS, make_association

pytestmark = pytest.mark.django_db(transaction=True)
TEN = factories.shanghai(factories.next_weekday(5, weeks=1), 10)


@pytest.fixture
def rush(run_concurrently, monkeypatch):
    """A family books while an association says no; the booking rests between looking and writing."""
    service, parent = factories.make_service(), factories.make_parent()
    body, person = make_association()
    has_looked, has_decided = threading.Event(), threading.Event()
    look = keeping._lock_providers

    def look_and_rest(wishes):
        look(wishes)
        has_looked.set()
        has_decided.wait(1)  # with the guard the veto waits for us instead

    monkeypatch.setattr(keeping, "_lock_providers", look_and_rest)

    def book():
        return hold_slot(
            service=service, provider=service.providers.get(), starts_at=TEN, child=parent.children.first(),
            mode=Mode.PHONE, booked_by=parent,
        )  # fmt: skip

    def decide():
        has_looked.wait(10)
        with transaction.atomic():
            withhold(target=service.product, body=body, decided_by=person, reasons=REASONS)
            seen = Booking.objects.filter(service=service).count()
        has_decided.set()
        return seen

    return lambda: run_concurrently(lambda n: (book, decide)[n](), 2)


def test_a_booking_just_before_a_veto_is_seen_by_it(rush):
    booking, decision = rush()
    assert booking.error is None and decision.error is None
    assert decision.value == 1


def test_without_the_lock_the_veto_overlooks_it(rush, monkeypatch):
    monkeypatch.setattr(withholding, "lock_givers", lambda target: None)
    booking, decision = rush()
    assert booking.error is None and decision.error is None
    assert decision.value == 0


def test_a_booking_that_waited_for_the_veto_is_refused(run_concurrently, monkeypatch):
    service, parent = factories.make_service(), factories.make_parent()
    body, person = make_association()
    has_begun, is_waiting = threading.Event(), threading.Event()

    def decide():
        with transaction.atomic():
            withhold(target=service.product, body=body, decided_by=person, reasons=REASONS)
            has_begun.set()
            is_waiting.wait(1)

    def book():
        has_begun.wait(10)
        with suppress(SlotNotOffered):
            hold_slot(
                service=service, provider=service.providers.get(), starts_at=TEN, child=parent.children.first(),
                mode=Mode.PHONE, booked_by=parent,
            )  # fmt: skip

    outcomes = run_concurrently(lambda n: (decide, book)[n](), 2)
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert not Booking.objects.exists()
