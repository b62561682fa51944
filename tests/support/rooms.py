"""People in consultation rooms: real WebSockets to the room server, with real sessions."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from marketplace.accounts.models import User
from tests.factories import signed_in

PATIENCE_SECONDS = 60
Result = TypeVar("Result")


def in_own_thread(function: Callable[[], Result]) -> Result:
    """Call it where no loop runs, as everywhere on the site, and return what it returns.

    The worker's browser, once a test has opened it, keeps its loop running in the tests' own thread until the worker ends.
    There neither `asyncio.run` nor `async_to_sync` works, and nobody in a room would be told of anything.
    """

    def work() -> Result:
        try:
            return function()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


class Browser:
    """One browser: signed in as somebody or nobody, in front of a room's door."""

    def __init__(self, server: str, user: User | None = None, *, second_step: bool = True) -> None:
        self.server = server
        self.client = signed_in(user, second_step=second_step) if user else Client()

    def open(self, occupancy_id: UUID | str, **headers: str) -> "Line":
        """Open the room's WebSocket as a page of the site does."""
        cookie = self.client.cookies.get(settings.SESSION_COOKIE_NAME)
        sent = {"Origin": self.server} | ({"Cookie": f"{cookie.key}={cookie.value}"} if cookie else {}) | headers
        origin = sent.pop("Origin")
        address = self.server.replace("http", "ws", 1) + f"/ws/room/{occupancy_id}/"
        return Line(connect(address, origin=origin or None, additional_headers=sent, open_timeout=PATIENCE_SECONDS))

    def enter(self, occupancy_id: UUID | str, name: str = "", **device: bool) -> "Line":
        """Open it and say hello; `welcome` of the line is the answer."""
        line = self.open(occupancy_id)
        line.send("hello", name=name, device=device or {"camera": True, "microphone": True})
        line.welcome = line.expect("welcome")
        return line


class Line:
    """One open WebSocket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.seen: list[dict[str, Any]] = []
        self.welcome: dict[str, Any] = {}

    @property
    def visit(self) -> str:
        return str(self.welcome["visit"])

    def send(self, kind: str, **message: Any) -> None:
        """Send one message; whoever was put out meanwhile is not heard any more."""
        with suppress(ConnectionClosed):
            self.connection.send(json.dumps({"type": kind, **message}))

    def expect(self, kind: str, **wanted: Any) -> dict[str, Any]:
        """Return the next message of a kind (with these values), whatever comes before it; fails when none comes."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                message = json.loads(self.connection.recv(timeout=max(0.01, deadline - time.monotonic())))
            except (TimeoutError, ConnectionClosed) as error:
                raise AssertionError(f"no {kind} {wanted} came ({error!r}), only {self.seen}") from None
            self.seen.append(message)
            if message["type"] == kind and all(message.get(key) == value for key, value in wanted.items()):
                return message

    def nothing_but(self, *kinds: str) -> None:
        """Ask for a pong, and fail when anything but these kinds comes before it."""
        before = len(self.seen)
        self.send("ping")
        self.expect("pong")
        strange = [message for message in self.seen[before:-1] if message["type"] not in kinds]
        assert not strange, strange

    def people(self, count: int) -> list[dict[str, Any]]:
        """Return the people once so many are to be seen."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            people: list[dict[str, Any]] = self.expect("people")["people"]
            if len(people) == count:
                return people
        raise AssertionError(f"never saw {count} people: {self.seen[-1]}")

    def is_put_out(self) -> int:
        """Wait until the server closes, and return its code, 0 where it said none."""
        while True:
            try:
                self.seen.append(json.loads(self.connection.recv(timeout=PATIENCE_SECONDS)))
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 0

    def drop(self) -> None:
        """Lose the connection as a poor line does: nothing more is said."""
        self.connection.socket.close()

    def close(self) -> None:
        """Close the page."""
        self.connection.close()
