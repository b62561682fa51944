"""Puts a test's database back to how the template is, by its rows alone where nothing else changed.

Copying a template of some two thousand files takes PostgreSQL one to three seconds; a test that commits changes a few rows. So
what was written is deleted and what was there is written again. A test that changed the structure itself (one that takes
a guard away to show the race) is noticed, and its database is copied anew.
"""

from dataclasses import dataclass
from typing import LiteralString, cast

import psycopg
from psycopg import sql

#: Anything of the structure that a test may have changed: a change of a row of these catalogues changes its xmin.
_SHAPE: LiteralString = """
WITH ours AS (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
    SELECT 'r' || oid AS part FROM ours
    UNION ALL SELECT 'a' || attrelid || ':' || attnum || ':' || a.xmin FROM pg_attribute a JOIN ours ON ours.oid = attrelid
    UNION ALL SELECT 'i' || indexrelid || ':' || i.xmin FROM pg_index i JOIN ours ON ours.oid = indrelid
    UNION ALL SELECT 'c' || c.oid || ':' || c.xmin FROM pg_constraint c JOIN ours ON ours.oid = conrelid
    UNION ALL SELECT 't' || t.oid || ':' || t.xmin FROM pg_trigger t JOIN ours ON ours.oid = tgrelid
    UNION ALL SELECT 'p' || oid || ':' || xmin FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS parts
"""
_TABLES: LiteralString = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = %s ORDER BY 1"
)
_COUNTERS: LiteralString = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
#: Tables that have grown beyond this are given back to the disk: deleted rows would be passed by in every later look.
_LARGE_BYTES = 1_000_000


@dataclass(frozen=True)
class Ground:
    """What a fresh copy of the template holds."""

    shape: str
    tables: tuple[str, ...]
    views: tuple[str, ...]
    rows: dict[str, bytes]  # of the tables that are not empty, as COPY writes them
    counters: dict[str, int | None]


def ground_of(connection: psycopg.Connection) -> Ground:
    """Note what a fresh copy holds."""
    tables = tuple(name for (name,) in connection.execute(_TABLES, ["r"]))
    views = tuple(name for (name,) in connection.execute(_TABLES, ["m"]))
    return Ground(
        shape=_shape(connection),
        tables=tables,
        views=views,
        rows={name: _copied(connection, name) for name in _not_empty(connection, tables)},
        counters=dict(connection.execute(_COUNTERS).fetchall()),
    )


def put_back(connection: psycopg.Connection, ground: Ground) -> bool:
    """Make a database like the fresh copy again; False where its structure changed. `connection` is on autocommit."""
    _cut_off_others(connection)
    if _shape(connection) != ground.shape:
        return False
    written = _not_empty(connection, ground.tables)
    changed = [
        name
        for name in {*written, *ground.rows}
        if name not in ground.rows or _holds(connection, name) != ground.rows[name]
    ]
    with connection.transaction():
        # No trigger minds: neither foreign keys nor tables that only grow.
        connection.execute("SET LOCAL session_replication_role = replica")
        for name in changed:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            if name in ground.rows:
                with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                    copy.write(ground.rows[name])
        for view in ground.views if changed else ():
            connection.execute(sql.SQL("REFRESH MATERIALIZED VIEW {}").format(sql.Identifier(view)))
        _set_counters(connection, ground)
    for name in _large(connection, changed):
        connection.execute(sql.SQL("VACUUM {}").format(sql.Identifier(name)))
    return True


def _shape(connection: psycopg.Connection) -> str:
    return str(_one(connection, _SHAPE))


def _cut_off_others(connection: psycopg.Connection) -> None:
    """End every other session here, and wait until they are gone: what they hold cannot be deleted."""
    connection.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def _not_empty(connection: psycopg.Connection, tables: tuple[str, ...]) -> list[str]:
    looks = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
        for name in tables
    )
    return [name for (name,) in connection.execute(looks)]


def _holds(connection: psycopg.Connection, table: str) -> bytes | None:
    """What a table holds where that matters; None is not what the template says of a table with rows."""
    size = _one(connection, "SELECT pg_relation_size(%s::regclass)", [f'"{table}"'])
    return None if cast(int, size) > _LARGE_BYTES else _copied(connection, table)


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
        return b"".join(bytes(part) for part in copy)


def _set_counters(connection: psycopg.Connection, ground: Ground) -> None:
    for name, value in connection.execute(_COUNTERS).fetchall():
        before = ground.counters[name]
        if value != before:
            counter = sql.Identifier(name).as_string(connection)
            connection.execute("SELECT setval(%s::regclass, %s, %s)", [counter, before or 1, before is not None])


def _large(connection: psycopg.Connection, tables: list[str]) -> list[str]:
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r' AND pg_relation_size(oid) > %s",
        [tables, _LARGE_BYTES],
    )
    return [name for (name,) in found]


def _one(connection: psycopg.Connection, query: LiteralString, parameters: list[object] | None = None) -> object:
    row = connection.execute(query, parameters).fetchone()
    assert row is not None
    return row[0]
