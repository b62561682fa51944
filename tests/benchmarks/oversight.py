"""What oversight's dashboard costs with 10,000 and with 1,000,000 bookings behind it: `make bench-portal` runs it, too.

The dashboard reads signed reports, so its cost must not grow; what grows is the making of a week's report, once at night.
Figures are medians of whole pages, sent through Django's test client as an overseer with the second step taken. The last
line is JSON: queries_oversight, ms_oversight (the larger world), ms_oversight_small, and ms_report of both.

REPEATS (20) and SEED change the run.
"""

import json
import os
import time
from datetime import timedelta
from statistics import median
from typing import Any

from . import ground

SEED = int(os.environ.get("SEED", "20261123"))
REPEATS = int(os.environ.get("REPEATS", "20"))
BOOKINGS = int(os.environ.get("BOOKINGS", "1000000"))
FEW = 10_000
SMALL, LARGE = "bench_oversight", "bench_oversight_large"
_DISTRICTS = "UPDATE partner_partner SET district = (ARRAY['湖滨区', '南门区', '新城区', '临江区'])[1 + id % 4]"


def make_databases() -> None:
    """Make a world with some past, and one with much of it."""
    from django.db import connection

    from .availability_world import live_through, make_world

    make_world(SEED)
    _give_needs()
    connection.close()
    ground.copy_database(SMALL, LARGE)
    for name, bookings in ((SMALL, FEW), (LARGE, BOOKINGS)):
        use(name)
        print(f"{name}: {live_through(bookings)} bookings", flush=True)


def _give_needs() -> None:
    from django.db import connection

    from catalog.catalogue.models import Product
    from marketplace.core.needs import Need
    from tests.factories import make_category

    categories = [make_category(slug=need) for need in Need.values]
    for place, product in enumerate(Product.objects.order_by("pk")):
        product.needs.add(categories[place % len(categories)])
    with connection.cursor() as cursor:
        cursor.execute(_DISTRICTS)


def use(name: str) -> None:
    """Read from this database from now on."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def measured(name: str) -> dict[str, float]:
    """Make last week's report, then open the dashboard again and again."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from partners.oversight.enums import ReportKind
    from partners.oversight.services import make_report
    from tests.factories import make_overseer, signed_in

    use(name)
    began = time.perf_counter()
    make_report(ReportKind.WEEK, timezone.localdate() - timedelta(days=7))
    report_ms = (time.perf_counter() - began) * 1000
    client = signed_in(make_overseer())
    page: Any = client.get("/oversight/", HTTP_HOST="localhost")
    assert page.status_code == 200 and "睡眠" in page.content.decode()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        client.get("/oversight/", HTTP_HOST="localhost")
        times.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get("/oversight/", HTTP_HOST="localhost")
    return {"ms": round(median(times), 1), "queries": len(queries), "report_ms": round(report_ms)}


def main() -> None:
    """Measure both worlds and print."""
    ground.prepare(SMALL)
    try:
        make_databases()
        small, large = measured(SMALL), measured(LARGE)
    finally:
        from django.db import connection

        connection.close()
        for name in (SMALL, LARGE):
            ground.drop_database(name)
    print(
        json.dumps(
            {
                "queries_oversight": large["queries"],
                "ms_oversight": large["ms"],
                "queries_oversight_small": small["queries"],
                "ms_oversight_small": small["ms"],
                "ms_report": large["report_ms"],
                "ms_report_small": small["report_ms"],
            }
        )
    )


if __name__ == "__main__":
    main()
