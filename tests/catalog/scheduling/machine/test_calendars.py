"""No order of events makes a calendar lie; CALENDAR_PROGRAMS=2000 looks longer, CALENDAR_SEED elsewhere."""

import os

import pytest

from tests.catalog.scheduling.machine.explore import explore
from tests.catalog.scheduling.machine.mutants import MUTANTS, Mutant
from tests.catalog.scheduling.machine.world import World

pytestmark = pytest.mark.timeout(0)
PROGRAMS = int(os.environ.get("CALENDAR_PROGRAMS", "25"))
SEED = int(os.environ.get("CALENDAR_SEED", "20261122"))


def test_no_order_of_events_makes_a_calendar_lie(world: World) -> None:
    explore(world, programs=PROGRAMS, steps=14, seed=SEED)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_missing_guard_is_missed(world: World, mutant: Mutant) -> None:
    with mutant.alive(), pytest.raises(AssertionError, match=mutant.caught_as):
        explore(world, programs=60, steps=6, stage=mutant.stage, only=mutant.only, shrink=False)
