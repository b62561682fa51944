"""One port for two servers: pages go to gunicorn, WebSockets (/ws/) to uvicorn. For development, demo and tests.

    python -m marketplace.core.embedded.front --listen 127.0.0.1:8000 --pages unix:web.sock --rooms unix:room.sock

The first line of a connection's first request says where it goes; from then on bytes are passed on as they come. Pages
learn the visitor's address by the PROXY protocol. In production nginx does this (deploy/examples/nginx.conf).
"""

import argparse
import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable
from dataclasses import dataclass

HEAD_BYTES = 16 * 1024
HEAD_SECONDS, CLOSE_SECONDS = 20, 5
CHUNK = 64 * 1024
ROOMS_PATH = b"/ws/"
_BUSY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Address:
    """Where a server listens: a unix socket's path, or a host and a port."""

    path: str = ""
    host: str = ""
    port: int = 0

    @classmethod
    def read(cls, text: str) -> "Address":
        """Return the address a text names: "unix:/run/web.sock" or "127.0.0.1:8000"."""
        if text.startswith("unix:"):
            return cls(path=text.removeprefix("unix:"))
        host, _, port = text.rpartition(":")
        return cls(host=host, port=int(port))

    def connect(self) -> Awaitable[Stream]:
        """Open a connection."""
        if self.path:
            return asyncio.open_unix_connection(self.path)
        return asyncio.open_connection(self.host, self.port)


@dataclass(frozen=True)
class Front:
    """Passes connections on to the server that answers them."""

    pages: Address
    rooms: Address

    async def serve(self, listening: socket.socket) -> None:
        """Serve until cancelled."""
        server = await asyncio.start_server(self._pass_on, sock=listening, limit=HEAD_BYTES)
        async with server:
            await server.serve_forever()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.CancelledError):  # when all of it ends
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                async with asyncio.timeout(HEAD_SECONDS):
                    line = await reader.readuntil(b"\n")
                await self._join(line, reader, writer)
            await _close(writer)

    async def _join(self, line: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_room = is_for_rooms(line)
        try:
            behind, sender = await (self.rooms if is_room else self.pages).connect()
        except OSError:
            writer.write(_BUSY)
            await writer.drain()
            return
        try:
            sender.write(line if is_room else proxy_line(writer) + line)
            await asyncio.gather(_copy(reader, sender), _copy(behind, writer))
        finally:
            await _close(sender)


def is_for_rooms(line: bytes) -> bool:
    """Whether a request line ("GET /ws/room/… HTTP/1.1") asks for a WebSocket's path."""
    words = line.split(b" ", 2)
    return len(words) == 3 and words[1].startswith(ROOMS_PATH)


def proxy_line(visitor: asyncio.StreamWriter) -> bytes:
    """Return the line that says whom a connection is from (PROXY protocol, version 1)."""
    peer, own = visitor.get_extra_info("peername"), visitor.get_extra_info("sockname")
    if not isinstance(peer, tuple):
        return b"PROXY UNKNOWN\r\n"
    family = "TCP6" if ":" in peer[0] else "TCP4"
    return f"PROXY {family} {peer[0]} {own[0]} {peer[1]} {own[1]}\r\n".encode()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass bytes on until one side ends; then the other one is told that no more will come."""
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await writer.wait_closed()


def listening_socket(address: Address, descriptor: int | None = None) -> socket.socket:
    """Return a listening socket at an address, or the one that was handed down by its number."""
    if descriptor is not None:
        taken = socket.socket(fileno=descriptor)
        taken.listen(512)
        return taken
    return socket.create_server((address.host, address.port), backlog=512)


async def _run(front: Front, listening: socket.socket) -> None:
    serving = asyncio.ensure_future(front.serve(listening))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m marketplace.core.embedded.front")
    parser.add_argument("--listen", required=True, help="host:port, or fd://N for a socket handed down")
    parser.add_argument("--pages", required=True, help="where gunicorn listens: unix:path or host:port")
    parser.add_argument("--rooms", required=True, help="where uvicorn listens")
    arguments = parser.parse_args()
    handed = arguments.listen.removeprefix("fd://")
    descriptor = int(handed) if handed != arguments.listen else None
    address = Address() if descriptor is not None else Address.read(arguments.listen)
    front = Front(pages=Address.read(arguments.pages), rooms=Address.read(arguments.rooms))
    asyncio.run(_run(front, listening_socket(address, descriptor)))


if __name__ == "__main__":
    main()
