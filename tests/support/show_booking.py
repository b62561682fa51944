"""`make show-booking`: families and a clinic at their browsers, all at once, against the real application; JSON last.

Sixteen clients send OPERATIONS (2,000) mixed requests to gunicorn, a worker offers freed times meanwhile, and SQL that
knows nothing of the product counts what must not be. The same again, shorter, on a copy without locks and constraints:
there the counters must find something. At the end every fault they know is planted by hand, one at a time. SEED makes
every client's choices repeatable; what they meet depends on who is quicker.
"""

import json
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from typing import Any

import psycopg

from tests.benchmarks import ground

OPERATIONS = int(os.environ.get("OPERATIONS", "2000"))
UNGUARDED_OPERATIONS = int(os.environ.get("UNGUARDED_OPERATIONS", "150"))
SEED = int(os.environ.get("SEED", "20261122"))
DATABASE, UNGUARDED = "show_booking", "show_booking_unguarded"
#: Two processes that load the application once; requests wait in threads while others run.
SERVED = ("--worker-class=gthread", "--threads=8", "--backlog=512", "--timeout=120", "--preload", "--log-level=warning")
#: How often beat would look for what passed by itself, here where minutes are seconds.
BEAT_SECONDS = 3.0
SETTLE_SECONDS = 5.0


class Turns:
    """So many operations, shared out among clients as they come."""

    def __init__(self, count: int) -> None:
        self.left = count
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Whether there is one more to do."""
        with self._lock:
            self.left -= 1
            return self.left >= 0

    def give_back(self) -> None:
        """It came to nothing that counts."""
        with self._lock:
            self.left += 1


def main() -> int:
    """Prepare the ground, let everybody act, count, and print what was found."""
    ground.prepare(DATABASE)
    begun = time.monotonic()
    try:
        figures, words = show()
    finally:
        ground.leave()
    for line in words:
        print(line)
    print(json.dumps(figures | {"seconds": round(time.monotonic() - begun, 1)}, ensure_ascii=False))
    wrong = [figures[name] for name in ("overlaps", "lost", "oversold", "double_offers", "faults_5xx", "unclear")]
    return 1 if any(wrong) or not figures["planted_found"] else 0


def show() -> tuple[dict[str, Any], list[str]]:
    """Return the figures, and what was found in words."""
    import logging

    from django.core.cache import cache

    from marketplace.core.embedded.locations import database_url

    from . import booking_counts, clients
    from .booking_planted import PLANTED, find_planted

    logging.disable(logging.WARNING)
    clients.find_static_files_when_asked()
    cache.clear()
    town = _town()
    ours, theirs = (database_url(ground.PLACE.purpose, name) for name in (DATABASE, UNGUARDED))
    with ExitStack() as stack:
        url, unguarded_url = _both_served(stack, ours, theirs)
        with _background():
            notes, seconds = rush(url, town, ours, OPERATIONS)
        print(f"{OPERATIONS} operations in {seconds:.1f} s; now without locks and constraints", flush=True)
        loose, _ = rush(unguarded_url, town.crowded(), theirs, UNGUARDED_OPERATIONS)
    with psycopg.connect(ours, autocommit=True) as connection:
        booking_counts.write_down(connection, notes.told)
        found = booking_counts.count(connection)
        stories = booking_counts.told_otherwise(connection)
        planted = find_planted(connection)
    with psycopg.connect(theirs, autocommit=True) as connection:
        booking_counts.write_down(connection, loose.told)
        loosely = booking_counts.count(connection)
    unguarded = booking_counts.sums(loosely)
    is_found = len(planted) == len(PLANTED) and unguarded["overlaps"] > 0
    figures = {
        "operations": notes.done.total(),
        **booking_counts.sums(found),
        "planted_found": is_found,
        "planted_kinds": len(PLANTED),
        "planted_kinds_found": len(planted),
        "unguarded": {"operations": loose.done.total(), **unguarded},
        "faults_5xx": len(notes.faults),
        "unclear": len(notes.unclear),
        "succeeded": notes.succeeded.total(),
        "refused": notes.refused.total(),
        "per_second": round(notes.done.total() / seconds, 1),
        "by_operation": {name: [number, notes.succeeded[name]] for name, number in notes.done.most_common()},
        "refusals": dict(notes.refused.most_common()),
        "offers": _offers(ours),
        "clients": len(town.parents) + len(town.desks),
        "seed": SEED,
    }
    missing = [f"planted and not found: {kind}" for kind in PLANTED if kind not in planted]
    trouble = [f"{number} × {what}" for what, number in Counter(notes.faults + notes.unclear).most_common(20)]
    return figures, [*booking_counts.kinds_of(found), *stories, *missing, *trouble]


def _town() -> Any:
    """The same town in both databases, and the guards of one gone."""
    from django.db import connections

    from marketplace.core.embedded.locations import database_url

    from . import booking_town
    from .booking_planted import drop_guards

    town = booking_town.build()
    connections.close_all()
    ground.copy_database(DATABASE, UNGUARDED)
    with psycopg.connect(database_url(ground.PLACE.purpose, UNGUARDED), autocommit=True) as connection:
        drop_guards(connection)
    return town


@contextmanager
def _served(application: str, database: str, *, workers: int) -> Iterator[str]:
    from .http import gunicorn, reserved_port

    options = (f"--workers={workers}", *SERVED)
    with reserved_port() as port, gunicorn(application, port, *options, path="/healthz", DATABASE_URL=database) as url:
        yield url


def _both_served(stack: ExitStack, ours: str, theirs: str) -> Sequence[str]:
    """The application as it is and without its locks, started side by side: loading it takes a core some seconds."""
    wanted = [
        _served("marketplace.wsgi:application", ours, workers=2),
        _served("tests.support.unguarded:application", theirs, workers=1),
    ]
    with ThreadPoolExecutor(len(wanted)) as threads:
        return list(threads.map(stack.enter_context, wanted))


def rush(url: str, town: Any, database: str, operations: int) -> tuple[Any, float]:
    """Let every client act until so many operations are done; return what they noted, and how long it took."""
    from .booking_browser import Browser
    from .booking_client import Notes
    from .booking_desks import Clinic
    from .booking_families import Family

    turns, found = Turns(operations), Notes()
    people: list[Any] = [
        *(Family(Browser(url, each.session), town, database, _dice(n), each) for n, each in enumerate(town.parents)),
        *(
            Clinic(Browser(url, each.session), town, database, _dice(100 + n), each)
            for n, each in enumerate(town.desks)
        ),
    ]
    begun = time.monotonic()
    threads = [threading.Thread(target=_act, args=(each, turns), daemon=True) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    for each in people:
        found.add(each.notes)
        each.leave()
    return found, seconds


def _dice(number: int) -> random.Random:
    return random.Random(SEED * 1_000 + number)


def _act(client: Any, turns: Turns) -> None:
    while turns.take():
        before = client.notes.done.total()
        try:
            client.act()
        except Exception as error:  # noqa: BLE001 - whatever breaks is what was looked for
            client.notes.done["broken"] += 1
            client.notes.faults.append(f"{type(error).__name__}: {error}"[:200])
        if client.notes.done.total() == before:
            turns.give_back()


@contextmanager
def _background() -> Iterator[None]:
    """A worker in a process of its own, and beat's jobs that matter here, sent every few seconds."""
    from django.db import connections

    from marketplace.celery import app

    app.control.purge()
    connections.close_all()
    worker = get_context("fork").Process(target=_work, daemon=True)
    worker.start()
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(over,), daemon=True)
    beat.start()
    try:
        yield
        _wait_for_the_worker()
    finally:
        over.set()
        beat.join()
        if worker.pid and worker.is_alive():
            os.kill(worker.pid, signal.SIGTERM)
        worker.join(SETTLE_SECONDS)
        worker.kill()
        app.control.purge()


