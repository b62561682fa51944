"""The embedded servers start, heal and keep out of one another's way."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis as redis_client

from marketplace.core.embedded import locations, postgres, redis
from marketplace.core.embedded.locations import CHECKOUT, POSTGRES_PORT, Place
from marketplace.core.embedded.processes import ServerFailed


@pytest.fixture
def place() -> Iterator[Place]:
    """A checkout of its own, somewhere else, that everyone may enter."""
    with tempfile.TemporaryDirectory(prefix="xq-") as checkout:
        Path(checkout).chmod(0o755)
        place = Place("demo", Path(checkout))
        yield place
        postgres.stop(place)
        redis.stop(place)


def connected(place: Place) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.sockets), port=POSTGRES_PORT, user="postgres", dbname="xinqiao", autocommit=True
    )


def remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


def pid(place: Place) -> int:
    return int((place.postgres_data / "postmaster.pid").read_text().split()[0])


def test_starting_twice_keeps_the_running_servers(place):
    postgres.start(place), redis.start(place)
    first = pid(place), (place.home / "redis.pid").read_text()
    postgres.start(place), redis.start(place)
    assert (pid(place), (place.home / "redis.pid").read_text()) == first


def test_stopping_ends_the_servers_and_keeps_the_data(place):
    postgres.start(place)
    with connected(place) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    postgres.stop(place)
    assert not postgres.running(place)
    postgres.start(place)
    with connected(place) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)


def test_a_killed_postgres_recovers_what_was_committed(place):
    postgres.start(place)
    with connected(place) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
        os.kill(pid(place), signal.SIGKILL)
    postgres.start(place)
    with connected(place) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)


def test_a_killed_redis_starts_again(place):
    redis.start(place)
    os.kill(int((place.home / "redis.pid").read_text()), signal.SIGKILL)
    redis.start(place)
    assert redis.ready(place)


def test_a_pid_file_naming_a_stranger_does_not_stop_the_start(place):
    postgres.start(place)
    os.kill(pid(place), signal.SIGKILL)
    stale = place.postgres_data / "postmaster.pid"
    stale.write_text(stale.read_text().replace(str(pid(place)), str(os.getpid()), 1))
    postgres.start(place)
    assert pid(place) != os.getpid()


def test_an_unfinished_initdb_is_done_again(place):
    unfinished = place.server_home / "postgres.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    postgres.start(place)
    assert postgres.ready(place)


def test_two_starters_at_once_get_one_server(place):
    code = (
        "import sys, pathlib; from marketplace.core.embedded import postgres, locations;"
        "postgres.start(locations.Place('demo', pathlib.Path(sys.argv[1])))"
    )
    starters = [subprocess.Popen([sys.executable, "-c", code, place.checkout], cwd=CHECKOUT) for _ in range(3)]
    assert [starter.wait(120) for starter in starters] == [0, 0, 0]
    assert postgres.ready(place)


def test_two_purposes_and_two_checkouts_do_not_share_anything(place, tmp_path):
    elsewhere = tmp_path / "x" / ("long" * 30) / "心桥 checkout"
    elsewhere.mkdir(parents=True)
    other = Place("test", elsewhere)
    try:
        assert len(os.fsencode(other.redis_socket)) < 104 and " " not in str(other.sockets)
        postgres.start(place), redis.start(place)
        postgres.start(other), redis.start(other)
        redis_client.Redis(unix_socket_path=str(place.redis_socket)).set("ours", 1)
        assert redis_client.Redis(unix_socket_path=str(other.redis_socket)).get("ours") is None
        postgres.stop(other), redis.stop(other)
        assert postgres.ready(place) and redis.ready(place)
    finally:
        postgres.stop(other), redis.stop(other)
        shutil.rmtree(other.sockets)
        shutil.rmtree(other.server_home)
        remove_if_empty(other.server_home.parent)


def test_a_failed_start_says_why(place, monkeypatch):
    monkeypatch.setitem(postgres._OPTIONS, "shared_buffers", "nonsense")
    with pytest.raises(ServerFailed, match="shared_buffers"):
        postgres.start(place)


def test_only_tests_forgo_safety_on_disk(place):
    postgres.start(place)
    with connected(place) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    with psycopg.connect(locations.database_url("test", "postgres")) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands PostgreSQL to another user")
def test_a_checkout_in_a_closed_folder_stays_closed(tmp_path):
    tmp_path.chmod(0o700)
    closed = Place("demo", tmp_path)
    try:
        postgres.start(closed)
        assert not closed.server_home.is_relative_to(tmp_path)
        assert tmp_path.stat().st_mode & 0o077 == 0
    finally:
        postgres.stop(closed)
        shutil.rmtree(closed.server_home.parent, ignore_errors=True)
