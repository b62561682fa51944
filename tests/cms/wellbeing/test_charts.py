"""The drawing of moods: every answer a dot, no line over a day without one, and the same in a table."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cms.wellbeing.charts import Dot, draw, empty_days, segments

FIRST = date(2026, 11, 1)
DOTS = st.lists(
    st.tuples(st.integers(0, 29), st.floats(0, 0.99), st.integers(1, 5)).map(
        lambda each: Dot(FIRST + timedelta(days=each[0]), each[1], each[2])
    ),
    max_size=40,
).map(lambda dots: sorted(dots, key=lambda dot: (dot.day, dot.of_day)))


def dot(day: int, weather: int = 3) -> Dot:
    return Dot(FIRST + timedelta(days=day), 0.5, weather)


def test_a_line_breaks_where_a_day_is_missing():
    runs = segments([dot(0), dot(1), dot(3), dot(4), dot(8)])
    assert [len(run) for run in runs] == [2, 2, 1]
    drawn = draw([dot(0), dot(1), dot(3), dot(4), dot(8)], FIRST, 10)
    assert drawn.count("plot-line") == 2
    assert drawn.count("plot-dot") == 5
    assert drawn.count("mood-gap") == 5


def test_nothing_answered_is_all_gaps():
    assert draw([], FIRST, 14).count("mood-gap") == 14


@given(DOTS)
def test_every_answer_is_drawn_where_it_is(dots: list[Dot]):
    drawn = str(draw(dots, FIRST, 30))
    assert drawn.count("plot-dot") == len(dots)
    assert len(empty_days(dots, FIRST, 30)) + len({each.day for each in dots}) == 30
    assert [each for run in segments(dots) for each in run] == dots


@given(DOTS)
def test_no_line_goes_over_an_empty_day(dots: list[Dot]):
    for run in segments(dots):
        days = [each.day for each in run]
        assert all(later - earlier <= timedelta(days=1) for earlier, later in zip(days, days[1:], strict=False))
