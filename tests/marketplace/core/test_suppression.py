"""A table of counts as a stranger reads it: no small number is printed, and none can be worked out."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from marketplace.core.suppression import Suppressed, shown, suppressed, suppressed_list


def test_a_number_that_stands_alone_is_told_from_ten_on():
    assert [shown(n) for n in (0, 1, 9, 10)] == [0, None, None, 10]


def test_a_small_number_cannot_be_had_by_taking_the_rest_from_the_sum():
    told, total = suppressed_list({"武汉": 40, "长沙": 25, "成都": 3})
    assert told["成都"] is None
    hidden = [city for city, number in told.items() if number is None]
    assert len(hidden) >= 2 or total is None


def test_two_small_numbers_do_not_protect_one_another():
    told, total = suppressed_list({"武汉": 40, "长沙": 25, "成都": 3, "西安": 4})
    assert total is None or sum(number for number in told.values() if number) <= total - 10


def test_large_numbers_are_all_told():
    safe = suppressed({("a", "x"): 10, ("a", "y"): 11, ("b", "x"): 12, ("b", "y"): 0})
    assert safe.total == 33
    assert safe.lines() == [("a", [10, 11], 21), ("b", [12, 0], 12)]


def test_a_table_of_one_family_tells_nothing():
    safe = suppressed({("a", "x"): 4})
    assert (safe.cells["a", "x"], safe.row_totals["a"], safe.column_totals["x"], safe.total) == (None,) * 4


def test_an_empty_table_is_an_empty_table():
    assert suppressed({}).total == 0


def test_counts_below_nothing_are_refused():
    with pytest.raises(ValueError, match="negative"):
        suppressed({("a", "x"): -1})


def test_the_same_table_is_always_told_the_same_way():
    table = {(str(r), str(c)): (7 * r * c + 3 * r + c) % 31 for r in range(8) for c in range(5)}
    assert suppressed(table) == suppressed(dict(table))


numbers = st.one_of(st.integers(0, 12), st.integers(0, 60))


@st.composite
def tables(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    return {(str(r), str(c)): draw(numbers) for r in range(rows) for c in range(columns)}


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from([3, 10]))
def test_whoever_knows_every_printed_number_cannot_tell_a_small_one(table, k):
    safe = suppressed(table, k)
    for name, number in _truth(table).items():
        told = _printed(safe)[name]
        assert told in (None, number), "what is printed is true"
        if 0 < number < k:
            least, most = _bounds(safe, name)
            assert least <= _parts(table, name), f"{name} is known to be {least} at least"
            assert most >= k, f"{name} is known to be {most} at most"


@settings(max_examples=60, deadline=None)
@given(tables())
def test_nothing_is_hidden_where_nothing_is_small(table):
    large = {key: number * 10 for key, number in table.items()}
    assert None not in _printed(suppressed(large)).values()


# --- The stranger: linear programming over every table that agrees with what is printed -----------------------------


def _truth(table):
    rows, columns = {r for r, _ in table}, {c for _, c in table}
    truth = {("cell", r, c): n for (r, c), n in table.items()}
    truth |= {("row", r, ""): sum(n for (at, _), n in table.items() if at == r) for r in rows}
    truth |= {("column", "", c): sum(n for (_, at), n in table.items() if at == c) for c in columns}
    truth["total", "", ""] = sum(table.values())
    return truth


def _parts(table, name) -> int:
    """Of how many numbers that are not nothing it is the sum: zeros are printed, so this much anybody knows."""
    kind, row, column = name
    return sum(1 for (r, c), n in table.items() if n and row in ("", r) and column in ("", c))


def _printed(safe: Suppressed):
    printed = {("cell", r, c): n for (r, c), n in safe.cells.items()}
    printed |= {("row", r, ""): n for r, n in safe.row_totals.items()}
    printed |= {("column", "", c): n for c, n in safe.column_totals.items()}
    printed["total", "", ""] = safe.total
    return printed


def _bounds(safe: Suppressed, name) -> tuple[int, int]:
    """Return the least and the most a number can be. These programmes are of networks, so their corners are whole."""
    at = {key: place for place, key in enumerate(_printed(safe))}
    sums = [_line(at, [("cell", r, c) for c in safe.columns], ("row", r, "")) for r in safe.rows]
    sums += [_line(at, [("cell", r, c) for r in safe.rows], ("column", "", c)) for c in safe.columns]
    sums.append(_line(at, [("row", r, "") for r in safe.rows], ("total", "", "")))
    limits = [(1, 10_000) if n is None else (n, n) for n in _printed(safe).values()]
    goal = numpy.zeros(len(at))
    goal[at[name]] = 1
    ends = [linprog(sign * goal, A_eq=sums, b_eq=numpy.zeros(len(sums)), bounds=limits) for sign in (1, -1)]
    assert all(end.success for end in ends)
    return round(ends[0].fun), round(-ends[1].fun)


def _line(at, parts, whole):
    line = numpy.zeros(len(at))
    for part in parts:
        line[at[part]] = 1
    line[at[whole]] -= 1
    return line
