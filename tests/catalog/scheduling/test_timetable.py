"""A provider's timetable against an oracle that asks of every five minutes of the day whether a session may go on there."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.scheduling.intervals import merged
from catalog.scheduling.timetable import DAY_SECONDS, Demand, Timetable, WeeklyHours, day_of, midnight, monday_of

DAY = date(2026, 11, 28)  # a Saturday
BEGIN = midnight(DAY)
QUARTER = 15 * 60
MODES = ("in_person", "phone")
HERE, THERE = 1, 2

quarters = st.tuples(st.integers(0, 90), st.integers(1, 40)).map(lambda p: (p[0], min(p[0] + p[1], 95)))
mode_sets = st.frozensets(st.sampled_from(MODES))
places = st.sampled_from([None, HERE, THERE])
spans = st.lists(
    st.tuples(st.integers(-20, 110), st.integers(1, 30)).map(
        lambda p: (BEGIN + p[0] * QUARTER, BEGIN + (p[0] + p[1]) * QUARTER)
    ),
    max_size=4,
)


def seconds(intervals):
    return {second for start, end in intervals for second in range(start, end, 300)}


def hours_of(timetable, mode, place):
    """Every five minutes at which a session of this mode may go on, at a place (None: wherever)."""
    weekly = {
        second
        for hours in timetable.weekly.get(DAY.weekday(), [])
        if (not hours.modes or mode in hours.modes) and (place is None or hours.location_id in (None, place))
        for second in range(BEGIN + hours.from_second, BEGIN + hours.to_second, 300)
    }
    opened = seconds(timetable.opened)
    for each, intervals in timetable.opened_at.items():
        if place in (None, each):
            opened |= seconds(intervals)
    return (weekly - seconds(timetable.closed)) | opened


def places_for(timetable, mode, demand):
    """Nobody changes place in the middle of a session in person; a remote one does not care."""
    if mode != "in_person":
        return [None]
    if demand.location_id:
        return [demand.location_id]
    known = {hours.location_id for hours in timetable.weekly.get(DAY.weekday(), [])} | set(timetable.opened_at)
    return [place for place in known if place] or [None]


def oracle(timetable, demand):
    """Each five minutes on its own: open means every five minutes of the session are; free means none of it is taken."""
    taken = seconds(timetable.taken)
    found = {}
    for start in range(BEGIN, BEGIN + DAY_SECONDS, demand.step):
        session = set(range(start, start + demand.length, 300))
        busy = set(range(start - demand.prepare, start + demand.length + demand.rest, 300))
        if not demand.earliest <= start <= demand.latest or busy & taken or start + demand.length > BEGIN + DAY_SECONDS:
            continue
        modes = {
            mode
            for mode in demand.modes
            if any(session <= hours_of(timetable, mode, place) for place in places_for(timetable, mode, demand))
        }
        if modes:
            found[start] = modes
    return found


@settings(max_examples=300, deadline=None)
@given(
    weekly=st.lists(st.tuples(quarters, mode_sets, places), max_size=3),
    closed=spans,
    opened=spans,
    opened_there=spans,
    taken=spans,
    length=st.sampled_from([30, 50, 60, 90]),
    prepare=st.sampled_from([0, 10, 15]),
    rest=st.sampled_from([0, 10, 30]),
    step=st.sampled_from([15, 30, 50, 60]),
    bounds=st.tuples(st.integers(-10, 80), st.integers(20, 110)),
    wanted=places,
)
def test_free_starts_are_those_the_oracle_finds(
    weekly, closed, opened, opened_there, taken, length, prepare, rest, step, bounds, wanted
):
    timetable = Timetable(
        weekly={
            DAY.weekday(): [
                WeeklyHours(begin * QUARTER, end * QUARTER, modes, place)
                for (begin, end), modes, place in weekly
                if begin < end
            ]
        },
        closed=closed,
        opened=opened,
        opened_at={THERE: opened_there} if opened_there else {},
        taken=merged(taken),
    )
    demand = Demand(
        length * 60,
        rest * 60,
        step * 60,
        MODES,
        BEGIN + bounds[0] * QUARTER,
        BEGIN + bounds[1] * QUARTER,
        prepare=prepare * 60,
        location_id=wanted,
    )
    found = {start: set(modes) for start, modes in timetable.starts_on(DAY, demand).items()}
    assert found == oracle(timetable, demand)
    for start, modes in found.items():
        assert timetable.is_free(*demand.busy(start))
        assert all(timetable.is_open(start, demand.length, mode, wanted) for mode in modes)


@settings(max_examples=100, deadline=None)
@given(
    days=st.lists(st.integers(-10, 10).map(lambda n: DAY + timedelta(days=n)), max_size=20),
    per_day=st.none() | st.integers(1, 3),
    per_week=st.none() | st.integers(1, 8),
)
def test_a_day_is_full_when_it_or_its_week_has_as_many_sessions_as_wanted(days, per_day, per_week):
    timetable = Timetable(sessions_per_day=per_day, sessions_per_week=per_week, sessions=Counter(days))
    monday = DAY - timedelta(days=5)
    in_week = [day for day in days if monday <= day < monday + timedelta(days=7)]
    expected = (per_day is not None and days.count(DAY) >= per_day) or (
        per_week is not None and len(in_week) >= per_week
    )
    assert timetable.is_full(DAY) == expected


def all_day(**fields):
    hours = {weekday: [WeeklyHours(weekday * 3600, (weekday + 2) * 3600)] for weekday in range(7)}
    return Timetable(weekly=hours, **fields)


def first_hour(timetable, day):
    hours = timetable.open_hours(day, "phone")
    return (hours[0][0] - midnight(day)) // 3600 if hours else None


def test_a_full_day_offers_nothing():
    demand = Demand(3000, 600, 1800, MODES, BEGIN, BEGIN + DAY_SECONDS)
    assert all_day().starts_on(DAY, demand)
    assert all_day(sessions_per_day=1, sessions=Counter([DAY])).starts_on(DAY, demand) == {}


def test_holidays_are_kept_unless_the_provider_works_on_them_or_opens_them():
    national_day = date(2026, 10, 1)  # a Thursday
    assert first_hour(all_day(keeps_holidays=True), national_day) is None
    assert first_hour(all_day(), national_day) == 3
    noon = midnight(national_day) + 12 * 3600
    assert first_hour(all_day(keeps_holidays=True, opened=[(noon, noon + 3600)]), national_day) == 12


def test_a_shifted_working_day_has_the_hours_of_the_day_named():
    saturday = date(2026, 10, 10)  # worked for the National Day
    assert first_hour(all_day(keeps_holidays=True), saturday) == 5
    assert first_hour(all_day(keeps_holidays=True, shifted_days_as=2), saturday) == 2
    assert first_hour(all_day(keeps_holidays=True, shifted_days_as=2), saturday + timedelta(days=7)) == 5


def test_an_ordinary_weekend_is_no_holiday_and_law_fixes_what_is_not_announced_yet():
    assert first_hour(all_day(keeps_holidays=True), DAY) == 5
    assert first_hour(all_day(keeps_holidays=True), date(2036, 10, 1)) is None
    assert first_hour(all_day(keeps_holidays=True), date(2036, 9, 30)) is not None


def test_a_session_in_person_lies_at_one_place_from_beginning_to_end():
    noon, length = BEGIN + 12 * 3600, 3600
    weekly = {
        DAY.weekday(): [
            WeeklyHours(9 * 3600, 12 * 3600, location_id=HERE),
            WeeklyHours(12 * 3600, 15 * 3600, location_id=THERE),
        ]
    }
    timetable = Timetable(weekly=weekly)
    assert timetable.places_open(noon - 3600, length, "in_person") == [HERE]
    assert timetable.places_open(noon, length, "in_person") == [THERE]
    assert timetable.places_open(noon - 1800, length, "in_person") == []
    assert timetable.places_open(noon - 1800, length, "phone") == [None]
    assert not timetable.is_open(noon, length, "in_person", HERE)


def test_what_was_just_given_away_is_taken_and_counted():
    timetable = all_day(sessions_per_day=1)
    timetable.take(BEGIN + 3600, (BEGIN + 3000, BEGIN + 7200))
    assert not timetable.is_free(BEGIN + 7000, BEGIN + 8000)
    assert timetable.is_free(BEGIN + 7200, BEGIN + 8000)
    assert timetable.is_full(DAY)


def test_days_are_shanghais():
    assert day_of(midnight(DAY)) == DAY
    assert day_of(midnight(DAY) - 1) == DAY - timedelta(days=1)
    assert midnight(DAY) % DAY_SECONDS == 16 * 3600  # 00:00 in Shanghai is 16:00 UTC the day before
    assert monday_of(DAY) == date(2026, 11, 23)
