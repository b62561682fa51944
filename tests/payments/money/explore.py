"""Running the machine, always the same way for the same seed."""

from tests.payments.money.machine import Payments, World
from tests.support.machines import run_machine


def explore(
    world: World, *, programs: int, steps: int, stage: str = "", seed: int = 20261122, shrink: bool = True
) -> int:
    """Run so many programs of at most so many steps; returns how many ran. Raises what the first broken one raised."""
    Payments.world, world.stage = world, stage
    began = world.programs
    run_machine(type("Seeded", (Payments,), {}), programs=programs, steps=steps, seed=seed, shrink=shrink)
    return world.programs - began
