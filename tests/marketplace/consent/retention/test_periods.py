"""How long a period is, by the calendar in Shanghai, at its very edges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.consent.retention.periods import Period, midnight, months_later
from marketplace.core.formatting import SHANGHAI

SECOND = timedelta(seconds=1)
THREE_YEARS, HALF_A_YEAR, MONTH_OF_DAYS = Period(months=36), Period(months=6), Period(days=30)


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("period", "began_at", "over_at"),
    [
        (THREE_YEARS, shanghai(2023, 5, 10, 9), shanghai(2026, 5, 11)),
        (THREE_YEARS, shanghai(2024, 2, 29, 23, 59, 59), shanghai(2027, 3, 1)),  # no 29 February: the month's last day
        (THREE_YEARS, shanghai(2021, 2, 28, 12), shanghai(2024, 2, 29)),  # the same day, though the month is longer
        (Period(months=48), shanghai(2024, 2, 29, 8), shanghai(2028, 3, 1)),  # there is one again
        (HALF_A_YEAR, shanghai(2025, 8, 31, 7), shanghai(2026, 3, 1)),
        (HALF_A_YEAR, shanghai(2025, 8, 28, 7), shanghai(2026, 3, 1)),
        (HALF_A_YEAR, shanghai(2025, 8, 27, 7), shanghai(2026, 2, 28)),
        (HALF_A_YEAR, shanghai(2023, 8, 31, 7), shanghai(2024, 3, 1)),
        (MONTH_OF_DAYS, shanghai(2026, 1, 31, 7), shanghai(2026, 3, 3)),
        # 16:30 on the last day of the year in London is the next year already in Shanghai.
        (HALF_A_YEAR, datetime(2025, 12, 31, 16, 30, tzinfo=UTC), shanghai(2026, 7, 2)),
        (Period(hours=24), shanghai(2026, 5, 1, 8, 30, 15), shanghai(2026, 5, 2, 8, 30, 15)),
    ],
)
def test_a_period_is_over_at_one_moment(period: Period, began_at: datetime, over_at: datetime) -> None:
    assert period.over_at(began_at) == over_at
    assert began_at >= period.cutoff(over_at - SECOND), "kept a second before"
    assert began_at < period.cutoff(over_at), "over at that moment"
    assert began_at < period.cutoff(over_at + SECOND), "over a second after"


@given(
    period=st.sampled_from([THREE_YEARS, HALF_A_YEAR, MONTH_OF_DAYS, Period(months=1), Period(months=2)]),
    began_at=st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1), timezones=st.just(SHANGHAI)),
)
def test_cutoff_and_end_say_the_same(period: Period, began_at: datetime) -> None:
    over_at = period.over_at(began_at)
    assert period.cutoff(over_at - SECOND) <= began_at < period.cutoff(over_at)


def test_a_day_is_over_as_its_moments_are() -> None:
    assert MONTH_OF_DAYS.cutoff_day(date(2026, 3, 3)) == date(2026, 2, 1)
    assert midnight(MONTH_OF_DAYS.cutoff_day(date(2026, 3, 3))) == MONTH_OF_DAYS.cutoff(shanghai(2026, 3, 3, 15))


def test_months_later_ends_with_the_month() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_a_period_has_one_length() -> None:
    with pytest.raises(ValueError, match="months, days or hours"):
        Period(months=1, days=1)
    with pytest.raises(ValueError, match="months, days or hours"):
        Period()


def test_a_period_says_how_long_it_is() -> None:
    assert [str(p.text) for p in (THREE_YEARS, HALF_A_YEAR, MONTH_OF_DAYS, Period(hours=24))] == [
        "3 年",
        "6 个月",
        "30 天",
        "24 小时",
    ]
