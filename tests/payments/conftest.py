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
def buyer(transactional_db: None) -> User:
    """Somebody who pays."""
    from tests.factories import make_user

    return make_user()


@pytest.fixture
def till(alipay: Gateway, simulator: Simulator, shop: Shop, buyer: User, settings) -> Till:
    """Everything a payment needs, committed for real. Nobody listens for notifications."""
    from tests.payments.till import Till

    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"
    return Till(shop, simulator, buyer)
