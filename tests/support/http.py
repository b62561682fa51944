"""The product and the payment simulator under gunicorn, as in production, on ports of their own."""

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
    """Where an application under gunicorn writes during this run."""
    return PLACE.logs / f"{application.split(':', maxsplit=1)[0]}-{os.environ['XINQIAO_TEST_SLOT']}.log"


@contextmanager
def gunicorn(application: str, reserved: socket.socket, *options: str, path: str = "/") -> Iterator[str]:
    """Serve a WSGI application on the reserved port until the block ends; yields its base URL once it answers."""
    log = log_of(application)
    log.parent.mkdir(parents=True, exist_ok=True)
    reserved.set_inheritable(True)
    bind = ["--no-control-socket", "--bind", f"fd://{reserved.fileno()}"]
    command = [sys.executable, "-m", "gunicorn", application, *bind, *options]
    with log.open("w") as output:
        child = subprocess.Popen(
            command, cwd=CHECKOUT, stdout=output, stderr=output, pass_fds=[reserved.fileno()], start_new_session=True
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
