"""The simulated Stripe, our gateway to it, and a till that takes cards; named by the conftest of whoever needs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.payments.simulated import Simulator

if TYPE_CHECKING:
    from marketplace.accounts.models import User
    from payments.gateways.stripe.gateway import StripeGateway
    from tests.payments.shop import Shop
    from tests.payments.stripe.card_till import CardTill


@pytest.fixture
def stripe_simulator(simulator_server: str) -> Iterator[Simulator]:
    """The running simulator, forgetting everything before each test."""
    simulator = Simulator(f"{simulator_server}/stripe")
    simulator.command("reset")
    simulator.command("scale", scale=0.0005)
    yield simulator
    simulator.command("reset")


@pytest.fixture
def stripe(stripe_simulator: Simulator) -> StripeGateway:
    """Our gateway, pointed at the simulator by the settings."""
    from payments.gateways import registry

    return registry.gateway_for("stripe")


@pytest.fixture
def card_till(stripe: StripeGateway, stripe_simulator: Simulator, shop: Shop, buyer: User, settings) -> CardTill:
    """Everything a payment by card needs, committed for real. Nobody listens for messages."""
    from tests.payments.stripe.card_till import CardTill

    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"
    return CardTill(shop, stripe_simulator, buyer)
