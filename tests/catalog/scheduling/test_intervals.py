"""Interval arithmetic against an oracle that looks at every second on its own."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.scheduling.intervals import clipped, is_within, merged, overlaps, starts_in, without

SECONDS = range(40)
interval = st.tuples(st.integers(0, 38), st.integers(1, 12)).map(lambda pair: (pair[0], min(pair[0] + pair[1], 40)))
intervals = st.lists(interval, max_size=8)


def seconds_of(spans):
    return {second for start, end in spans for second in range(start, end)}


def is_tidy(spans):
    return all(start < end for start, end in spans) and all(a[1] < b[0] for a, b in zip(spans, spans[1:], strict=False))


@given(intervals)
def test_merged_covers_the_same_seconds_in_the_fewest_pieces(spans):
    union = merged(spans)
    assert seconds_of(union) == seconds_of(spans)
    assert is_tidy(union)


@given(intervals, intervals)
def test_without_leaves_exactly_what_no_hole_touches(spans, holes):
    rest = without(merged(spans), sorted(holes))
    assert seconds_of(rest) == seconds_of(spans) - seconds_of(holes)
    assert all(start < end for start, end in rest)


@given(intervals, interval)
def test_clipped_keeps_what_lies_inside(spans, window):
    assert seconds_of(clipped(merged(spans), window)) == seconds_of(spans) & seconds_of([window])


@given(intervals, st.integers(1, 9), st.integers(1, 7), st.integers(-20, 20))
def test_starts_fit_and_lie_on_the_grid_and_none_is_missing(spans, length, step, origin):
    free = merged(spans)
    expected = [
        second
        for second in SECONDS
        if (second - origin) % step == 0 and set(range(second, second + length)) <= seconds_of(free)
    ]
    assert list(starts_in(free, length=length, step=step, origin=origin)) == expected


@given(intervals, interval)
def test_within_and_overlaps_agree_with_the_seconds(spans, span):
    free = merged(spans)
    assert is_within(free, span) == (seconds_of([span]) <= seconds_of(free))
    assert overlaps(free, span) == bool(seconds_of([span]) & seconds_of(free))
