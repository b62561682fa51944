"""A small load client, and the processor time that servers spend meanwhile."""

import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

CLIENTS = 2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Request:
    """A path to ask for, as somebody with these cookies or as nobody."""

    path: str
    cookie: str = ""


@dataclass(frozen=True)
class Load:
    """What some seconds of requests came to."""

    count: int
    seconds: float
    median_ms: float
    cpu_ms: float
    """Of the web processes, for one request."""

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


def run(url: str, requests: Sequence[Request], *, seconds: float, pids: Sequence[int]) -> Load:
    """Ask for the requests round and round, from two processes side by side; any answer but 200 is an error."""
    parts = urlsplit(url)
    address = (parts.hostname or "", parts.port or 80)
    context = get_context("fork")
    barrier, results = context.Barrier(CLIENTS + 1), context.SimpleQueue()
    clients = [
        context.Process(
            target=_ask, args=(address, requests, place * len(requests) // CLIENTS, seconds, barrier, results)
        )
        for place in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    barrier.wait(60)
    before, begun = cpu_seconds(pids), time.monotonic()
    found = [results.get() for _ in clients]
    spent, lasted = cpu_seconds(pids) - before, time.monotonic() - begun
    for client in clients:
        client.join()
    times = [each for of_client in found for each in of_client]
    if not times:
        raise RuntimeError("a client failed")
    return Load(len(times), lasted, median(times) * 1000, spent / len(times) * 1000)


def once(url: str, requests: Sequence[Request]) -> None:
    """Ask for each path once."""
    parts = urlsplit(url)
    address = (parts.hostname or "", parts.port or 80)
    for request in {request.path: request for request in requests}.values():
        _one(address, _message(address, request))


def _ask(address: tuple[str, int], requests: Sequence[Request], start: int, seconds: float, barrier, results) -> None:
    messages = [_message(address, request) for request in requests]
    times: list[float] = []
    barrier.wait(60)
    end = time.monotonic() + seconds
    place = start
    try:
        while (begun := time.monotonic()) < end:
            _one(address, messages[place % len(messages)])
            times.append(time.monotonic() - begun)
            place += 1
    except Exception:
        times.clear()
        raise
    finally:
        results.put(times)


def _message(address: tuple[str, int], request: Request) -> bytes:
    cookie = f"Cookie: {request.cookie}\r\n" if request.cookie else ""
    return f"GET {request.path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nAccept-Language: zh-CN\r\n{cookie}\r\n".encode()


def _one(address: tuple[str, int], message: bytes) -> None:
    with socket.create_connection(address, timeout=60) as connection:
        connection.sendall(message)
        first = connection.recv(65536)
        if not first.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the server answered {first[:200]!r}")
        while connection.recv(262_144):
            pass


def cpu_seconds(pids: Sequence[int]) -> float:
    """Return the processor time these processes have used so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


def server_pids(socket_fd: int) -> list[int]:
    """Return the gunicorn processes started from here that serve the socket with this file number."""
    import psutil

    children = psutil.Process().children(recursive=True)
    return sorted(child.pid for child in children if f"fd://{socket_fd}" in child.cmdline())
