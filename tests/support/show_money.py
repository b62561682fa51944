"""`make show-money`: programs of random events against the real services, database and simulated companies; JSON last.

Two processes share the programs and the mutants piece by piece, each with a database and companies of its own.
PROGRAMS (300), STEPS (20) and SEED choose what runs; the long form is `make show-money PROGRAMS=5000`.
"""

import gc
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, redirect_stdout
from itertools import chain, count
from typing import Any

from tests.support import slots

PROGRAMS = int(os.environ.get("PROGRAMS", "300"))
STEPS = int(os.environ.get("STEPS", "20"))
SEED = int(os.environ.get("SEED", "20261122"))
WORKERS = 2
#: So many programs are one piece of work.
PIECE = 50
#: A mutant that survives so many programs is not caught.
MUTANT_PROGRAMS, MUTANT_STEPS = 200, 10
FIGURES = ("programs", "violations", "mutants", "caught")


class Pieces:
    """What is left to do: programs first, then one mutant at a time until a worker knows no more."""

    def __init__(self) -> None:
        sizes = (min(PIECE, PROGRAMS - begun) for begun in range(0, PROGRAMS, PIECE))
        programs = ({"programs": size, "seed": SEED + place} for place, size in enumerate(sizes))
        self._left: Iterator[dict[str, int]] = chain(programs, ({"mutant": number} for number in count()))
        self._lock = threading.Lock()

    def take(self) -> str:
        """The next piece, as a line."""
        with self._lock:
            return json.dumps(next(self._left)) + "\n"


def main() -> int:
    """Hand out the work and add up what was found."""
    begun = time.monotonic()
    slots.start_servers()
    pieces = Pieces()
    with ThreadPoolExecutor(WORKERS) as workers:
        found = list(chain(*workers.map(lambda _: list(_let_work(pieces)), range(WORKERS))))
    figures = {key: sum(part.get(key, 0) for part in found) for key in FIGURES}
    print(json.dumps({**figures, "steps": STEPS, "seed": SEED, "seconds": round(time.monotonic() - begun, 1)}))
    return 0 if not figures["violations"] and figures["caught"] == figures["mutants"] else 1


def _let_work(pieces: Pieces) -> Iterator[dict[str, Any]]:
    """What one worker finds in its pieces, told as it comes."""
    command = [sys.executable, "-m", "tests.support.show_money", "worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdin and worker.stdout
        while True:
            worker.stdin.write(pieces.take())
            worker.stdin.flush()
            line = worker.stdout.readline()
            assert line, "a worker ended before its work was done"
            found = json.loads(line)
            if not found:
                return
            if found["said"]:
                print(found["said"], flush=True)
            yield found


def work() -> None:
    """Do one piece after the other, in a database and with companies of our own."""
    slot = _prepare()
    from tests.support import databases
    from tests.support.http import gunicorn, reserved_port

    port = reserved_port()
    os.environ["SIMULATOR_PORT"] = str(port.getsockname()[1])
    _set_up()
    databases.prepare_template()
    databases.clone(f"xinqiao_{slot}")
    from tests.factories import make_user
    from tests.payments.money.companies import burning_gateways, companies
    from tests.payments.money.machine import World
    from tests.payments.money.stored_shop import stored_shop

    shop = stored_shop()
    answers = sys.stdout
    with ExitStack() as stack:
        # Whatever else is written is for people to read.
        stack.enter_context(redirect_stdout(sys.stderr))
        stack.enter_context(gunicorn("payments.simulators.wsgi:application", port, "--threads=4"))
        stack.enter_context(burning_gateways())
        world = World(make_user(), next(shop), companies())
        stack.callback(world.leave)
        # What is imported by now stays: there is no need to look through it for garbage again and again.
        gc.freeze()
        for line in sys.stdin:
            piece = json.loads(line)
            found = _tried_mutant(world, piece["mutant"]) if "mutant" in piece else _explored(world, **piece)
            print(json.dumps(found), file=answers, flush=True)
            if not found:
                return


def _explored(world: Any, *, programs: int, seed: int) -> dict[str, Any]:
    from tests.payments.money.explore import explore

    try:
        return {"programs": explore(world, programs=programs, steps=STEPS, seed=seed), "said": ""}
    except Exception as error:  # noqa: BLE001 - whatever breaks is what was looked for
        said = "\n".join([f"violation with SEED={seed}: {error!r}", *getattr(error, "__notes__", ())])
        return {"programs": programs, "violations": 1, "said": said}


def _tried_mutant(world: Any, number: int) -> dict[str, Any]:
    """Empty when there are not so many."""
    from tests.payments.money.mutants import MUTANTS

    if number >= len(MUTANTS):
        return {}
    mutant = MUTANTS[number]
    is_caught = _is_caught(mutant, world)
    return {"mutants": 1, "caught": int(is_caught), "said": f"{'caught  ' if is_caught else 'SURVIVED'}  {mutant.name}"}


def _is_caught(mutant: Any, world: Any) -> bool:
    from tests.payments.money.explore import explore
    from tests.payments.money.mutants import CAUGHT

    try:
        with mutant.alive():
            explore(world, programs=MUTANT_PROGRAMS, steps=MUTANT_STEPS, stage=mutant.stage, seed=SEED, shrink=False)
    except CAUGHT:
        return True
    return False


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
    code = 0
    try:
        if sys.argv[1:] == ["worker"]:
            work()
        else:
            code = main()
    finally:
        slots.leave_servers()
    sys.exit(code)
