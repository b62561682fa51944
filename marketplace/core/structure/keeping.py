"""The kept structure: which migrations it belongs to, how it is laid down, how it is taken up."""

import gzip
import hashlib
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


def digest_of_migrations() -> str:
    """Return 64 hexadecimal digits that change with any migration of any installed app, ours or a package's."""
    digest = hashlib.sha256()
    folders = {app.label: Path(app.path, "migrations") for app in apps.get_app_configs()}
    for label, path in sorted((label, path) for label, folder in folders.items() for path in folder.glob("*.py")):
        digest.update(f"{label}/{path.name}".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def kept_digest() -> str:
    """Return the digest of the migrations that built the kept structure; empty where none is kept."""
    if not FILE.exists():
        return ""
    with gzip.open(FILE, "rt") as kept:
        return kept.readline().removeprefix("--").strip()


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether no migration has touched a database and nobody else has made tables in it."""
    return not MigrationRecorder(connection).has_table() and not connection.introspection.table_names()


def lay_down(connection: BaseDatabaseWrapper) -> bool:
    """Give an empty database the kept structure; return whether it fitted these migrations and was laid down.

    All or nothing: one transaction.
    """
    if not is_empty(connection) or kept_digest() != digest_of_migrations():
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
        kept.write(f"--{digest_of_migrations()}\n--\n{body}".encode())
    return FILE.stat().st_size


def _address(connection: BaseDatabaseWrapper) -> str:
    """The connection as pg_dump takes it; there is no password on the embedded server."""
    connection.ensure_connection()
    info = connection.connection.info
    return f"host={info.host} port={info.port} user={info.user} dbname={info.dbname}"
