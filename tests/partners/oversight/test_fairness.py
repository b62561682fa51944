"""The weekly report of fairness can be computed again by anybody, and turns among equals are shared out evenly."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest

from catalog.browse.turns import TURNS, turn_of
from catalog.capacity.services import add_exposures
from marketplace.core.embedded.locations import CHECKOUT
from partners.oversight.enums import ReportKind
from partners.oversight.fairness import Seen, fairness_of, turns_of
from partners.oversight.sections import read_section
from partners.oversight.services import make_report
from tests import factories

from .town import last_week

SCRIPT = CHECKOUT / "deploy" / "verify_fairness.py"
MONDAY = date(2026, 11, 16)


def seen(times: int, *, free: float = 10, is_new: bool = False, pk: int = 1) -> Seen:
    return Seen(product_id=pk, partner="甲", is_new=is_new, times=times, free_hours=free)


class TestTurns:
    def test_over_a_season_everybody_stands_first_about_equally_often(self):
        days = [MONDAY + timedelta(days=n) for n in range(400)]
        first = Counter(turns_of(day, range(1, 5))[0] for day in days)
        assert set(first) == {1, 2, 3, 4} and min(first.values()) > 70

    def test_the_order_of_a_day_is_always_the_same_and_other_days_have_others(self):
        assert turns_of(MONDAY, range(9)) == turns_of(MONDAY, reversed(range(9)))
        assert turns_of(MONDAY, range(9)) != turns_of(MONDAY + timedelta(days=1), range(9))
        assert all(0 <= turn_of(MONDAY, pk) < TURNS for pk in range(50))


class TestMeasures:
    def test_equal_showings_are_equal_and_merit_evens_out_what_merit_made(self):
        assert fairness_of([seen(5), seen(5)]).gini == 0
        unequal = [seen(10, free=10), seen(40, free=40)]
        assert fairness_of(unequal).gini > 0.2 and fairness_of(unequal).gini_by_merit == 0

    def test_nothing_shown_is_nothing_told(self):
        nothing = fairness_of([seen(0)])
        assert (nothing.gini, nothing.new_share, nothing.floor_holds) == (None, None, True)

    def test_the_floor_of_new_services(self):
        assert not fairness_of([seen(99), seen(1, is_new=True)]).floor_holds
        assert fairness_of([seen(60), seen(40, is_new=True)]).floor_holds
        assert fairness_of([seen(60)]).floor_holds


@pytest.mark.django_db
class TestReport:
    @pytest.fixture
    def report(self):
        span = last_week()
        for number in range(4):
            service = factories.make_service()
            add_exposures({(span.from_on, service.product_id): 10 * number})
        return make_report(ReportKind.FAIRNESS, span.from_on)

    def run(self, tmp_path, content: str, *options: str):
        file = tmp_path / "week.json"
        file.write_text(content)
        done = subprocess.run(
            [sys.executable, "-I", str(SCRIPT), str(file), *options], capture_output=True, check=False
        )
        return done.returncode, json.loads(done.stdout)

    def test_anybody_computes_the_same_with_pythons_library_alone(self, report, tmp_path):
        day = report.from_on
        code, answer = self.run(tmp_path, report.content, "--day", day.isoformat())
        assert (code, answer["agrees"]) == (0, True)
        assert answer["figures"]["gini"] > 0
        ids = [row[0] for row in read_section(json.loads(report.content), "services").rows]
        assert answer["order"] == turns_of(day, ids)

    def test_a_prettier_figure_is_found_out(self, report, tmp_path):
        content = json.loads(report.content)
        read_section(content, "measures").rows[0][1] = 0.01
        code, answer = self.run(tmp_path, json.dumps(content))
        assert (code, answer["agrees"]) == (1, False)

    def test_the_page_is_open_to_everybody_and_states_the_rule(self, report, client):
        page = client.get("/fair/").content.decode()
        assert "轮流在前" in page and f"{report.from_on.isoformat()} JSON" in page

    def test_its_file_is_what_was_signed(self, report, client):
        file = client.get(f"/fair/{report.from_on.isoformat()}/json/")
        assert file.content.decode() == report.content
        assert client.get(f"/fair/{report.from_on.isoformat()}/pdf/").status_code == 404


def test_without_a_week_the_rule_still_stands(client, db):
    assert "轮流在前" in client.get("/fair/").content.decode()
