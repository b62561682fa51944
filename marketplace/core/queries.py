"""Queries written with the ORM and compiled once, for the few that every signed-in page makes.

Building a queryset and its SQL takes Python two or three times as long as PostgreSQL takes to answer a read by key.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class CompiledQuery:
    """Rows of a `values_list()` queryset that differs from one time to the next by its values only.

    `make` is called with the same kind of values once for every `shape` (say, the number of ids), with marks in their
    place; afterwards only the values go to the database.
    """

    def __init__(self, make: Callable[[list[Any]], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._compiled: dict[Hashable, tuple[str, list[tuple[int | None, Any]]]] = {}

    def rows(self, values: list[int]) -> list[tuple[Any, ...]]:
        """Return the rows for these values."""
        sql, places = self._compiled.get(len(values)) or self._compile(len(values))
        with connection.cursor() as cursor:
            cursor.execute(sql, [constant if place is None else values[place] for place, constant in places])
            return cursor.fetchall()

    def _compile(self, count: int) -> tuple[str, list[tuple[int | None, Any]]]:
        # Numbers no row has, so that they are told from the query's own constants.
        marks = [-(10**15) - place for place in range(count)]
        sql, params = self._make(marks).query.sql_with_params()
        places: list[tuple[int | None, Any]] = [
            (marks.index(param), None) if param in marks else (None, param) for param in params
        ]
        self._compiled[count] = sql, places
        return self._compiled[count]
