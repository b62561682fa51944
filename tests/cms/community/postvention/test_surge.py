"""The rule by which related texts are a surge."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.community.postvention import surge
from cms.community.postvention.surge import Seen

NOW = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)


def recent(count: int, *, threads: int | None = None) -> list[Seen]:
    return [Seen(NOW - timedelta(minutes=5 * (each + 1)), each % (threads or count)) for each in range(count)]


def usual(per_window: int) -> list[Seen]:
    """As many in every window of the last four weeks, up to this one."""
    found = []
    for window in range(1, surge.DAYS * 4 + 1):
        begin = NOW - surge.WINDOW * (window + 1)
        found += [Seen(begin + timedelta(minutes=10 + each), 1000 + each) for each in range(per_window)]
    return found


def test_a_quiet_community_and_six_writers_in_as_many_threads_are_a_surge():
    assert surge.read(recent(6), now=NOW, since=LONG_AGO).is_surge
    assert not surge.read(recent(4), now=NOW, since=LONG_AGO).is_surge


def test_one_thread_in_which_people_comfort_somebody_is_none():
    assert not surge.read(recent(7, threads=1), now=NOW, since=LONG_AGO).is_surge
    assert surge.read(recent(12, threads=1), now=NOW, since=LONG_AGO).is_surge


def test_where_many_write_of_it_every_evening_as_many_are_none():
    assert not surge.read(usual(6) + recent(9), now=NOW, since=LONG_AGO).is_surge
    assert surge.read(usual(6) + recent(24), now=NOW, since=LONG_AGO).is_surge


def test_an_evening_is_measured_by_evenings():
    """Five each evening and nothing else: a mean over all hours would call every evening a surge."""
    evenings = [
        Seen(NOW - timedelta(days=day, minutes=30 * each + 10), 100 * day + each)
        for day in range(1, surge.DAYS + 1)
        for each in range(5)
    ]
    reading = surge.read(evenings + recent(8), now=NOW, since=LONG_AGO)
    assert reading.usual == pytest.approx((2 + 5 * surge.DAYS) / (4 + surge.DAYS))
    assert not reading.is_surge


def test_what_was_first_is_known_so_that_the_seconds_can_be_told():
    reading = surge.read(recent(6), now=NOW)
    assert reading.first_at == NOW - timedelta(minutes=30)


SIGHTS = st.lists(
    st.builds(Seen, st.integers(1, 40 * 24 * 60).map(lambda ago: NOW - timedelta(minutes=ago)), st.integers(1, 30)),
    max_size=120,
)


@given(SIGHTS, st.integers(1, 40))
def test_more_writers_now_never_end_a_surge(sights, more):
    before = surge.read(sights, now=NOW, since=LONG_AGO)
    extra = [Seen(NOW - timedelta(seconds=each), 5000 + each) for each in range(more)]
    after = surge.read(sights + extra, now=NOW, since=LONG_AGO)
    assert after.usual == before.usual
    assert after.is_surge >= before.is_surge


@given(SIGHTS)
def test_fewer_than_the_fewest_writers_are_never_a_surge(sights):
    reading = surge.read(sights, now=NOW, since=LONG_AGO)
    assert not (reading.is_surge and reading.seen < surge.FEWEST_WRITERS)


@given(st.floats(0.01, 200), st.floats(0, 50))
def test_what_is_more_usual_needs_more(mean, more):
    assert surge.threshold_for(mean) <= surge.threshold_for(mean + more)


@given(st.floats(0.01, 200))
def test_chance_alone_passes_the_threshold_less_than_once_in_ten_thousand_looks(mean):
    assert surge.chance_of(surge.threshold_for(mean), mean) <= surge.CHANCE


@given(st.integers(0, 60), st.floats(0.01, 100))
def test_chances_are_chances(count, mean):
    assert 0 <= surge.chance_of(count + 1, mean) <= surge.chance_of(count, mean) <= 1


def test_a_quiet_quarter_raises_no_alarm():
    """Ninety ordinary days, about three writers a window, more in the evening: looked at with each of them."""
    dice = Random(6)
    sights: list[Seen] = []
    alarms = looks = 0
    for hour in range(90 * 24):
        at = NOW + timedelta(hours=hour)
        rate = 1.2 if at.hour % 24 in range(11, 16) else 0.3
        for _ in range(_poisson(dice, rate)):
            seen = at + timedelta(minutes=dice.uniform(0, 60))
            sights.append(Seen(seen, dice.randrange(10**6)))
            if hour > 24 * 14:
                recently = [each for each in sights if each.at > seen - timedelta(days=29)]
                alarms += surge.read(recently, now=seen, since=NOW).is_surge
                looks += 1
    assert looks > 500
    assert alarms == 0


def _poisson(dice: Random, mean: float) -> int:
    count, left = 0, dice.expovariate(1)
    while left < mean:
        count, left = count + 1, left + dice.expovariate(1)
    return count
