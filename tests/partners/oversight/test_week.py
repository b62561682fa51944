"""The weekly report of supply and demand: true where many came, silent where few did, and loud where help is short."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.waitlist.enums import EntryState
from marketplace.core.needs import Need
from partners.oversight.sections import Section, read_section
from partners.oversight.selectors.demand import week_figures
from tests import factories
from tests.factories.waitlist import make_entry

from .town import asked, last_week, on, service_for

pytestmark = pytest.mark.django_db


def table(key: str) -> dict[str, dict[str, object]]:
    """A table of last week's, by row and column."""
    section = read_section(week_figures(last_week()).content(), key)
    return by_row(section)


def by_row(section: Section | None) -> dict[str, dict[str, object]]:
    assert section is not None
    return {str(row[0]): dict(zip(section.columns, row[1:], strict=True)) for row in section.rows}


def test_many_children_are_counted_and_few_are_not_told():
    asked(service_for(Need.SLEEP, "武昌区"), 12, span=last_week())
    asked(service_for(Need.SLEEP, "洪山区"), 3, span=last_week())
    asked(service_for(Need.EXAMS, "武昌区"), 14, span=last_week())
    told = table("demand")
    assert told["sleep"]["洪山区"] is None
    assert None in (told["sleep"]["武昌区"], told["sleep"]["all"]), "or 3 could be worked out"
    assert told["exams"]["武昌区"] in (14, None)
    assert 3 not in [number for row in told.values() for number in row.values()]


def test_a_child_who_asks_three_times_is_one_child():
    service = service_for(Need.SLEEP, "武昌区")
    asked(service, 10, span=last_week())
    assert table("demand")["sleep"]["all"] == 10


def test_ages_are_told_by_band():
    span = last_week()
    service = service_for(Need.SLEEP, "武昌区")
    asked(service, 11, span=span, born_on=date(span.until_on.year - 10, 1, 1))
    asked(service, 12, span=span, born_on=date(span.until_on.year - 17, 1, 1))
    told = table("ages")
    assert (told["8-11"]["all"], told["15-18"]["all"], told["all"]["all"]) == (11, 12, 23)


def test_other_weeks_are_other_reports():
    span = last_week()
    asked(service_for(Need.SLEEP, "武昌区"), 10, span=type(span)(span.from_on - timedelta(days=7), span.until_on))
    assert week_figures(last_week()).sections[0].rows == []


def waiting(number: int, service) -> None:
    for _ in range(number):
        entry = make_entry(service=service)
        type(entry).objects.filter(pk=entry.pk).update(joined_at=on(last_week()), state=EntryState.WAITING)


def test_a_surge_raises_the_flag_of_a_shortage():
    service = service_for(Need.SLEEP, "武昌区")
    service.providers.get().weekly_availability.all().delete()
    waiting(12, service)
    told = table("shortage")
    assert (told["sleep"]["waiting"], told["sleep"]["state"]) == (12, "short")
    assert told["exams"]["state"] == "enough"


def test_a_few_who_wait_raise_nothing_and_are_not_told():
    service = service_for(Need.SLEEP, "武昌区")
    service.providers.get().weekly_availability.all().delete()
    waiting(9, service)
    assert (table("shortage")["sleep"]["waiting"], table("shortage")["sleep"]["state"]) == (None, "enough")


def test_one_persons_working_week_is_not_told():
    service_for(Need.SLEEP, "武昌区")
    assert table("supply")["武昌区"] == {"providers": 1, "offered_hours": None, "taken_hours": None, "percent": None}
    for _ in range(2):
        factories.make_provider(partner=factories.make_partner(district="武昌区"))
    assert table("supply")["武昌区"]["offered_hours"] == 3 * 9 * 7


def test_prices_are_told_by_kind():
    for price in (20_000, 30_000, 50_000):
        service_for(Need.SLEEP, "武昌区", price_fen=price)
    assert table("prices")["session"] == {"offers": 3, "low_fen": 20_000, "median_fen": 30_000, "high_fen": 50_000}


def test_how_long_it_takes_is_told_where_many_asked():
    asked(service_for(Need.SLEEP, "武昌区"), 10, span=last_week())
    asked(service_for(Need.EXAMS, "武昌区"), 4, span=last_week())
    told = table("waiting")
    assert told["exams"]["median_days"] is None


def test_the_questions_to_the_database_do_not_grow_with_families(django_assert_num_queries):
    asked(service_for(Need.SLEEP, "武昌区"), 1, span=last_week())
    with CaptureQueriesContext(connection) as few:
        week_figures(last_week())
    asked(service_for(Need.EXAMS, "洪山区"), 5, span=last_week())
    with django_assert_num_queries(len(few)):
        week_figures(last_week())
