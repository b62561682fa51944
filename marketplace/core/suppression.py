"""Counts of people that may be shown: cells under k are hidden, and so much besides that nobody can work them out.

Hiding a small cell is not enough where totals stand beside it: 12 less 9 is 3. So a table with totals is read as
what it is, a circulation: each count flows from its row to its column, each column's sum to the total row, the grand
total on to the total column, and each row's sum back to its row. What a stranger can still imagine are the
circulations that leave every printed number as it is. A small cell is protected when among them are tables in which
it is 1 and tables in which it is k: then the printed numbers tell nothing that "fewer than k, or hidden to protect
another" does not tell. Where it is not, the cheapest further numbers are hidden along the way that lacks room.
For a cell there always is one, through the sums, because a sum is never smaller than its part.

A zero is shown: it is a statement about nobody. So a stranger knows every hidden count to be 1 at least, and a hidden
sum to be as many as it has parts; the proof grants them that. It does not cover two tables of overlapping people set side by side: publish closed weeks or
months, and one table for one question (a page that told "so far" would be differenced with itself an hour later).
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

#: Fewer people than this are not told apart from nobody in particular.
SMALLEST_SHOWN = 10

Edge = tuple[str, str]
_ALL = ""
_ENDLESS = 10**12


@dataclass(frozen=True)
class Suppressed:
    """A table as it may be shown: None stands where a number is withheld."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int | None]
    row_totals: Mapping[str, int | None]
    column_totals: Mapping[str, int | None]
    total: int | None

    def lines(self) -> list[tuple[str, list[int | None], int | None]]:
        """Return each row with its counts in the order of the columns, and its sum: as a page draws it."""
        return [(row, [self.cells[row, column] for column in self.columns], self.row_totals[row]) for row in self.rows]


def shown(number: int, k: int = SMALLEST_SHOWN) -> int | None:
    """Return a count that stands alone, or None where it is small. Zero says nothing of anybody."""
    return None if 0 < number < k else number


def suppressed(table: Mapping[tuple[str, str], int], k: int = SMALLEST_SHOWN) -> Suppressed:
    """Return the table of (row, column) counts with its sums, safe to print. What is not in the table counts as none."""
    if any(number < 0 for number in table.values()):
        raise ValueError("Counts of people are not negative.")
    rows, columns = _in_order(row for row, _ in table), _in_order(column for _, column in table)
    numbers = _with_sums(table, rows, columns)
    hidden = _Hiding(numbers)
    for edge in (edge for edge, number in numbers.items() if 0 < number < k):
        hidden.add(edge)
    for edge in sorted(hidden.edges, key=lambda edge: (numbers[edge], edge)):
        hidden.protect(edge, up=k - numbers[edge], down=numbers[edge] - 1)

    def told(edge: Edge) -> int | None:
        return None if edge in hidden.edges else numbers[edge]

    return Suppressed(
        rows=rows,
        columns=columns,
        cells={(row, column): told(_cell(row, column)) for row in rows for column in columns},
        row_totals={row: told(_row_sum(row)) for row in rows},
        column_totals={column: told(_column_sum(column)) for column in columns},
        total=told(_GRAND),
    )


def suppressed_list(counts: Mapping[str, int], k: int = SMALLEST_SHOWN) -> tuple[dict[str, int | None], int | None]:
    """Return a plain list of counts and its sum, safe to print."""
    safe = suppressed({(_ALL, label): number for label, number in counts.items()}, k)
    return {label: safe.cells[_ALL, label] for label in safe.columns}, safe.total


# Rows and columns are nodes; "r"/"c" keep a row and a column of one name apart, and the sums' own line has no name.
_TOTAL_ROW, _TOTAL_COLUMN = "R", "C"
_GRAND: Edge = (_TOTAL_ROW, _TOTAL_COLUMN)


def _cell(row: str, column: str) -> Edge:
    return f"r{row}", f"c{column}"


def _row_sum(row: str) -> Edge:
    return _TOTAL_COLUMN, f"r{row}"


def _column_sum(column: str) -> Edge:
    return f"c{column}", _TOTAL_ROW


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _with_sums(
    table: Mapping[tuple[str, str], int], rows: tuple[str, ...], columns: tuple[str, ...]
) -> dict[Edge, int]:
    numbers = {_cell(row, column): table.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        numbers[_row_sum(row)] = sum(table.get((row, column), 0) for column in columns)
    for column in columns:
        numbers[_column_sum(column)] = sum(table.get((row, column), 0) for row in rows)
    numbers[_GRAND] = sum(table.values())
    return numbers


class _Hiding:
    """Which numbers are hidden, and how far a stranger could move one of them."""

    def __init__(self, numbers: Mapping[Edge, int]) -> None:
        self.numbers = numbers
        self.edges: set[Edge] = set()
        self.out: dict[str, list[Edge]] = {}
        self.into: dict[str, list[Edge]] = {}
        for edge, number in numbers.items():
            if number:
                self.out.setdefault(edge[0], []).append(edge)
                self.into.setdefault(edge[1], []).append(edge)

    def add(self, edge: Edge) -> None:
        """Hide one number."""
        self.edges.add(edge)

    def protect(self, edge: Edge, *, up: int, down: int) -> None:
        """Hide what it takes for a number to be imagined so much larger, and so much smaller, than it is."""
        self._make_room(edge, edge[1], edge[0], up)
        self._make_room(edge, edge[0], edge[1], down)

    def _make_room(self, spared: Edge, start: str, end: str, needed: int) -> None:
        moved: dict[Edge, int] = {}
        while needed > 0:
            way = self._cheapest(spared, start, end, moved)
            if not way:  # a sum of ones: whoever sees which parts are nothing knows it to be so many
                return
            room = min([needed, *(self._room(edge, onward, moved) for edge, onward in way)])
            for edge, onward in way:
                self.edges.add(edge)
                moved[edge] = moved.get(edge, 0) + (room if onward else -room)
            needed -= room

    def _room(self, edge: Edge, onward: bool, moved: Mapping[Edge, int]) -> int:
        """Return how much more, or how much less (it stays 1 at least), a number could still be."""
        return _ENDLESS if onward else self.numbers[edge] + moved.get(edge, 0) - 1

    def _cheapest(self, spared: Edge, start: str, end: str, moved: Mapping[Edge, int]) -> list[tuple[Edge, bool]]:
        """Return the way from start to end that hides the smallest sum of numbers not hidden yet; nothing where all are stuck."""
        turn = count()
        queue: list[tuple[int, int, str, list[tuple[Edge, bool]]]] = [(0, next(turn), start, [])]
        seen: set[str] = set()
        while queue:
            cost, _, node, way = heapq.heappop(queue)
            if node == end:
                return way
            if node in seen:
                continue
            seen.add(node)
            steps = [(edge, True, edge[1]) for edge in self.out.get(node, [])]
            steps += [(edge, False, edge[0]) for edge in self.into.get(node, [])]
            for edge, onward, following in steps:
                if edge == spared or following in seen or self._room(edge, onward, moved) <= 0:
                    continue
                price = 0 if edge in self.edges else self.numbers[edge]
                heapq.heappush(queue, (cost + price, next(turn), following, [*way, (edge, onward)]))
        return []
