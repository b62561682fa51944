"""Test databases: a template made by the real migrations, cloned in a fraction of a second.

The template is kept under a hash of all migrations. Where the kept structure is of these, it is laid down. Else most of the
making goes to the packages' migrations, so what these and their dependencies make is kept by itself: a change to one of our
last migrations costs seconds, not a minute.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import transaction

from marketplace.core.embedded.locations import CHECKOUT, database_url
from marketplace.core.embedded.processes import exclusive
from marketplace.core.structure.keeping import digest_of_migrations, kept_digest

from .renewing import Ground, ground_of, put_back
from .slots import PLACE

KEPT = 3  # of each kind, so that going back to another branch is quick, too


def clone(name: str) -> None:
    """Replace database `name` by a fresh copy of the template; whoever is connected to it is cut off."""
    with _administration() as connection:
        _copy(connection, _template(), name)


def renew(name: str) -> None:
    """Make database `name` what a fresh copy of the template is; whoever is connected to it is cut off."""
    if name in _grounds:
        with psycopg.connect(database_url("test", name), autocommit=True) as connection:
            if put_back(connection, _grounds[name]):
                return
    clone(name)
    with psycopg.connect(database_url("test", name), autocommit=True) as connection:
        _grounds[name] = ground_of(connection)


def prepare_template() -> None:
    """Make the template unless one for these very migrations exists. Takes minutes where no structure is kept."""
    name = _template()
    with exclusive(PLACE.home / "locks" / "template"), _administration() as connection:
        if _exists(connection, name):
            return
        base = "template1" if kept_digest() == digest_of_migrations() else _packages_base()
        if not _exists(connection, base):
            _make(connection, base, "template1", ["-m", "tests.support.package_migrations"])
        _make(connection, name, base, ["manage.py", "migrate", "--skip-checks", "--verbosity=0"])
        for kind in ("template", "packages"):
            _drop_old(connection, kind)


@contextmanager
def unsaved() -> Iterator[None]:
    """Undo whatever happens inside; services may still insist on being outermost."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def _administration() -> psycopg.Connection:
    return psycopg.connect(database_url("test", "postgres"), autocommit=True)


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def _copy(connection: psycopg.Connection, source: str, name: str) -> None:
    connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')


def _make(connection: psycopg.Connection, name: str, source: str, command: list[str]) -> None:
    """Run a Python command on a copy of `source`; the copy gets its final name once it is complete."""
    building = f"{name}_building"
    _copy(connection, source, building)
    environment = os.environ | {"DATABASE_URL": database_url("test", building)}
    subprocess.run([sys.executable, *command], cwd=CHECKOUT, env=environment, check=True)
    connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')


def _drop_old(connection: psycopg.Connection, kind: str) -> None:
    """Keep the newest few; what a killed run left half-made goes with the old ones."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY oid DESC", [f"^{kind}_"])
    names = [name for (name,) in rows.fetchall()]
    whole = [name for name in names if not name.endswith("_building")]
    for name in {*names} - {*whole[:KEPT]}:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _template() -> str:
    """A name that changes with any migration of any installed app, ours or a package's."""
    global _template_name
    if not _template_name:
        _template_name = f"template_{digest_of_migrations()[:16]}"
    return _template_name


def _packages_base() -> str:
    """A name that changes with the migrations of packages and those of ours on which they depend."""
    from .package_migrations import package_plan

    return "packages_" + _digest((app, Path(sys.modules[module].__file__)) for app, module in package_plan())


def _digest(migrations: Iterable[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for label, path in sorted(migrations):
        digest.update(f"{label}/{path.name}".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


_template_name = ""
_grounds: dict[str, Ground] = {}
