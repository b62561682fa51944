"""Several people of a clinic change one counsellor's weekly hours at once: what each was told is what stands."""

import threading
from datetime import time

import pytest

from catalog.scheduling.errors import HoursOverlap
from catalog.scheduling.services import set_weekly_availability
from catalog.scheduling.services.availability import WorkingHours, add_weekly_hours, remove_weekly_hours
from tests.factories import make_provider

pytestmark = pytest.mark.django_db(transaction=True)
DESKS = 4


def evening(number):
    return WorkingHours(2, time(18 + number), time(19 + number))


def hours_of(provider):
    return sorted(provider.weekly_availability.values_list("from_time", flat=True))


def test_hours_added_at_once_are_all_there(transactional_db, run_concurrently):
    provider = make_provider(weekly=[])
    outcomes = run_concurrently(lambda n: add_weekly_hours(provider=provider, stretch=evening(n)), DESKS)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    assert hours_of(provider) == [time(18 + number) for number in range(DESKS)]


def test_without_reading_under_the_lock_the_race_is_real(transactional_db, run_concurrently):
    """Whoever writes the week as they saw it takes away what others added meanwhile."""
    provider, seen = make_provider(weekly=[]), threading.Barrier(DESKS)

    def add_to_what_was_seen(number):
        rows = [WorkingHours(row.weekday, row.from_time, row.to_time) for row in provider.weekly_availability.all()]
        seen.wait(60)
        set_weekly_availability(provider=provider, hours=[*rows, evening(number)])

    run_concurrently(add_to_what_was_seen, DESKS)
    assert len(hours_of(provider)) == 1


def test_the_same_hours_are_added_once_and_taken_away_once(transactional_db, run_concurrently):
    provider = make_provider(weekly=[(2, time(9), time(12))])
    outcomes = run_concurrently(lambda _: add_weekly_hours(provider=provider, stretch=evening(0)), DESKS)
    assert [type(outcome.error) for outcome in outcomes if outcome.error] == [HoursOverlap] * (DESKS - 1)
    added = provider.weekly_availability.get(from_time=time(18)).pk
    outcomes = run_concurrently(lambda _: remove_weekly_hours(provider=provider, hours_id=added), DESKS)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    assert hours_of(provider) == [time(9)]
