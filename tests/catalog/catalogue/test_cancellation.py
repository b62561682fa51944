"""Cancellation policies: waiting never pays, nothing negative, and what was agreed stays agreed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.catalogue.cancellation import (
    MAX_HOURS,
    NOTHING,
    WHOLE,
    CancellationPolicy,
    Window,
    default_windows,
    validate_windows,
)
from catalog.catalogue.cancellation_words import in_hours, in_moments

START = datetime(2026, 11, 28, 6, 30, tzinfo=UTC)
windows = st.builds(Window, st.integers(0, 72), st.integers(0, 100), st.sampled_from([0, 1, 500, 2_000, 100_000]))


@st.composite
def policies(draw) -> CancellationPolicy:
    """Policies that the validation lets through."""
    found = draw(st.lists(windows, min_size=1, max_size=4, unique_by=lambda window: window.hours))
    found.sort(key=lambda window: -window.hours)
    percents = sorted((window.percent for window in found), reverse=True)
    fees = sorted(window.fee_fen for window in found)
    last = percents[-1] if found[-1].hours == 0 else 0
    policy = CancellationPolicy(
        tuple(Window(w.hours, p, f) for w, p, f in zip(found, percents, fees, strict=True)),
        draw(st.integers(0, last)),
    )
    validate_windows(policy.as_json())
    return policy


@given(policies(), st.integers(0, 10**7), st.lists(st.integers(-3600, 80 * 3600), min_size=2, max_size=6))
def test_waiting_never_pays_and_nothing_exceeds_the_price(policy, price, moments):
    earlier_first = sorted(moments, reverse=True)
    back = [
        policy.window_at(starts_at=START, now=START - timedelta(seconds=seconds)).refund_fen(price)
        for seconds in earlier_first
    ]
    assert back == sorted(back, reverse=True)
    assert all(0 <= fen <= price for fen in back)


@given(policies())
def test_a_policy_survives_being_kept(policy):
    assert CancellationPolicy.from_json(policy.as_json()) == policy


@given(policies(), st.integers(0, 80 * 3600))
def test_the_free_deadline_is_where_the_whole_price_stops_coming_back(policy, seconds):
    now = START - timedelta(seconds=seconds)
    until = policy.free_until(starts_at=START)
    is_free = until is not None and now <= until and now < START
    assert policy.window_at(starts_at=START, now=now).is_free == is_free


@given(policies(), st.integers(-3600, 80 * 3600))
def test_there_is_always_something_to_read(policy, seconds):
    assert in_hours(policy)
    assert in_moments(policy, starts_at=START, now=START - timedelta(seconds=seconds))


def test_three_windows_say_and_give_back_what_they_are():
    policy = CancellationPolicy((Window(24, 100), Window(2, 50)))
    assert in_hours(policy) == [
        "开始前 24 小时以上取消，全额退款", "开始前 2 小时以上取消，退 50%", "再晚取消，不退款",
    ]  # fmt: skip
    assert in_moments(policy, starts_at=START, now=START - timedelta(hours=3)) == [
        "11月28日 周六 12:30 前取消，退 50%", "再晚取消，不退款",
    ]  # fmt: skip
    assert policy.window_at(starts_at=START, now=START - timedelta(hours=1)) == NOTHING


def test_a_fixed_fee_is_taken_off_and_never_below_zero():
    window = Window(0, 100, fee_fen=2_000)
    assert (window.refund_fen(36_000), window.refund_fen(1_500)) == (34_000, 0)
    assert in_hours(CancellationPolicy((Window(24, 100), window)))[-1] == "之后、开始前取消，扣 ¥20，其余退回"
    assert WHOLE.refund_fen(36_001) == 36_001


@pytest.mark.parametrize(
    "bad",
    [
        [], {}, "x", None, [{"hours": 1}], [{"hours": -1, "percent": 50}], [{"hours": 1, "percent": 101}],
        [{"hours": MAX_HOURS + 1, "percent": 1}], [{"hours": 1, "percent": 1, "fee_fen": -1}], [{"hours": True, "percent": 1}],
        [{"hours": 2, "percent": 50}, {"hours": 2, "percent": 0}],
        [{"hours": 2, "percent": 50}, {"hours": 24, "percent": 100}],
        [{"hours": 24, "percent": 50}, {"hours": 2, "percent": 60}],
        [{"hours": 24, "percent": 100, "fee_fen": 2_000}, {"hours": 2, "percent": 50, "fee_fen": 0}],
        [{"hours": hour, "percent": 1} for hour in (5, 4, 3, 2, 1)],
    ],
)  # fmt: skip
def test_what_is_no_policy_is_refused(bad):
    with pytest.raises(ValidationError):
        validate_windows(bad)


def test_the_houses_own_policy_is_one():
    validate_windows(default_windows())


@given(policies(), st.integers(0, 10**7), st.integers(1, 80 * 3600))
def test_missing_a_session_never_pays_more_than_cancelling_it(policy, price, seconds):
    cancelled = policy.window_at(starts_at=START, now=START - timedelta(seconds=seconds)).refund_fen(price)
    assert policy.missed_window.refund_fen(price) <= cancelled or policy.windows[-1].hours > 0
    assert policy.missed_window.refund_fen(price) <= policy.windows[-1].refund_fen(price)


@pytest.mark.parametrize("missed", [51, -1, True, "30"])
def test_a_missed_session_gives_back_no_more_than_the_last_window(missed):
    with pytest.raises(ValidationError):
        validate_windows([*default_windows(), {"missed_percent": missed}])


def test_what_a_missed_session_gives_back_is_said():
    policy = CancellationPolicy.from_json([*default_windows(), {"missed_percent": 30}])
    assert in_hours(policy)[-1] == "没有来，退 30%"
    assert in_moments(policy, starts_at=START, now=START - timedelta(hours=2))[-1] == "没有来，退 30%"
