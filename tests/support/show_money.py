"""`make show-money`: programs of random events against the real services, database and simulated companies; JSON last.

Two processes share the programs and the mutants, each with a database and companies of its own. PROGRAMS (300), STEPS (20)
and SEED choose what runs; the long form is `make show-money PROGRAMS=5000`.
"""

import json
import logging
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import Any

from tests.support import slots

PROGRAMS = int(os.environ.get("PROGRAMS", "300"))
STEPS = int(os.environ.get("STEPS", "20"))
SEED = int(os.environ.get("SEED", "20261122"))
WORKERS = 2
#: A mutant that survives so many programs is not caught.
MUTANT_PROGRAMS, MUTANT_STEPS = 200, 10


def main() -> int:
    """Let the workers run and add up what they found."""
    begun = time.monotonic()
    _prepare()
    _set_up()
    from tests.support import databases

    databases.prepare_template()
    command = [sys.executable, "-m", "tests.support.show_money"]
    workers = [
        subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE, text=True, env=_clean_environment())
        for number in range(WORKERS)
    ]
    found: list[dict[str, Any]] = []
    for worker in workers:
        output, _ = worker.communicate()
        lines = output.strip().splitlines()
        print("\n".join(lines[:-1]))
        if worker.returncode:
            return worker.returncode
        found.append(json.loads(lines[-1]))
    figures = {key: sum(part[key] for part in found) for key in ("programs", "violations", "mutants", "caught")}
    print(json.dumps({**figures, "steps": STEPS, "seed": SEED, "seconds": round(time.monotonic() - begun, 1)}))
    return 0 if not figures["violations"] and figures["caught"] == figures["mutants"] else 1


def work(number: int) -> None:
    """One worker's share of programs and mutants."""
    slot = _prepare()
    from tests.support import databases
    from tests.support.http import gunicorn, reserved_port

    port = reserved_port()
    os.environ["SIMULATOR_PORT"] = str(port.getsockname()[1])
    _set_up()
    databases.clone(f"xinqiao_{slot}")
    from tests.factories import make_user
    from tests.payments.money.companies import burning_gateways, companies
    from tests.payments.money.explore import explore
    from tests.payments.money.machine import World
    from tests.payments.money.mutants import MUTANTS
    from tests.payments.money.stored_shop import stored_shop

    shop = stored_shop()
    mutants = MUTANTS[number::WORKERS]
    violations = caught = 0
    with ExitStack() as stack:
        stack.enter_context(gunicorn("payments.simulators.wsgi:application", port, "--threads=4"))
        stack.enter_context(burning_gateways())
        world = World(make_user(), next(shop), companies())
        share = PROGRAMS // WORKERS + (number < PROGRAMS % WORKERS)
        try:
            programs = explore(world, programs=share, steps=STEPS, seed=SEED + number)
        except Exception as error:  # noqa: BLE001 - whatever breaks is what was looked for
            programs, violations = share, 1
            print(f"violation: {error!r}", *getattr(error, "__notes__", ()), sep="\n")
        for mutant in mutants:
            is_caught = _is_caught(mutant, world)
            caught += is_caught
            print(f"{'caught  ' if is_caught else 'SURVIVED'}  {mutant.name}")
    print(json.dumps({"programs": programs, "violations": violations, "mutants": len(mutants), "caught": caught}))


def _is_caught(mutant: Any, world: Any) -> bool:
    from django.db import IntegrityError

    from tests.payments.money.explore import explore

    try:
        with mutant.alive():
            explore(world, programs=MUTANT_PROGRAMS, steps=MUTANT_STEPS, stage=mutant.stage, seed=SEED, shrink=False)
    except (AssertionError, IntegrityError):
        return True
    return False


def _clean_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}


def _prepare() -> int:
    """Claim databases of our own on the tests' servers."""
    slot = slots.claim()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings.test", "XINQIAO_PURPOSE": "test"}
    slots.start_servers()
    return slot


def _set_up() -> None:
    import django

    django.setup()
    logging.disable(logging.CRITICAL)


if __name__ == "__main__":
    try:
        if len(sys.argv) > 1:
            work(int(sys.argv[1]))
            code = 0
        else:
            code = main()
    finally:
        slots.leave_servers()
    sys.exit(code)
