"""The product and the payment simulator under gunicorn, rooms under uvicorn, as in production, on ports of their own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marketplace.core.embedded import serving
from marketplace.core.embedded.locations import CHECKOUT
from marketplace.core.embedded.processes import tail

from .slots import PLACE

START_SECONDS = 90


def reserved_port() -> socket.socket:
    """A socket bound to a free port of this machine and not yet listening: nobody else can take the port meanwhile."""
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    return reserved


def address(reserved: socket.socket) -> str:
    """The base URL of a reserved port."""
    return f"http://127.0.0.1:{reserved.getsockname()[1]}"


def log_of(application: str) -> Path:
    """Where an application that is served writes during this run."""
    return PLACE.logs / f"{application.split(':', maxsplit=1)[0]}-{os.environ['XINQIAO_TEST_SLOT']}.log"


@contextmanager
def gunicorn(
    application: str, reserved: socket.socket, *options: str, path: str = "/", **environment: str
) -> Iterator[str]:
    """Serve a WSGI application on the reserved port until the block ends; yields its base URL once it answers.

    `environment` goes over our own.
    """
    command = [sys.executable, "-m", "gunicorn", application, "--no-control-socket", *options]
    command.append(f"--bind=fd://{reserved.fileno()}")
    with _served(command, reserved, log_of(application), path, **environment) as url:
        yield url


@contextmanager
def rooms_beside(pages: str, reserved: socket.socket) -> Iterator[str]:
    """Serve consultation rooms under uvicorn, and the front that joins them with the pages served elsewhere.

    The reserved port is the front's; yields its base URL, at which both answer.
    """
    with reserved_port() as own:
        command = serving.uvicorn([f"--fd={own.fileno()}"])
        with _served(command, own, log_of(serving.ROOMS), "/ws/healthz") as rooms:
            joined = serving.front(
                f"fd://{reserved.fileno()}", pages=pages.removeprefix("http://"), rooms=rooms.removeprefix("http://")
            )
            with _served(joined, reserved, log_of("front"), "/ws/healthz") as url:
                yield url


@contextmanager
def _served(command: list[str], reserved: socket.socket, log: Path, path: str, **environment: str) -> Iterator[str]:
    log.parent.mkdir(parents=True, exist_ok=True)
    reserved.set_inheritable(True)
    with log.open("w") as output:
        child = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env=os.environ | environment,
            stdout=output,
            stderr=output,
            pass_fds=[reserved.fileno()],
            start_new_session=True,
        )
        try:
            _wait_until_it_answers(child, address(reserved) + path, log)
            yield address(reserved)
        finally:
            child.terminate()
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _wait_until_it_answers(child: subprocess.Popen, url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert child.poll() is None, f"the server ended\n{tail(log)}"
        try:
            urllib.request.urlopen(url, timeout=30).close()
            return
        except urllib.error.HTTPError:
            return  # it answers; what it says is the test's business
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server does not answer\n{tail(log)}")
