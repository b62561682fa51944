"""Queries written with the ORM and compiled once, for the few that every signed-in page or every payment makes.

Building a queryset and its SQL takes Python two or three times as long as PostgreSQL takes to answer a read by key.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class CompiledQuery:
    """Rows of a `values_list()` queryset that differs from one time to the next by its values only.

    `make` is called with the same kind of values (numbers or words) once for every `shape` (say, the number of ids), with
    marks in their place; afterwards only the values go to the database.
    """

    def __init__(self, make: Callable[[list[Any]], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._compiled: dict[Hashable, tuple[str, list[tuple[int | None, Any]]]] = {}

    def rows(self, values: Sequence[int | str]) -> list[tuple[Any, ...]]:
        """Return the rows for these values."""
        shape = tuple(isinstance(value, str) for value in values)
        sql, places = self._compiled.get(shape) or self._compile(shape)
        with connection.cursor() as cursor:
            cursor.execute(sql, [constant if place is None else values[place] for place, constant in places])
            return cursor.fetchall()

    def _compile(self, shape: tuple[bool, ...]) -> tuple[str, list[tuple[int | None, Any]]]:
        # Numbers and words no row has, so that they are told from the query's own constants.
        marks = [f"\0{place}" if is_word else -(10**15) - place for place, is_word in enumerate(shape)]
        sql, params = self._make(marks).query.sql_with_params()
        places: list[tuple[int | None, Any]] = [
            (marks.index(param), None) if param in marks else (None, param) for param in params
        ]
        self._compiled[shape] = sql, places
        return self._compiled[shape]
