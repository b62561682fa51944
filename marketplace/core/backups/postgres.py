"""The database's part: a consistent dump by pg_dump, counts from the same snapshot, and pg_restore into an empty one."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Protocol

import psycopg
from django.db import connection
from psycopg import sql

from marketplace.core.embedded import postgres as embedded
from marketplace.core.embedded.locations import PURPOSES, Place

from .errors import NotEmpty, ProgramFailed

PORTION = 1 << 20
#: Sign-ins are not kept: a restored site must not open for a browser that was signed out since.
NOT_KEPT = ("django_session", "usersessions_usersession")
_NAMES = {"NAME": "PGDATABASE", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "HOST": "PGHOST", "PORT": "PGPORT"}


class Target(Protocol):
    """What a dump is written to."""

    def write(self, data: bytes, /) -> int: ...


@contextmanager
def snapshot() -> Iterator[tuple[psycopg.Connection, str]]:
    """Give a connection that sees one moment of the database, and that moment's name for pg_dump."""
    settings = connection.settings_dict
    parameters = {
        "dbname": settings["NAME"], "user": settings["USER"], "password": settings["PASSWORD"],
        "host": settings["HOST"], "port": settings["PORT"], **settings["OPTIONS"],
    }  # fmt: skip
    known = {name: value for name, value in parameters.items() if value and isinstance(value, str)}
    with psycopg.connect(**known) as eye:  # type: ignore[arg-type]
        eye.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        row = eye.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield eye, row[0]


def row_counts(eye: psycopg.Connection | None = None) -> dict[str, int]:
    """Return table -> rows that a backup keeps, for every table of the schema `public`."""
    ask = eye.execute if eye else _ask
    names = [name for (name,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]
    counts = {}
    for name in names:
        if name in NOT_KEPT:
            counts[name] = 0
            continue
        (counts[name],) = next(iter(ask(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))))
    return counts


def _ask(query: Any) -> Iterable[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def dump(moment: str, target: Target) -> None:
    """Write the dump of one moment; it passes through memory only, never in clear through a file."""
    leaving_out = [f"--exclude-table-data=public.{name}" for name in NOT_KEPT]
    command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
    with _running([*command, *leaving_out], stdout=subprocess.PIPE) as child:
        pipe = _pipe(child.stdout)
        while portion := pipe.read(PORTION):
            target.write(portion)


def restore(portions: Iterable[bytes]) -> None:
    """Load a dump into the database of the settings, all of it or nothing.

    Raises:
        NotEmpty: there are tables.
    """
    if row_counts():
        raise NotEmpty(f"the database {connection.settings_dict['NAME']} is not empty")
    connection.close()
    command = [program("pg_restore"), "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    with _running([*command, f"--dbname={connection.settings_dict['NAME']}"], stdin=subprocess.PIPE) as child:
        pipe = _pipe(child.stdin)
        for portion in portions:
            pipe.write(portion)
        pipe.close()


@contextmanager
def _running(command: list[str], **pipes: int) -> Iterator[subprocess.Popen]:
    child = subprocess.Popen(command, env=_environment(), stderr=subprocess.PIPE, **pipes)  # type: ignore[call-overload]
    try:
        yield child
    except BrokenPipeError:
        pass  # it ended first; why, it says itself
    except BaseException:
        child.kill()
        child.communicate()
        raise
    child.stdin = None
    errors = child.stderr.read().decode(errors="replace") if child.stderr else ""
    if child.wait():
        raise ProgramFailed(f"{command[0]}: {errors.strip()[-2000:]}")


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _environment() -> dict[str, str]:
    """Where to connect, for libpq: the password stays out of the process list."""
    settings = connection.settings_dict
    options = {f"PG{name.upper()}": value for name, value in settings["OPTIONS"].items() if isinstance(value, str)}
    named = {variable: str(settings[name]) for name, variable in _NAMES.items() if settings[name]}
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", **options, **named}


def program(name: str) -> str:
    """The system's program, or the embedded server's own: pg_dump must not be older than the server."""
    host = connection.settings_dict["HOST"]
    for place in map(Place, PURPOSES):
        if host == str(place.sockets):
            return str(embedded.programs(place) / name)
    found = shutil.which(name)
    if found is None:
        raise ProgramFailed(f"{name} is not installed: it comes with PostgreSQL's client programs")
    return found
