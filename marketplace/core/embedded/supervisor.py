"""Keep several programs running beside the embedded servers: start, watch, restart, stop."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from . import postgres, redis
from .locations import Place
from .processes import ServerFailed, end, is_running, start_detached, tail

POLL_SECONDS = 0.5
READY_SECONDS = 120
CALM_SECONDS = 60  # a program that ran this long starts again at once when it ends
LONGEST_PAUSE_SECONDS = 30
FREE_BYTES_NEEDED = 500 * 1024**2
_STOP = ((signal.SIGTERM, 15.0), (signal.SIGKILL, 5.0))

Say = Callable[[str], None]


class CannotStart(RuntimeError):
    """Something outside stands in the way; the text says what, and what to do."""


@dataclass
class Program:
    """A command to keep running. `answers_at` is a URL that tells when it is ready."""

    name: str
    command: Sequence[str]
    answers_at: str = ""
    process: Popen | None = field(default=None, init=False)
    started: float = field(default=0, init=False)
    failures: int = field(default=0, init=False)

    @property
    def due_at(self) -> float:
        """When (monotonic seconds) it may start again: 1, 2, 4 ... 30 s after ends that follow one another quickly."""
        return self.started + (min(2**self.failures, LONGEST_PAUSE_SECONDS) if self.failures else 0)


@contextlib.contextmanager
def sole_supervisor(place: Place) -> Iterator[None]:
    """Refuse a second supervisor of the same place. Raises CannotStart."""
    place.home.mkdir(parents=True, exist_ok=True)
    with (place.home / "supervisor.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                "这个目录的演示已在运行：请先在那个窗口按 Ctrl-C。\n"
                "The demo of this checkout is running already: press Ctrl-C there first."
            ) from None
        yield


def require_free_port(port: int, remedy: str) -> None:
    """Raise CannotStart, naming the port, when someone listens on it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotStart(
                f"端口 {port} 已被占用。换一个端口：{remedy}\nPort {port} is taken. Use another one: {remedy}"
            ) from None


def require_free_disk(place: Place) -> None:
    """Raise CannotStart when the disk is nearly full."""
    free = shutil.disk_usage(place.home).free
    if free < FREE_BYTES_NEEDED:
        raise CannotStart(
            f"磁盘只剩 {free // 1024**2} MB，至少需要 500 MB。\nOnly {free // 1024**2} MB are left on the disk; 500 MB are needed."
        )


class Supervisor:
    """Runs programs and the embedded servers of one place until it is interrupted."""

    def __init__(self, place: Place, programs: Sequence[Program], say: Say) -> None:
        self.place = place
        self.programs = programs
        self.say = say
        self._record = place.home / "programs.json"
        self._stopping = threading.Event()

    def end_leftovers(self) -> None:
        """End what a killed supervisor left running."""
        with contextlib.suppress(OSError, ValueError):
            for pid, word in json.loads(self._record.read_text()):
                if is_running(pid, word):
                    end(pid, word, signals=_STOP)

    def start(self, program: Program) -> None:
        """Start one program with its own log file, and remember it for the case that we are killed."""
        program.process = start_detached(program.command, self._log(program), os.environ, cwd=self.place.checkout)
        program.started = time.monotonic()
        running = [p.process.pid for p in self.programs if p.process]
        words = [p.command[-1] for p in self.programs if p.process]
        self._record.write_text(json.dumps(list(zip(running, words, strict=True))))

    def start_all(self) -> None:
        """Start every program, those with an address first and until they answer. Raises CannotStart with a log's end."""
        for program in self.programs:
            with contextlib.suppress(FileNotFoundError):
                self._log(program).rename(self._log(program).with_suffix(".old.log"))
        front = [program for program in self.programs if program.answers_at]
        for program in front:
            self.start(program)
        deadline = time.monotonic() + READY_SECONDS
        for program in front:
            while not _answers(program.answers_at):
                if not self._alive(program) or time.monotonic() > deadline:
                    raise CannotStart(f"{program.name} 未能启动 did not start:\n{tail(self._log(program))}")
                time.sleep(0.1)
        for program in self.programs:
            if program not in front:
                self.start(program)

    def watch(self) -> None:
        """Restart whatever ends, until KeyboardInterrupt or `stop`."""
        while not self._stopping.wait(POLL_SECONDS):
            for server in (postgres, redis):
                if not server.running(self.place):
                    self.say(f"{server.__name__.rpartition('.')[2]} 已停止，正在重启 stopped; starting it again")
                    with contextlib.suppress(ServerFailed):
                        server.start(self.place)
            for program in self.programs:
                self._revive(program)

    def _revive(self, program: Program) -> None:
        now = time.monotonic()
        if program.process is not None and program.process.poll() is not None:
            calm = now - program.started > CALM_SECONDS
            program.failures = 0 if calm else program.failures + 1
            code, program.process = program.process.returncode, None
            self.say(f"{program.name} 意外退出（{code}），正在重启 ended ({code}); restarting. {self._log(program)}")
        if program.process is None and now >= program.due_at:
            self.start(program)

    def stop(self) -> None:
        """End the programs together, then the servers they used."""
        self._stopping.set()
        alive = [program.process for program in self.programs if program.process and self._alive(program)]
        for process in alive:
            process.terminate()
        for process in alive:
            end(process.pid, signals=_STOP)
        self._record.unlink(missing_ok=True)
        for server in (redis, postgres):
            server.stop(self.place)

    def _alive(self, program: Program) -> bool:
        return program.process is not None and program.process.poll() is None

    def _log(self, program: Program) -> Path:
        return self.place.logs / f"{program.name}.log"


def _answers(url: str) -> bool:
    """Whether a server is up and in order there; "not found" is an answer, a server error is none."""
    try:
        urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
    return True
