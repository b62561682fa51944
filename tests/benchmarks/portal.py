"""What a clinic's week and its statement cost, with 10 and with 1,000 providers: `make bench-portal`.

Each clinic's manager opens the week and the statement of a month through the whole of Django (middleware, door of consent,
template). A house with many providers shows one provider's week at a time. Every provider has BOOKED (2) sessions in it. The
oversight portal is measured by the module of that name, in a process of its own. Sizes take turns; figures are medians of TURNS (5). PostgreSQL runs with fsync on. The last line is JSON; `queries_calendar` are those of
the larger clinic, `queries_flat` says whether the smaller one needs as many.
"""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from statistics import median
from typing import Any

from . import ground

SIZES = (10, 1_000)
TURNS = int(os.environ.get("TURNS", "5"))
BOOKED = int(os.environ.get("BOOKED", "2"))
DATABASE = "bench_portal"


class Clinic:
    """One organisation with so many providers, their week, and a statement."""

    def __init__(self, size: int) -> None:
        from tests.factories import (
            make_parent,
            make_partner,
            make_partner_staff,
            make_provider,
            make_service,
            signed_in,
        )

        self.size, self.partner = size, make_partner()
        self.manager = make_partner_staff(self.partner)
        self.children = [make_parent(password=None).children.get() for _ in range(size)]
        for number in range(size):
            self._week_of(make_service(make_provider(partner=self.partner)), number)
        self.browser = signed_in(self.manager)
        self.statement = self._statement()

    def _week_of(self, service: Any, number: int) -> None:
        from tests.factories import make_booking, next_weekday, shanghai

        child = self.children[number]
        for day in range(BOOKED):
            starts_at = shanghai(next_weekday(0) + timedelta(days=day), 9 + number % 9)
            make_booking(service=service, child=child, starts_at=starts_at)

    def _statement(self) -> Any:
        from payments.settlement.selectors import statements_of
        from tests.payments.settlement.made import earned, stated

        for _ in range(self.size):
            earned(50_000, payee=self.partner.public_id)
        return stated(self.partner.public_id) or statements_of(self.partner.public_id).first()

    def calendar(self) -> str:
        from tests.factories import next_weekday

        return f"/clinic/week/?on={next_weekday(0).isoformat()}"

    def statement_page(self) -> str:
        return f"/clinic/money/{self.statement.public_id}/"


def asked(clinic: Clinic, path: str) -> tuple[float, int]:
    """Open a page once; return its milliseconds and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        response = clinic.browser.get(path)
        took = (time.perf_counter() - began) * 1000
    assert response.status_code == 200, (path, response.status_code)
    return took, len(queries)


def main() -> None:
    ground.prepare(DATABASE)
    try:
        clinics = [Clinic(size) for size in SIZES]
        pages = {"calendar": Clinic.calendar, "statement": Clinic.statement_page}
        taken: dict[tuple[str, int], list[tuple[float, int]]] = {}
        for turn in range(TURNS + 1):
            for name, path in pages.items():
                for clinic in clinics:
                    found = asked(clinic, path(clinic))
                    if turn:  # the first warms up
                        taken.setdefault((name, clinic.size), []).append(found)
        figures = {
            (name, size): (round(median(ms for ms, _ in rows), 1), max(queries for _, queries in rows))
            for (name, size), rows in taken.items()
        }
        for (name, size), (milliseconds, queries) in figures.items():
            print(f"{name:10} {size:5} providers  {milliseconds:8.1f} ms  {queries:3} queries")
        small, large = SIZES
        print(
            json.dumps(
                {
                    "queries_calendar": figures["calendar", large][1],
                    "queries_statement": figures["statement", large][1],
                    "queries_flat": figures["calendar", small][1] >= figures["calendar", large][1] - 2,
                    "ms_calendar": figures["calendar", large][0],
                    "ms_calendar_small": figures["calendar", small][0],
                    "ms_statement": figures["statement", large][0],
                    "ms_statement_small": figures["statement", small][0],
                }
                | _oversight()
            )
        )
    finally:
        from django.db import connection

        connection.close()
        ground.leave()


def _oversight() -> dict[str, Any]:
    """What the oversight portal costs, as its own benchmark prints it."""
    command = [sys.executable, "-m", "tests.benchmarks.oversight"]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(said.splitlines()[-1]))


if __name__ == "__main__":
    main()
