"""The kept structure: which migrations it belongs to, how it is laid down, how it is taken up."""

import gzip
import hashlib
import json
import re
import subprocess
from pathlib import Path

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

#: Where the structure begins in what pg_dump says: before it stand settings, some of which only a new server knows.
_BEGINS = re.compile(r"^-- Name: ", re.MULTILINE)
#: What it says to psql alone, at the end.
_ENDS = re.compile(r"^--\n-- PostgreSQL database dump complete", re.MULTILINE)


class StructureUnreadable(RuntimeError):
    """pg_dump says something else than it used to."""


FILE = Path(__file__).with_name("structure.sql.gz")


def migrations() -> dict[str, str]:
    """Return every migration of every installed app, ours or a package's ("app/file"), with a digest of its text."""
    folders = {app.label: Path(app.path, "migrations") for app in apps.get_app_configs()}
    return {
        f"{label}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for label, folder in sorted(folders.items())
        for path in sorted(folder.glob("*.py"))
    }


def digest_of_migrations() -> str:
    """Return 64 hexadecimal digits that change with any migration."""
    return hashlib.sha256(json.dumps(migrations()).encode()).hexdigest()


def kept_migrations() -> dict[str, str]:
    """Return the migrations that built the kept structure, as `migrations` does; none where no structure is kept."""
    if not FILE.exists():
        return {}
    with gzip.open(FILE, "rt") as kept:
        return json.loads(kept.readline().removeprefix("--"))


def is_usable() -> bool:
    """Whether every migration that built the kept structure is still here, unchanged: later ones are run over it."""
    kept = kept_migrations()
    return bool(kept) and kept.items() <= migrations().items()


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether no migration has touched a database and nobody else has made tables in it."""
    return not MigrationRecorder(connection).has_table() and not connection.introspection.table_names()


def lay_down(connection: BaseDatabaseWrapper) -> bool:
    """Give an empty database the kept structure; return whether it is usable here and was laid down.

    All or nothing: one transaction. What was added since, `migrate` applies afterwards.
    """
    if not is_empty(connection) or not is_usable():
        return False
    connection.ensure_connection()
    with connection.connection.transaction():
        connection.connection.execute(f"SET LOCAL check_function_bodies = off; {_statements()}")
    return True


def _statements() -> str:
    with gzip.open(FILE, "rt") as kept:
        return kept.read()


def take_up(connection: BaseDatabaseWrapper, pg_dump: Path) -> int:
    """Keep the structure of a freshly migrated database; return the bytes written."""
    shape = ["--no-owner", "--no-privileges", "--no-comments", "--inserts", "--rows-per-insert=1000"]
    command = [str(pg_dump), *shape, f"--dbname={_address(connection)}"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    begins, ends = _BEGINS.search(answer.stdout), _ENDS.search(answer.stdout)
    if begins is None or ends is None:
        raise StructureUnreadable
    body = answer.stdout[begins.start() : ends.start()]
    with FILE.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as kept:
        kept.write(f"--{json.dumps(migrations())}\n--\n{body}".encode())
    return FILE.stat().st_size


def _address(connection: BaseDatabaseWrapper) -> str:
    """The connection as pg_dump takes it; there is no password on the embedded server."""
    connection.ensure_connection()
    info = connection.connection.info
    return f"host={info.host} port={info.port} user={info.user} dbname={info.dbname}"
