"""Running the machine, always the same way for the same seed."""

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.payments.money.machine import Payments, World


def explore(
    world: World, *, programs: int, steps: int, stage: str = "", seed: int = 20261122, shrink: bool = True
) -> int:
    """Run so many programs of at most so many steps; returns how many ran. Raises what the first broken one raised."""
    Payments.world, world.stage = world, stage
    began = world.programs
    machine = hypothesis.seed(seed)(type("Seeded", (Payments,), {}))
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=programs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=phases,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return world.programs - began
