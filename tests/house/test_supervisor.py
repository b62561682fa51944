"""The supervisor starts, restarts and stops programs, and says what stands in its way."""

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.core.embedded import postgres, redis, supervisor
from marketplace.core.embedded.locations import Place
from marketplace.core.embedded.processes import is_running
from marketplace.core.embedded.supervisor import CannotStart, Program, Supervisor
from tests.support.waiting import eventually

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)", "marked-program"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch) -> Iterator[Place]:
    """A place whose embedded servers are taken to run."""
    for server in (postgres, redis):
        monkeypatch.setattr(server, "running", lambda place: True)
        monkeypatch.setattr(server, "stop", lambda place: None)
    monkeypatch.setattr(supervisor, "POLL_SECONDS", 0.02)
    place = Place("demo", tmp_path)
    place.home.mkdir(parents=True)
    return place


def test_a_program_that_ends_is_started_again_and_said_so(place):
    said: list[str] = []
    program = Program("sleeper", SLEEP)
    watched = Supervisor(place, [program], said.append)
    watched.start_all()
    watching = threading.Thread(target=watched.watch, daemon=True)
    watching.start()
    first = program.process.pid
    os.kill(first, signal.SIGKILL)
    eventually(lambda: program.process and program.process.pid != first, seconds=20)
    assert "sleeper" in said[0] and "restarting" in said[0]
    watched.stop()
    watching.join(10)
    assert not watching.is_alive() and not is_running(program.process.pid, "marked-program")


def test_pauses_between_restarts_grow_to_half_a_minute():
    program = Program("flapping", SLEEP)
    program.started = 0
    pauses = []
    for program.failures in range(8):
        pauses.append(program.due_at)
    assert pauses == [0, 2, 4, 8, 16, 30, 30, 30]


def test_stopping_ends_every_program(place):
    programs = [Program("one", SLEEP), Program("two", SLEEP)]
    supervised = Supervisor(place, programs, print)
    supervised.start_all()
    pids = [program.process.pid for program in programs]
    supervised.stop()
    assert not any(is_running(pid, "marked-program") for pid in pids)
    assert not (place.home / "programs.json").exists()


def test_what_a_killed_supervisor_left_is_ended_by_the_next(place):
    killed = Supervisor(place, [Program("orphan", SLEEP)], print)
    killed.start_all()
    pid = killed.programs[0].process.pid
    Supervisor(place, [], print).end_leftovers()
    assert not is_running(pid, "marked-program")


def test_a_stranger_with_an_old_number_is_left_alone(place):
    (place.home / "programs.json").write_text(json.dumps([[os.getpid(), "marked-program"]]))
    Supervisor(place, [], print).end_leftovers()


def test_a_program_that_cannot_start_shows_the_end_of_its_log(place):
    broken = Program("broken", [sys.executable, "-c", "raise SystemExit('no such thing')"], "http://127.0.0.1:9/")
    with pytest.raises(CannotStart, match="no such thing"):
        Supervisor(place, [broken], print).start_all()


def test_a_second_supervisor_of_one_place_is_refused(place):
    with supervisor.sole_supervisor(place):
        with pytest.raises(CannotStart, match="running already"), supervisor.sole_supervisor(place):
            pass
    with supervisor.sole_supervisor(place):
        pass


def test_a_taken_port_is_named_with_the_way_round_it():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"{port}.*make demo PORT=1"):
            supervisor.require_free_port(port, "make demo PORT=1")


def test_a_full_disk_is_said_before_anything_starts(place, monkeypatch):
    monkeypatch.setattr(supervisor, "FREE_BYTES_NEEDED", 1 << 60)
    with pytest.raises(CannotStart, match="left on the disk"):
        supervisor.require_free_disk(place)
