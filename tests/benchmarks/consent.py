"""What it costs to ask who may see what, with 1, 100 and 10,000 grants for one child: `make bench-consent`.

A page is a clinic's: one child, all kinds of data, a booking. The grants lie three ways: for others (the child's family shows
things to many), all for this clinic, and all for this clinic with one record each. Sizes take turns, so that a noisy machine
disturbs all alike; figures are medians. `share` is what the door takes of the clinic's real day page (middleware, queries,
template). PostgreSQL runs with fsync on. The last line is JSON: the worst layout counts.

PAGES is how many pages are asked for of each kind (400).
"""

import json
import os
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from . import ground

PAGES = int(os.environ.get("PAGES", "400"))
SIZES = (1, 100, 10_000)
LAYOUTS = ("others", "same", "records")
DATABASE = "bench_consent"


class World:
    """For each layout and size a child with so many grants, and one clinic whose practitioner looks."""

    def __init__(self) -> None:
        from tests.factories import make_booking, make_provider, make_service, make_user, next_weekday, shanghai

        self.viewer = make_user(role="practitioner")
        self.provider = make_provider(user=self.viewer)
        service = make_service(self.provider)
        self.pages: dict[tuple[str, int], tuple[Any, UUID]] = {}
        for week, layout in enumerate(LAYOUTS):
            for hour, size in enumerate(SIZES):
                child = self._child()
                starts_at = shanghai(next_weekday(2, weeks=week), 10 + 2 * hour)
                booking = make_booking(service=service, starts_at=starts_at, child=child)
                self._grant(child, layout, size)
                self.pages[layout, size] = child, booking.public_id
        self.day = shanghai(next_weekday(2), 10).date()

    def _child(self) -> Any:
        from tests.factories import make_child, make_user

        return make_child(make_user(), account=make_user(role="teen"))

    def _grant(self, child: Any, layout: str, size: int) -> None:
        """Write the ledger in bulk; the database's own trigger makes the index."""
        from django.utils import timezone

        from marketplace.consent.models import Consent, ConsentEvent

        ours, now = self.provider.partner.public_id, timezone.now() - timedelta(hours=1)
        rows = [
            Consent(
                child=child,
                grantee_kind="organisation",
                grantee_id=ours if layout != "others" or not number else uuid4(),
                grantee_label="机构",
                items=["score", "plan", "mood"],
                records=[uuid4()] if layout == "records" else [],
                purpose="care",
                valid_from=now,
                valid_until=now + timedelta(days=1 + number % 300),
                needs=["teen"],
                text_version="2026.1",
            )
            for number in range(size)
        ]
        Consent.objects.bulk_create(rows, batch_size=1000)
        events = [ConsentEvent(consent=row, kind="granted", given_as="teen", by=child.account, at=now) for row in rows]
        ConsentEvent.objects.bulk_create(events, batch_size=1000)


def decide(world: World, layout: str, size: int) -> int:
    """Ask for one page: one read, then every kind of data, as a whole and for a record. Returns the decisions made."""
    from marketplace.consent.enums import DataItem, Purpose
    from marketplace.consent.selectors import disclosures

    child, record = world.pages[layout, size]
    seen = disclosures(viewer=world.viewer, children=[child], purpose=Purpose.CARE, records=[record])
    for item in DataItem:
        seen.may_see(child, item)
        seen.may_see(child, item, record)
    return 2 * len(DataItem)


def look(world: World, layout: str, size: int) -> int:
    """The same for a page that is shown: decided, and written down."""
    from marketplace.consent.enums import DataItem, Purpose
    from marketplace.consent.services import look

    child, record = world.pages[layout, size]
    items = list(DataItem)
    look(viewer=world.viewer, children=[child], items=items, purpose=Purpose.CARE, records={child: [record]})
    return len(items)


def timed(act: Callable[[], Any]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def measure(world: World, ask: Callable[[World, str, int], int]) -> dict[tuple[str, int], float]:
    """Median milliseconds a page, by layout and size, all taking turns."""
    times: dict[tuple[str, int], list[float]] = {key: [] for key in world.pages}
    for turn in range(PAGES + 20):
        for layout, size in world.pages:
            spent = timed(lambda: ask(world, layout, size))  # noqa: B023  (called at once)
            if turn >= 20:  # the first ones warm up
                times[layout, size].append(spent)
    return {key: median(found) for key, found in times.items()}


def queries(world: World, ask: Callable[[World, str, int], int]) -> int:
    """The most statements any page needed, the INSERT's own BEGIN and COMMIT left out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    most = 0
    for layout, size in world.pages:
        with CaptureQueriesContext(connection) as captured:
            ask(world, layout, size)
        most = max(most, sum(query["sql"] not in ("BEGIN", "COMMIT") for query in captured))
    return most


def select_one() -> float:
    """Median milliseconds of `SELECT 1`: what the machine makes of any query just now."""
    from django.db import connection

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchall()

    return median(timed(ask) for _ in range(PAGES))


def day_page(world: World) -> float:
    """Median milliseconds of the clinic's day page, through every middleware."""
    from django.urls import reverse

    from tests.factories import signed_in

    client, url = signed_in(world.viewer), reverse("clinics:day")
    times = [timed(lambda: client.get(url, {"on": world.day.isoformat()})) for _ in range(max(20, PAGES // 8))]
    return median(times[5:])


def main() -> None:
    ground.prepare(DATABASE)
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    world = World()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    deciding, looking = measure(world, decide), measure(world, look)
    page = day_page(world)
    print(f"{'grants':>8}  {'for whom':<8} {'decisions/s':>12} {'ms a page':>10} {'with record':>12} {'share':>7}")
    for layout, size in world.pages:
        spent = deciding[layout, size]
        rate = 26 / spent * 1000
        share = looking[layout, size] / page
        print(f"{size:>8}  {layout:<8} {rate:>12,.0f} {spent:>10.2f} {looking[layout, size]:>12.2f} {share:>7.1%}")
    worst = max(deciding[layout, SIZES[-1]] for layout in LAYOUTS)
    over_one = max(deciding[layout, SIZES[-1]] / deciding[layout, 1] for layout in LAYOUTS)
    result = {
        "decisions_per_second": round(26 / worst * 1000),
        "ms_per_page_at_10000": round(worst, 2),
        "ms_per_page_with_record_at_10000": round(max(looking[layout, SIZES[-1]] for layout in LAYOUTS), 2),
        "queries_per_page": queries(world, look),
        "cost_10000_over_1": round(over_one, 2),
        "select_1_ms": round(select_one(), 2),
        "day_page_ms": round(page, 1),
        "share_of_day_page": round(max(looking[layout, SIZES[-1]] for layout in LAYOUTS) / page, 3),
    }
    connection.close()
    ground.leave()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
