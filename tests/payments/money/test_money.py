"""No order of events breaks the money; and every guard that is taken away is missed."""

from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError

from tests.payments.money.explore import explore
from tests.payments.money.machine import World
from tests.payments.money.mutants import MUTANTS, Mutant

pytestmark = pytest.mark.timeout(280)


@pytest.fixture
def world(buyer: Any, simulator_server: str) -> Any:
    from tests.payments.money.companies import burning_gateways, companies
    from tests.payments.money.stored_shop import stored_shop

    with burning_gateways(), contextmanager(stored_shop)() as shop:
        yield World(buyer, shop, companies())


def test_no_order_of_events_breaks_the_money(world: World) -> None:
    explore(world, programs=60, steps=12)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_missing_guard_is_missed(world: World, mutant: Mutant) -> None:
    with mutant.alive(), pytest.raises((AssertionError, IntegrityError)):
        explore(world, programs=150, steps=10, stage=mutant.stage, shrink=False)
