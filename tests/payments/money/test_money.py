"""No order of events breaks the money; and every guard that is taken away is missed."""

import pytest

from tests.payments.money.explore import explore
from tests.payments.money.machine import World
from tests.payments.money.mutants import CAUGHT, MUTANTS, Mutant

pytestmark = pytest.mark.timeout(280)


def test_no_order_of_events_breaks_the_money(world: World) -> None:
    explore(world, programs=30, steps=12)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_missing_guard_is_missed(world: World, mutant: Mutant) -> None:
    with mutant.alive(), pytest.raises(CAUGHT):
        explore(world, programs=150, steps=10, stage=mutant.stage, shrink=False)
