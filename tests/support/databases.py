"""Test databases: a template made once by the real migrations, cloned in a fraction of a second."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from marketplace.core.embedded.locations import CHECKOUT, database_url
from marketplace.core.embedded.processes import exclusive

from .slots import PLACE

TEMPLATES_KEPT = 3


def clone(name: str) -> None:
    """Replace database `name` by a fresh copy of the template; whoever is connected to it is cut off."""
    template = _template()
    with _administration() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def prepare_template() -> None:
    """Make the template unless one for these very migrations exists. Takes about a minute when it must."""
    name = _template()
    with exclusive(PLACE.home / "locks" / "template"), _administration() as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        building = f"{name}_building"
        connection.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{building}"')
        environment = os.environ | {"DATABASE_URL": database_url("test", building)}
        command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity=0"]
        subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)
        connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
        _drop_old_templates(connection)


def _administration() -> psycopg.Connection:
    return psycopg.connect(database_url("test", "postgres"), autocommit=True)


def _drop_old_templates(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname ~ '^template_[0-9a-f]+$' ORDER BY oid DESC OFFSET %s",
        [TEMPLATES_KEPT],
    )
    for (name,) in rows.fetchall():
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _template() -> str:
    """A name that changes with any migration of any installed app, ours or a package's."""
    global _template_name
    if not _template_name:
        from django.apps import apps

        digest = hashlib.sha256()
        for app in sorted(apps.get_app_configs(), key=lambda config: config.label):
            for migration in sorted(Path(app.path, "migrations").glob("*.py")):
                digest.update(f"{app.label}/{migration.name}".encode())
                digest.update(migration.read_bytes())
        _template_name = f"template_{digest.hexdigest()[:16]}"
    return _template_name


_template_name = ""
