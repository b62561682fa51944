"""Plain SQL for the few statements that every booking makes: building such a query costs the ORM more than running it."""

from typing import Any

from django.db import connection


def rows_of(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT; parameters stand for its %s, lists for arrays."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def change(statement: str, *parameters: Any) -> int:
    """Execute an UPDATE and return how many rows it changed; parameters as in `rows_of`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount
