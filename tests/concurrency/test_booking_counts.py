"""What `make show-booking` counts is what it says it counts: every fault it knows is found where it is planted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from catalog.basket.selectors import open_basket_of
from catalog.credits.enums import GrantSource
from catalog.credits.services import grant_credits
from tests import factories
from tests.catalog.order.placed import place, put_session
from tests.support import booking_counts
from tests.support.booking_counts import COUNTERS, Told
from tests.support.booking_planted import PLANTED, find_planted

pytestmark = pytest.mark.django_db(transaction=True)
NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(transactional_db):
    """The driver's own connection, past Django."""
    connection.ensure_connection()
    return connection.connection


@pytest.fixture
def booking(transactional_db):
    """A session that a package pays for."""
    parent, service = factories.make_parent(), factories.make_service()
    grant = grant_credits(
        owner=parent,
        source=(GrantSource.GOODWILL, parent.pk),
        count=3,
        unit_fen=36_000,
        expires_at=timezone.now() + timedelta(days=90),
        services=[service],
    )
    put_session(parent, service)
    order = place(parent, credits={open_basket_of(parent).lines.get().pk: grant.public_id}, shown_fen=0)
    return order.lines.get().booking


def told(minute, thing_id, became=None, *, lasts=0, **said):
    begins = NINE + minute * MINUTE
    return Told(begins, begins + lasts * MINUTE, "booking", thing_id, became, **said)


def found(database, *said):
    booking_counts.write_down(database, said)
    return {
        kind: number for kinds in booking_counts.count(database).values() for kind, number in kinds.items() if number
    }


def test_every_kind_that_is_counted_is_planted_and_found(database, booking):
    kinds = {kind for kinds in COUNTERS.values() for kind in kinds}
    assert set(PLANTED) == kinds
    assert found(database, told(0, booking.pk, "booked", starts_at=booking.starts_at, mode=booking.mode)) == {}
    assert set(find_planted(database)) == kinds
    assert find_planted(database), "what is planted is taken away again"
    assert found(database) == {}


def test_of_what_was_said_one_after_the_other_the_last_counts(database, booking):
    assert found(database, told(0, booking.pk, "held"), told(1, booking.pk, "booked")) == {}
    assert found(database, told(0, booking.pk, "booked"), told(1, booking.pk, "ended")) == {"told, and otherwise": 1}
    later = booking.starts_at + timedelta(hours=1)
    moved = told(1, booking.pk, starts_at=later)
    assert found(database, told(0, booking.pk, starts_at=booking.starts_at), moved) == {"told, and at another time": 1}


def test_of_what_was_said_at_once_either_may_be_the_last(database, booking):
    assert found(database, told(0, booking.pk, "booked", lasts=2), told(1, booking.pk, "ended", lasts=2)) == {}


def test_a_success_without_a_row_is_lost(database, booking):
    assert found(database, told(0, None, "held")) == {"told, and not there": 1}
    assert found(database, told(0, booking.pk + 1, "held")) == {"told, and not there": 1}
