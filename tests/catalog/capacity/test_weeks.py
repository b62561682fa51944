"""What of a week was on offer and what was taken."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.capacity.weeks import HOUR, Fill, Session, fill_of_week
from catalog.scheduling.timetable import Timetable, WeeklyHours, midnight

MONDAY = date(2026, 6, 1)
BEGIN = midnight(MONDAY)


def timetable(**fields) -> Timetable:
    """Nine to twelve on Mondays."""
    return Timetable(weekly={0: [WeeklyHours(9 * HOUR, 12 * HOUR, frozenset(), None)]}, **fields)


def session(begin: float, end: float, share: float = 1, **fields) -> Session:
    return Session(1, (int(BEGIN + begin * HOUR), int(BEGIN + end * HOUR)), share, **fields)


def hours(fill: Fill) -> tuple[float, float]:
    return fill.offered_hours, fill.taken_hours


def test_an_empty_week_is_on_offer_and_not_taken():
    fill = fill_of_week(MONDAY, timetable(), [])

    assert hours(fill) == (3, 0) and fill.percent == 0


def test_sessions_take_of_it_and_a_group_by_its_paid_seats():
    fill = fill_of_week(MONDAY, timetable(), [session(9, 10), session(10, 12, 0.25)])

    assert hours(fill) == (3, 1.5) and fill.percent == 50


def test_what_lies_outside_the_hours_was_on_offer_too():
    fill = fill_of_week(MONDAY, timetable(), [session(20, 21)])

    assert hours(fill) == (4, 1)


def test_own_work_and_other_calendars_are_not_on_offer():
    busy = [(BEGIN + 11 * HOUR, BEGIN + 13 * HOUR)]
    fill = fill_of_week(MONDAY, timetable(busy_elsewhere=busy), [session(9, 10, 0, is_own=True)])

    assert hours(fill) == (1, 0)


def test_a_week_without_hours_has_no_rate():
    fill = fill_of_week(MONDAY, Timetable(), [])

    assert fill.percent is None and fill.rate is None


def test_what_reaches_out_of_the_week_counts_inside_only():
    late = Session(1, (BEGIN - HOUR, BEGIN + HOUR), 1)

    assert hours(fill_of_week(MONDAY, Timetable(), [late])) == (1, 1)
    assert hours(fill_of_week(MONDAY - timedelta(weeks=1), Timetable(), [late])) == (1, 1)


spans = st.lists(st.tuples(st.integers(0, 160), st.integers(1, 8), st.floats(0, 1), st.booleans()), max_size=20)


@given(spans)
def test_no_more_is_taken_than_was_on_offer(drawn):
    until, kept = 0, []
    for begin, length, share, is_own in sorted(drawn):
        if begin >= until:  # a provider is never in two places
            until = begin + length
            kept.append(session(begin, until, 0 if is_own else share, is_own=is_own))
    fill = fill_of_week(MONDAY, timetable(), kept)

    assert 0 <= fill.taken_seconds <= fill.offered_seconds + 1e-6
