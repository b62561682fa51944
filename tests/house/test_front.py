"""One port for two servers: what goes where, with whose address, and what happens when nobody is behind."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from marketplace.core.embedded import serving
from marketplace.core.embedded.front import Address, is_for_rooms
from marketplace.core.embedded.locations import CHECKOUT
from tests.support.http import reserved_port


class Behind:
    """A server that notes what it hears first and answers with its name."""

    def __init__(self, name: str) -> None:
        self.name, self.heard = name, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def end(self) -> None:
        """Listen no longer; closing alone would let the thread go on waiting."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                heard = b""
                while b"\r\n\r\n" not in heard and (data := connection.recv(65536)):
                    heard += data
                self.heard.append(heard)
                connection.sendall(f"HTTP/1.1 200 OK\r\n\r\n{self.name}".encode())


@pytest.fixture
def behind() -> Iterator[tuple[Behind, Behind]]:
    pages, rooms = Behind("pages"), Behind("rooms")
    yield pages, rooms
    pages.end()
    rooms.end()


@pytest.fixture
def ask(behind) -> Iterator[Callable[..., bytes]]:
    """`ask(b"GET / …", source="127.0.0.1")` through a front; returns all that comes back."""
    pages, rooms = behind
    with reserved_port() as port:
        port.set_inheritable(True)
        command = serving.front(f"fd://{port.fileno()}", pages=pages.address, rooms=rooms.address)
        child = subprocess.Popen(command, cwd=CHECKOUT, pass_fds=[port.fileno()], stderr=sys.stderr)

        def send(request: bytes, source: str = "127.0.0.1") -> bytes:
            while True:
                try:
                    line = socket.create_connection(port.getsockname(), 30, source_address=(source, 0))
                    break
                except ConnectionRefusedError:
                    assert child.poll() is None
            with line, suppress(ConnectionError):  # it need not listen to the end
                for begin in range(0, len(request), 5):
                    line.sendall(request[begin : begin + 5])
                return b"".join(iter(lambda: line.recv(65536), b""))
            return b""

        yield send
        child.terminate()
        assert child.wait(20) == 0


def test_pages_and_rooms_go_apart_and_pages_learn_who_asks(ask, behind):
    pages, rooms = behind
    assert ask(b"GET /me/?next=/ws/ HTTP/1.1\r\nHost: a\r\n\r\n", "127.0.0.2").endswith(b"pages")
    assert ask(b"GET /ws/room/1/ HTTP/1.1\r\nHost: a\r\n\r\n").endswith(b"rooms")
    proxied, _, request = pages.heard[0].partition(b"\r\n")
    assert proxied.startswith(b"PROXY TCP4 127.0.0.2 127.0.0.1 ")
    assert request == b"GET /me/?next=/ws/ HTTP/1.1\r\nHost: a\r\n\r\n"
    assert rooms.heard == [b"GET /ws/room/1/ HTTP/1.1\r\nHost: a\r\n\r\n"]


def test_a_visitor_cannot_say_who_they_are(ask, behind):
    ask(b"PROXY TCP4 6.6.6.6 127.0.0.1 1 1\r\nGET / HTTP/1.1\r\n\r\n")
    assert behind[0].heard[0].startswith(b"PROXY TCP4 127.0.0.1 ")


def test_without_a_server_behind_it_says_so(ask, behind):
    behind[1].end()
    assert ask(b"GET /ws/room/1/ HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 502 ")
    assert ask(b"GET / HTTP/1.1\r\n\r\n").endswith(b"pages")


def test_a_first_line_without_end_is_not_waited_for(ask):
    assert ask(b"GET /" + b"a" * 20_000) == b""


@pytest.mark.parametrize("line", [b"GET /wsx HTTP/1.1\r\n", b"GET /a/ws/ HTTP/1.1\r\n", b"\r\n", b"/ws/\r\n"])
def test_what_is_no_room(line):
    assert not is_for_rooms(line)


def test_addresses_are_read():
    assert Address.read("unix:/run/web.sock").path == "/run/web.sock"
    assert Address.read("127.0.0.1:80") == Address(host="127.0.0.1", port=80)
