"""Running the door's long statement: planned once for a connection, and not for every page.

Planning it costs the database several times what running it does. Django keeps no prepared statements, as its own are put
together anew each time; this one is always the same text. A pool that shares connections between sessions has to know prepared
statements (pgbouncer from 1.21 on).
"""

from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor


class _Prepared(ServerBindingCursor):
    """A cursor whose statements are prepared on the server from their first run on."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True)  # type: ignore[misc]  # psycopg's, not known to the stubs


def rows_of(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT; parameters stand for its %s, lists for arrays."""
    connection.ensure_connection()
    with _cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _cursor() -> Any:
    session = connection.connection
    if session.prepare_threshold is None:
        session.prepare_threshold = 1
        # Part of setting the connection up: the arrays' lengths are not worth a plan of their own.
        session.execute("SET plan_cache_mode = force_generic_plan")
    return connection._prepare_cursor(_Prepared(session))  # type: ignore[attr-defined, call-arg]
