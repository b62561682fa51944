"""What it costs to read free times, with 10,000 and with 1,000,000 bookings: `make bench-availability`.

A listing page wants the next free times of 200 providers, looking 14 days ahead; a product page wants a month of one. The same
8,000 sessions lie ahead in both databases; what grows is what lies behind. Both take turns, so that a busy moment of the
machine meets both; figures are medians (`best`: the fastest tenth, nearer to a machine that does nothing else). At last half
of all the time ahead is booked and the listing is read once more. `*_db_ms` is the time spent waiting for the database, with
all rows received. Yardsticks of the same run: `SELECT 1`; as many plain rows as the listing reads, out of nothing
(`same_rows_ms`); and the statement for taken time without its lower bound, which walks through the past (`unbounded`).
PostgreSQL runs with fsync on. The last line is JSON.

SEED makes another world; TURNS (8) is how often each is asked, REPEATS (12) how many times in a turn.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import Any

from . import ground

SEED = int(os.environ.get("SEED", "20261122"))
TURNS = int(os.environ.get("TURNS", "8"))
REPEATS = int(os.environ.get("REPEATS", "12"))
SIZES = (10_000, 1_000_000)
SMALL, LARGE = "bench_availability", "bench_availability_large"
WARM_UP = 3


class Stopwatch:
    """How long the database was waited for, and for how many statements."""

    def __init__(self) -> None:
        self.seconds, self.statements = 0.0, 0

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.statements += 1


def make_databases() -> dict[int, int]:
    """Make the small one, copy it, and let the copy live on; return how many bookings each has."""
    from django.db import connection

    from .availability_world import live_through, make_world

    make_world(SEED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM scheduling_booking")
        ahead = cursor.fetchone()[0]
    connection.close()
    ground.copy_database(SMALL, LARGE)
    counts = {}
    for size, name in zip(SIZES, (SMALL, LARGE), strict=True):
        use(name)
        counts[size] = live_through(max(size - ahead, 0))
    return counts


def use(name: str) -> None:
    """Read from this database from now on."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def listing() -> int:
    """The next free times of every provider's service, as a listing page reads them; how many services have some."""
    from catalog.scheduling.models import HealthcareService
    from catalog.scheduling.selectors import next_open_slots

    services = list(HealthcareService.objects.select_related("product").order_by("pk"))
    with timed("listing"):
        found = next_open_slots(services=services, count=3)
    return sum(bool(slots) for slots in found.values())


def month() -> int:
    """A month of one provider, as a product page and a series read it; how many starts are free."""
    from django.utils import timezone

    from catalog.scheduling.models import HealthcareService
    from catalog.scheduling.selectors import open_slots

    service = HealthcareService.objects.select_related("product").order_by("pk")[7]
    today = timezone.localdate()
    with timed("month"):
        slots = open_slots(service=service, from_on=today, to_on=today + timedelta(days=30), beyond_horizon=True)
    return len(slots)


def select_one() -> int:
    """What the machine makes of any statement just now."""
    from catalog.scheduling.sql import rows_of

    with timed("select_1"):
        return rows_of("SELECT 1")[0][0]


def same_rows() -> int:
    """Six thousand rows of four numbers, read from no table: what a listing's rows cost to send, whatever is asked."""
    from catalog.scheduling.sql import rows_of

    with timed("same_rows"):
        return len(rows_of("SELECT n, n + 1700000000, n + 1700003600, n + 1700000000 FROM generate_series(1, 6000) n"))


def unbounded() -> int:
    """Taken time as one would ask for it first: live, of these providers, reaching into the window."""
    from django.utils import timezone

    from catalog.scheduling.sql import rows_of

    now = timezone.now()
    with timed("unbounded"):
        rows = rows_of(
            "SELECT provider_id, starts_at, busy_until FROM scheduling_occupancy WHERE is_live"
            " AND provider_id IN (SELECT id FROM scheduling_provider) AND busy_from < %s AND busy_until > %s",
            now + timedelta(days=15),
            now - timedelta(days=1),
        )
    return len(rows)


_times: dict[str, list[tuple[float, float, int]]] = {}


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Note what one reading took: milliseconds at the database, milliseconds in all, statements."""
    from django.db import connection

    watch, began = Stopwatch(), time.perf_counter()
    with connection.execute_wrapper(watch):
        yield
    _times.setdefault(what, []).append((watch.seconds * 1000, (time.perf_counter() - began) * 1000, watch.statements))


def measure() -> dict[int, dict[str, list[tuple[float, float, int]]]]:
    """Read everything from both databases in turns."""
    found: dict[int, dict[str, list[tuple[float, float, int]]]] = {size: {} for size in SIZES}
    for turn in range(TURNS):
        for size, name in zip(SIZES, (SMALL, LARGE), strict=True):
            use(name)
            for reading in (listing, month, select_one, same_rows, unbounded):
                _times.clear()
                for _ in range(WARM_UP + REPEATS):
                    assert reading(), f"{reading.__name__} found nothing"
                for what, noted in _times.items():
                    found[size].setdefault(what, []).extend(noted[WARM_UP:])
        print(f"turn {turn + 1} of {TURNS}", flush=True)
    return found


def half_taken() -> tuple[float, float]:
    """Median milliseconds of the listing, at the database and in all, when half of the time ahead is booked."""
    from .availability_world import fill_half

    use(LARGE)
    fill_half(SEED)
    _times.clear()
    for _ in range(WARM_UP + TURNS * REPEATS // 2):
        listing()
    noted = _times["listing"][WARM_UP:]
    return median(database for database, _, _ in noted), median(whole for _, whole, _ in noted)


def best(figures: Iterable[float]) -> float:
    """The tenth of them that are fastest end here."""
    ordered = sorted(figures)
    return ordered[len(ordered) // 10]


def figures(counts: dict[int, int], found: dict[int, dict[str, list[tuple[float, float, int]]]]) -> dict[str, Any]:
    """Medians, and how the cost grew."""
    small, large = (
        {what: median(database for database, _, _ in noted) for what, noted in found[size].items()} for size in SIZES
    )
    pages = {what: median(whole for _, whole, _ in noted) for what, noted in found[SIZES[-1]].items()}
    return {
        "listing_db_ms": round(large["listing"], 2),
        "month_db_ms": round(large["month"], 2),
        "cost_1m_over_10k": round(large["listing"] / small["listing"], 2),
        "month_cost_1m_over_10k": round(large["month"] / small["month"], 2),
        "listing_statements": found[SIZES[-1]]["listing"][0][2],
        "listing_ms": round(pages["listing"], 1),
        "month_ms": round(pages["month"], 1),
        "listing_db_ms_best": round(best(database for database, _, _ in found[SIZES[-1]]["listing"]), 2),
        "listing_over_same_rows": round(large["listing"] / large["same_rows"], 2),
        "same_rows_ms": round(large["same_rows"], 2),
        "select_1_ms": round(large["select_1"], 3),
        "unbounded_db_ms": round(large["unbounded"], 2),
        "unbounded_1m_over_10k": round(large["unbounded"] / small["unbounded"], 2),
        "bookings": list(counts.values()),
        "providers": 200,
        "seed": SEED,
    }


def main() -> None:
    """Measure on fresh databases and print the figures as one line of JSON."""
    ground.prepare(SMALL)
    try:
        counts = make_databases()
        result = figures(counts, measure())
        database, whole = half_taken()
        result |= {"listing_half_taken_db_ms": round(database, 2), "listing_half_taken_ms": round(whole, 1)}
    finally:
        from django.db import connection

        connection.close()
        ground.drop_database(LARGE)
        ground.leave()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
