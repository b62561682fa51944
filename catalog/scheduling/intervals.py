"""Arithmetic of half-open intervals of whole seconds. Knows nothing of people, hours or databases."""

from collections.abc import Iterable, Iterator, Sequence

#: (start, end) with start < end; the end itself is not part of it.
Interval = tuple[int, int]


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union: sorted, disjoint, touching ones joined."""
    union: list[Interval] = []
    for start, end in sorted(intervals):
        if union and start <= union[-1][1]:
            if end > union[-1][1]:
                union[-1] = (union[-1][0], end)
        elif start < end:
            union.append((start, end))
    return union


def without(intervals: Sequence[Interval], holes: Sequence[Interval]) -> list[Interval]:
    """Return what is left of `intervals` once `holes` are cut out. Both sorted by start, `intervals` disjoint."""
    if not holes:
        return list(intervals)
    rest: list[Interval] = []
    for start, end in intervals:
        begin = start
        for hole_start, hole_end in holes:
            if hole_start >= end or begin >= end:
                break
            if hole_end <= begin:
                continue
            if hole_start > begin:
                rest.append((begin, hole_start))
            begin = hole_end
        if begin < end:
            rest.append((begin, end))
    return rest


def clipped(intervals: Iterable[Interval], window: Interval) -> list[Interval]:
    """Return the parts of `intervals` that lie inside `window`."""
    first, last = window
    return [(max(start, first), min(end, last)) for start, end in intervals if start < last and end > first]


def starts_in(intervals: Iterable[Interval], *, length: int, step: int, origin: int) -> Iterator[int]:
    """Yield every start on the grid `origin + n * step` from which `length` seconds fit into one interval."""
    for start, end in intervals:
        first = start + (origin - start) % step
        yield from range(first, end - length + 1, step)


def is_within(intervals: Iterable[Interval], span: Interval) -> bool:
    """Whether the whole span lies in one interval."""
    return any(start <= span[0] and span[1] <= end for start, end in intervals)


def overlaps(intervals: Iterable[Interval], span: Interval) -> bool:
    """Whether any interval shares a moment with the span."""
    return any(start < span[1] and span[0] < end for start, end in intervals)
