"""Running the machine, always the same way for the same seed."""

from collections.abc import Callable, Collection
from typing import Any

from hypothesis.stateful import RULE_MARKER

from tests.catalog.scheduling.machine.machine import Calendars
from tests.catalog.scheduling.machine.world import World
from tests.support.machines import run_machine


def explore(
    world: World,
    *,
    programs: int,
    steps: int,
    stage: str = "",
    only: Collection[str] = (),
    seed: int = 20261122,
    shrink: bool = True,
) -> int:
    """Run so many programs of at most so many steps, of these rules `only` where some are named; returns how many ran.

    Raises what the first broken one raised.
    """
    Calendars.world, world.stage = world, stage
    began = world.programs
    left_out = {name: method for name, method in _rules().items() if only and name not in only}
    plain = {name: _without_being_a_rule(method) for name, method in left_out.items()}
    with world.in_force():
        run_machine(type("Seeded", (Calendars,), plain), programs=programs, steps=steps, seed=seed, shrink=shrink)
    return world.programs - began


def _rules() -> dict[str, Callable[..., Any]]:
    return {name: method for name, method in vars(Calendars).items() if hasattr(method, RULE_MARKER)}


def _without_being_a_rule(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same, for stages and other rules to call, but never chosen."""

    def plain(self: Calendars, **told: Any) -> Any:
        return method(self, **told)

    return plain
