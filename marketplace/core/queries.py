"""Queries written with the ORM and compiled once, for the few that every signed-in page or every payment makes.

Building a queryset and its SQL takes Python two or three times as long as PostgreSQL takes to answer a read by key.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.transaction import TransactionManagementError


class CompiledQuery:
    """Rows of a queryset that differs from one time to the next by its values only.

    `make` is called with the same kind of values (numbers or words) once for every `shape` (say, the number of ids), with
    marks in their place; afterwards only the values go to the database.
    """

    def __init__(self, make: Callable[[list[Any]], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._locks = False
        self._compiled: dict[Hashable, tuple[str, list[tuple[int | None, Any]]]] = {}

    def rows(self, values: Sequence[int | str]) -> list[tuple[Any, ...]]:
        """Return the rows for these values."""
        shape = tuple(isinstance(value, str) for value in values)
        sql, places = self._compiled.get(shape) or self._compile(shape)
        if self._locks and connection.get_autocommit():
            raise TransactionManagementError("A lock outside a transaction is none.")
        with connection.cursor() as cursor:
            cursor.execute(sql, [constant if place is None else values[place] for place, constant in places])
            return cursor.fetchall()

    def one(self, values: Sequence[int | str], *models: type[Model]) -> list[Any]:
        """Return the object of the one row of a queryset without `values_list()`, and those of its `select_related`.

        `models` are the classes in the queryset's order. For fields that need no converting: not for JSON or sealed text.
        Raises the first one's DoesNotExist.
        """
        for row in self.rows(values):
            return [*_objects(row, models)]
        raise models[0].DoesNotExist  # type: ignore[attr-defined]  # every concrete model has one

    def _compile(self, shape: tuple[bool, ...]) -> tuple[str, list[tuple[int | None, Any]]]:
        # Numbers and words no row has, so that they are told from the query's own constants.
        marks = [f"\0{place}" if is_word else -(10**15) - place for place, is_word in enumerate(shape)]
        query = self._make(marks).query
        sql, params = query.sql_with_params()
        self._locks = query.select_for_update
        places: list[tuple[int | None, Any]] = [
            (marks.index(param), None) if param in marks else (None, param) for param in params
        ]
        self._compiled[shape] = sql, places
        return self._compiled[shape]


def _objects(row: tuple[Any, ...], models: tuple[type[Model], ...]) -> Iterator[Model]:
    begin = 0
    for model in models:
        names = [field.attname for field in model._meta.concrete_fields]
        end = begin + len(names)
        yield model.from_db(connection.alias, names, row[begin:end])
        begin = end
