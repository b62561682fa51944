"""How fast a booking is made, and whether any is made twice: `make bench-booking`.

The same holds and confirmations three ways, in turns and in the same run, each by two processes: the statements alone with
psycopg, the services, and the page over HTTP (gunicorn, two sync workers, signed in). Without rivals, and with a crowd
at a hundred slots. PostgreSQL runs with fsync on. The last line is JSON; the ratios are those without rivals.

SIZE is the number of rival attempts (10,000); everything else follows from it. SEED makes their order repeatable.
"""

import json
import os
import random
import sys
from collections.abc import Callable, Sequence
from typing import Any

from . import ground
from .racing import Tally, race, rounds

SIZE = int(os.environ.get("SIZE", "10000"))
SEED = int(os.environ.get("SEED", "20261122"))
SLOTS = 100
WORKERS = 2
ROUNDS = 4
DATABASE = "bench_booking"


class Ways:
    """The ways of booking, each with a lane of its own."""

    NAMES = ("sql", "sql_hold", "service", "http")

    def __init__(self, url: str, script: Any, lanes: dict[str, Any], sessions: Any) -> None:
        self.url, self.script, self.lanes, self.sessions = url, script, lanes, sessions

    def booker(self, way: str) -> Callable[[], Callable[[Any], bool]]:
        """Return what, called in a process of its own, gives the function that books one wish."""
        from .booking_http import Browser
        from .booking_replay import Replay, ServiceDesk

        service = self.lanes[way].service
        return {
            "sql": lambda: Replay(self.script, service).book,
            "sql_hold": lambda: Replay(self.script, service).hold_only,
            "service": lambda: ServiceDesk(service).book,
            "http": lambda: Browser(self.url, self.sessions).hold,
        }[way]

    def run(self, wishes: dict[str, Sequence[Any]], title: str) -> dict[str, Tally]:
        """Take turns, so that a busy moment of the machine meets every way."""
        tallies = {way: Tally() for way in wishes}
        parts = {way: rounds(of_way) for way, of_way in wishes.items()}
        for turn in range(ROUNDS):
            for way, of_way in parts.items():
                if turn < len(of_way):
                    race(self.booker(way), of_way[turn], tallies[way])
            print(f"{title}, round {turn + 1} of {ROUNDS}:", _line(tallies), flush=True)
        return tallies


def _line(tallies: dict[str, Tally]) -> str:
    return ", ".join(
        f"{way} {tally.per_second}/s ({tally.sold} sold)" for way, tally in tallies.items() if tally.attempts
    )


def measure() -> dict[str, Any]:
    """Run everything and return the figures."""
    from tests.support.http import gunicorn, reserved_port
    from tests.support.oversold import oversold

    from .booking_http import sessions_of
    from .booking_replay import learn
    from .booking_world import make_lane, settle_statistics, spread_ids

    spread_ids()
    alone = {"sql": SIZE // 5, "sql_hold": SIZE // 5, "service": SIZE // 5, "http": SIZE // 20}
    crowd = {"sql": SIZE, "service": SIZE, "http": SIZE // 10}
    lanes = {
        way: make_lane(times=count + SLOTS + 1, people=count + crowd.get(way, 0) + 1) for way, count in alone.items()
    }
    script = learn(lanes["sql"].wishes(1)[0])
    quiet = {way: lanes[way].wishes(count) for way, count in alone.items()}
    rivals = {}
    for way, count in crowd.items():
        dice = random.Random(SEED)
        times = [next(lanes[way].times) for _ in range(SLOTS)]
        order = [place % SLOTS for place in range(count)]
        dice.shuffle(order)
        rivals[way] = lanes[way].rival_wishes(times, order)
    settle_statistics()
    sessions = sessions_of({wish.user_id: wish.child_id for wish in (*quiet["http"], *rivals["http"])})
    options = (f"--workers={WORKERS}", "--worker-class=sync", "--backlog=512", "--timeout=120")
    with reserved_port() as port, gunicorn("marketplace.wsgi:application", port, *options, path="/healthz") as url:
        ways = Ways(url, script, lanes, sessions)
        alone_tallies = ways.run(quiet, "alone")
        crowd_tallies = ways.run(rivals, "crowd")
    _check(alone_tallies, crowd_tallies)
    return _figures(alone_tallies, crowd_tallies, len(script.hold) + len(script.confirm)) | {
        "oversold": oversold(),
        "planted_oversell_found": _planted(),
    }


def _check(alone: dict[str, Tally], crowd: dict[str, Tally]) -> None:
    """Without rivals everybody gets their time; in a crowd every slot is sold, once."""
    refused = {way: tally for way, tally in alone.items() if tally.sold != tally.attempts}
    wrong = {way: tally for way, tally in crowd.items() if tally.sold != min(SLOTS, tally.attempts)}
    if refused or wrong:
        sys.exit(f"not what was to be measured: {refused} {wrong}")


def _figures(alone: dict[str, Tally], crowd: dict[str, Tally], statements: int) -> dict[str, Any]:
    return {
        "ratio_service_to_sql": round(alone["service"].per_second / alone["sql"].per_second, 3),
        "ratio_http_to_sql": round(alone["http"].per_second / alone["sql_hold"].per_second, 3),
        "ratio_service_to_sql_in_a_crowd": round(crowd["service"].per_second / crowd["sql"].per_second, 3),
        "statements": statements,
        "alone_per_second": {way: tally.per_second for way, tally in alone.items()},
        "crowd_per_second": {way: tally.per_second for way, tally in crowd.items()},
        "crowd_attempts": {way: tally.attempts for way, tally in crowd.items()},
        "crowd_sold": {way: tally.sold for way, tally in crowd.items()},
        "crowd_slots": SLOTS,
    }


def _planted() -> bool:
    """Whether the count of oversold places notices one that is put there on purpose (and taken away again)."""
    from django.db import connection, transaction

    from tests.support.oversold import oversold

    before = oversold()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE scheduling_occupancy DROP CONSTRAINT provider_never_in_two_places")
        cursor.execute(
            "INSERT INTO scheduling_occupancy (public_id, provider_id, service_id, kind, busy_from, starts_at, ends_at,"
            " busy_until, is_live, seats, seats_taken, minimum_seats) SELECT gen_random_uuid(), provider_id, service_id,"
            " kind, busy_from, starts_at, ends_at, busy_until, true, 1, 0, 0 FROM scheduling_occupancy WHERE is_live LIMIT 1"
        )
        found = oversold()
        transaction.set_rollback(True)
    return found == before + 1


def main() -> None:
    """Measure on a fresh database and print the figures as one line of JSON."""
    ground.prepare(DATABASE)
    try:
        figures = measure()
    finally:
        ground.leave()
    print(json.dumps(figures, ensure_ascii=False))
    if figures["oversold"] or not figures["planted_oversell_found"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
