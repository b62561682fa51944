"""The simulated Alipay, our gateway to it, and a small shop of the tests' own.

Imports of the product stand inside the fixtures: this file may be read before Django is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.payments.simulated import Simulator

if TYPE_CHECKING:
    from marketplace.accounts.models import User
    from payments.gateways.base import Gateway
    from tests.payments.shop import Shop
    from tests.payments.till import Till


@pytest.fixture
def simulator(simulator_server: str) -> Iterator[Simulator]:
    """The running simulator, forgetting everything before each test."""
    simulator = Simulator(simulator_server)
    simulator.command("reset")
    simulator.command("scale", scale=0.0005)
    yield simulator
    simulator.command("reset")


@pytest.fixture
def alipay(simulator: Simulator, settings) -> Gateway:
    """Our gateway, pointed at the simulator by the settings."""
    from payments.gateways import registry

    assert settings.PAYMENT_GATEWAYS["alipay"]["gateway_url"].startswith(simulator.url)
    return registry.gateway_for("alipay")


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A registered shop with orders to pay."""
    from tests.payments.shop import shop_registered

    yield from shop_registered()


@pytest.fixture
def buyer(django_db_setup: None, django_db_blocker) -> Iterator[User]:
    """Somebody who pays, committed for real.

    These tests only write to payments' own tables, so emptying those takes the place of a fresh
    copy of the whole database and is many times quicker.
    """
    from django.db import connection, connections

    from payments import models
    from payments.ledger.models import JournalEntry, Leg
    from tests.factories import make_user

    tables = (models.PaymentIncident, models.Refund, models.ProviderEvent, models.PaymentIntent, Leg, JournalEntry)
    with django_db_blocker.unblock():
        user = make_user()
        yield user
        with connection.cursor() as cursor:
            names = ", ".join(model._meta.db_table for model in tables)
            # Rooms above keep rows that nobody may empty; only for what stands on the rows that go.
            cursor.execute(f"SET session_replication_role = replica; TRUNCATE {names} CASCADE")
            cursor.execute("SET session_replication_role = origin")
        user.delete()
        connections.close_all()


@pytest.fixture
def till(alipay: Gateway, simulator: Simulator, shop: Shop, buyer: User, settings) -> Till:
    """Everything a payment needs, committed for real. Nobody listens for notifications."""
    from tests.payments.till import Till

    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"
    return Till(shop, simulator, buyer)
