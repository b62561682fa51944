"""A provider's timetable against an oracle that asks of every minute of the day whether a session may begin there."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.scheduling.intervals import merged
from catalog.scheduling.timetable import DAY_SECONDS, Demand, Timetable, WeeklyHours, day_of, midnight

DAY = date(2026, 11, 28)  # a Saturday
BEGIN = midnight(DAY)
QUARTER = 15 * 60
MODES = ("in_person", "phone")

quarters = st.tuples(st.integers(0, 90), st.integers(1, 40)).map(lambda p: (p[0], min(p[0] + p[1], 95)))
mode_sets = st.frozensets(st.sampled_from(MODES))
spans = st.lists(
    st.tuples(st.integers(-20, 110), st.integers(1, 30)).map(
        lambda p: (BEGIN + p[0] * QUARTER, BEGIN + (p[0] + p[1]) * QUARTER)
    ),
    max_size=4,
)


def seconds(intervals):
    return {second for start, end in intervals for second in range(start, end, 300)}


def oracle(timetable, demand):
    """Each five minutes on its own: open means every five minutes of the session are; free means none of it is taken."""
    closed, opened, taken = seconds(timetable.closed), seconds(timetable.opened), seconds(timetable.taken)
    found = {}
    for start in range(BEGIN, BEGIN + DAY_SECONDS, demand.step):
        session = set(range(start, start + demand.length, 300))
        busy = set(range(start, start + demand.length + demand.rest, 300))
        if not demand.earliest <= start <= demand.latest or busy & taken or start + demand.length > BEGIN + DAY_SECONDS:
            continue
        modes = []
        for mode in demand.modes:
            weekly = {
                second
                for hours in timetable.weekly.get(DAY.weekday(), [])
                if not hours.modes or mode in hours.modes
                for second in range(BEGIN + hours.from_second, BEGIN + hours.to_second, 300)
            }
            if session <= (weekly - closed) | opened:
                modes.append(mode)
        if modes:
            found[start] = set(modes)
    return found


@settings(max_examples=300, deadline=None)
@given(
    weekly=st.lists(st.tuples(quarters, mode_sets), max_size=3),
    closed=spans,
    opened=spans,
    taken=spans,
    length=st.sampled_from([30, 50, 60, 90]),
    rest=st.sampled_from([0, 10, 30]),
    step=st.sampled_from([15, 30, 50, 60]),
    bounds=st.tuples(st.integers(-10, 80), st.integers(20, 110)),
)
def test_free_starts_are_those_the_oracle_finds(weekly, closed, opened, taken, length, rest, step, bounds):
    timetable = Timetable(
        weekly={
            DAY.weekday(): [
                WeeklyHours(begin * QUARTER, end * QUARTER, modes) for (begin, end), modes in weekly if begin < end
            ]
        },
        closed=closed,
        opened=opened,
        taken=merged(taken),
    )
    demand = Demand(length * 60, rest * 60, step * 60, MODES, BEGIN + bounds[0] * QUARTER, BEGIN + bounds[1] * QUARTER)
    found = {start: set(modes) for start, modes in timetable.starts_on(DAY, demand).items()}
    assert found == oracle(timetable, demand)
    for start, modes in found.items():
        assert timetable.is_free(start, demand.length + demand.rest)
        assert all(timetable.is_open(start, demand.length, mode) for mode in modes)


def test_days_are_shanghais():
    assert day_of(midnight(DAY)) == DAY
    assert day_of(midnight(DAY) - 1) == DAY - timedelta(days=1)
    assert midnight(DAY) % DAY_SECONDS == 16 * 3600  # 00:00 in Shanghai is 16:00 UTC the day before
