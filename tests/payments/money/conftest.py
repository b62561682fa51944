"""The surroundings of the proof."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@pytest.fixture
def world(buyer: Any, simulator_server: str) -> Iterator[Any]:
    """The buyer, a shop in the database, and the companies, whose every step may be the last."""
    from tests.payments.money.companies import burning_gateways, companies
    from tests.payments.money.machine import World
    from tests.payments.money.stored_shop import stored_shop

    with burning_gateways(), contextmanager(stored_shop)() as shop:
        world = World(buyer, shop, companies())
        yield world
        world.leave()
