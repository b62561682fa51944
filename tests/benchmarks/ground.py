"""The ground benchmarks stand on: PostgreSQL (fsync on) and Redis of their own, and a fresh, migrated database."""

import fcntl
import os
import subprocess
import sys
from typing import TextIO

import psycopg

from marketplace.core.embedded import postgres, redis
from marketplace.core.embedded.locations import CHECKOUT, Place, database_url
from marketplace.core.embedded.processes import exclusive

PLACE = Place("bench")

_lease: list[TextIO] = []


def prepare(name: str) -> None:
    """Start the servers, make database `name` anew and load Django's settings for it."""
    _take_lease()
    postgres.start(PLACE)
    redis.start(PLACE)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.demo",
        "XINQIAO_PURPOSE": PLACE.purpose,
        "DATABASE_URL": database_url(PLACE.purpose, name),
        "XINQIAO_TEST_SLOT": "0",  # names the web server's log
    }
    os.environ.pop("REDIS_URL", None)

    import django

    django.setup()
    copy_database(_template(), name)


def copy_database(name: str, copy: str) -> None:
    """Make `copy` anew as a copy of a database nobody is connected to."""
    with _administration() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}" STRATEGY FILE_COPY')


def drop_database(name: str) -> None:
    """Throw a large database away; the disk is not ours alone."""
    with _administration() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def leave() -> None:
    """Stop the servers unless another benchmark still uses them; the migrated template stays for the next run."""
    try:
        fcntl.flock(_lease[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    postgres.stop(PLACE)
    redis.stop(PLACE)


def _take_lease() -> None:
    """Share a file lock with every benchmark that runs; the kernel frees it when its process dies."""
    PLACE.home.mkdir(parents=True, exist_ok=True)
    _lease.append((PLACE.home / "lease").open("w"))
    fcntl.flock(_lease[0], fcntl.LOCK_SH)


def _administration() -> psycopg.Connection:
    return psycopg.connect(database_url(PLACE.purpose, "postgres"), autocommit=True)


def _template() -> str:
    """The name of a database made by the migrations as they are; made when there is none."""
    from marketplace.core.structure.keeping import digest_of_migrations

    name = f"template_{digest_of_migrations()[:16]}"
    with exclusive(PLACE.home / "template.lock"), _administration() as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            building = f"{name}_building"
            connection.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{building}"')
            environment = os.environ | {"DATABASE_URL": database_url(PLACE.purpose, building)}
            command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity=0"]
            subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)
            connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name