def _work() -> None:
    """Work off what concerns bookings; messages are written, and nobody is there to read them."""
    from marketplace.celery import app

    app.loader.import_default_modules()
    for name, task in app.tasks.items():
        if not name.startswith(("catalog.", "celery.")):
            task.run = _nothing
    warnings.simplefilter("ignore")  # that it runs as whoever runs this
    with open(os.devnull, "w") as nowhere:  # its greeting
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    alone = ("--pool=solo", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=CRITICAL")
    app.worker_main(["worker", *alone])


def _nothing(*_: object, **__: object) -> None:
    return None


def _beat(over: threading.Event) -> None:
    from catalog.order.tasks import expire_due_orders
    from catalog.scheduling.tasks import release_expired_holds
    from catalog.waitlist.tasks import offer_freed_times

    while not over.wait(BEAT_SECONDS):
        for task in (release_expired_holds, expire_due_orders, offer_freed_times):
            task.apply_async(expires=BEAT_SECONDS)


def _wait_for_the_worker() -> None:
    """Until nothing waits in the broker, a few seconds at most; what is left then counts as not yet done."""
    from marketplace.celery import app

    deadline = time.monotonic() + SETTLE_SECONDS
    with app.connection_for_read() as connection:
        while time.monotonic() < deadline:
            if not connection.default_channel.client.llen("celery"):
                return
            time.sleep(0.2)


def _offers(database: str) -> dict[str, int]:
    with psycopg.connect(database) as connection:
        rows: Sequence[tuple[str, int]] = connection.execute(
            "SELECT state, count(*) FROM waitlist_waitlistoffer GROUP BY 1 ORDER BY 1"
        ).fetchall()
    return dict(rows)


if __name__ == "__main__":
    sys.exit(main())
