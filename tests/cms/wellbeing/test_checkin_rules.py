"""Quiet hours, lessons and the night: whatever somebody chooses, nobody is asked at a shut moment."""

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.wellbeing.rules import checkins as rules
from cms.wellbeing.rules.checkins import Schedule, may_ask_at, next_asking, snoozed_until
from marketplace.core.formatting import SHANGHAI, in_shanghai

MONDAY = datetime(2026, 11, 23, tzinfo=SHANGHAI)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(SHANGHAI))
SCHEDULES = st.builds(
    Schedule,
    times=st.lists(CLOCKS, min_size=1, max_size=4).map(tuple),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    quiet_from=CLOCKS,
    quiet_until=CLOCKS,
    keeps_lessons=st.booleans(),
    lessons_from=CLOCKS,
    midday_from=CLOCKS,
    midday_until=CLOCKS,
    lessons_until=CLOCKS,
)


def at(clock: str, day: int = 0) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def schedule(*clocks: str, **fields: object) -> Schedule:
    times = tuple(time.fromisoformat(clock) for clock in clocks)
    return Schedule(**{"times": times, "days": frozenset(range(7))} | fields)


@pytest.mark.parametrize(
    ("clock", "day", "is_open"),
    [
        ("06:59", 5, False),  # quiet until seven, on a Saturday too
        ("07:00", 5, True),
        ("07:00", 0, True),  # before school
        ("07:30", 0, False),
        ("11:59", 0, False),
        ("12:00", 0, True),  # the midday break
        ("13:29", 0, True),
        ("13:30", 0, False),
        ("16:59", 4, False),
        ("17:00", 4, True),
        ("10:00", 5, True),  # no lessons at the week-end
        ("21:29", 0, True),
        ("21:30", 0, False),
        ("23:59", 0, False),
        ("00:00", 0, False),
    ],
)
def test_the_usual_day(clock: str, day: int, is_open: bool):
    assert may_ask_at(schedule("12:20"), at(clock, day)) is is_open


def test_the_night_stays_shut_whatever_is_chosen():
    wide = schedule("23:00", quiet_from=time(3), quiet_until=time(3), keeps_lessons=False)
    assert not may_ask_at(wide, at("22:00"))
    assert not may_ask_at(wide, at("05:59"))
    assert may_ask_at(wide, at("21:59"))
    assert next_asking(wide, MONDAY) is None


def test_a_time_in_lessons_is_asked_on_days_without_them():
    assert next_asking(schedule("10:00"), at("08:00")) == at("10:00", 5)
    assert next_asking(schedule("10:00", keeps_lessons=False), at("08:00")) == at("10:00")


def test_the_next_asking_is_never_now_but_after_it():
    assert next_asking(schedule("12:20"), at("12:20")) == at("12:20", 1)


def test_a_rest_into_the_quiet_lets_the_asking_go():
    assert snoozed_until(schedule("20:30"), at("20:30")) == at("20:50")
    assert snoozed_until(schedule("20:30"), at("21:15")) is None
    assert snoozed_until(schedule("12:20"), at("13:20")) is None  # lessons begin at half past one


@given(SCHEDULES, MOMENTS)
def test_an_asking_is_in_the_future_and_at_an_open_moment(chosen: Schedule, after: datetime):
    moment = next_asking(chosen, after)
    if moment is None:
        return
    local = in_shanghai(moment)
    assert moment > after
    assert local.time() in chosen.times
    assert local.weekday() in chosen.days
    assert may_ask_at(chosen, moment)
    assert not rules.is_within(local.time(), chosen.quiet_from, chosen.quiet_until)
    assert time(6) <= local.time() < time(22)


@given(SCHEDULES, MOMENTS)
def test_no_allowed_time_is_passed_over(chosen: Schedule, after: datetime):
    """What `next_asking` says is the first: every chosen time before it is shut or on another day."""
    moment = next_asking(chosen, after)
    first = in_shanghai(after).date()
    for ahead in range(8):
        day = first + timedelta(days=ahead)
        for clock in chosen.times:
            candidate = datetime.combine(day, clock, tzinfo=SHANGHAI)
            is_open = day.weekday() in chosen.days and may_ask_at(chosen, candidate)
            if is_open and candidate > after:
                assert moment is not None
                assert moment <= candidate


@given(SCHEDULES, MOMENTS)
def test_a_chain_of_askings_goes_on_and_never_closer_than_the_times(chosen: Schedule, after: datetime):
    moments = [after]
    for _each in range(6):
        moment = next_asking(chosen, moments[-1])
        if moment is None:
            break
        moments.append(moment)
    assert all(later > earlier for earlier, later in pairwise(moments))
    days = [in_shanghai(moment).date() for moment in moments[1:]]
    assert all(days.count(day) <= len(set(chosen.times)) for day in days)


@given(SCHEDULES, MOMENTS)
def test_a_rest_ends_at_an_open_moment_or_not_at_all(chosen: Schedule, now: datetime):
    until = snoozed_until(chosen, now)
    assert until is None or (until == now + rules.SNOOZED_FOR and may_ask_at(chosen, until))


@given(CLOCKS, CLOCKS, CLOCKS)
def test_a_span_and_the_one_around_it_share_no_moment(clock: time, begins: time, ends: time):
    if begins != ends:
        assert rules.is_within(clock, begins, ends) is not rules.is_within(clock, ends, begins)
