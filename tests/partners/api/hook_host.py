"""A real HTTPS server on this machine that is told what happens, and answers well or badly."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.catalog.scheduling.calendar_host import _certify


@dataclass
class HookHost:
    """What it answers, and what it was told: headers and body of each."""

    port: int = 0
    certificate: Path = Path()
    status: int = 200
    location: str = ""
    trickles: bool = False
    told: list[tuple[Any, bytes]] = field(default_factory=list)

    def address(self, host: str = "localhost") -> str:
        return f"https://{host}:{self.port}/hook?of=ours"


@contextmanager
def hook_host(folder: Path) -> Iterator[HookHost]:
    """Run it, with a certificate of its own in `folder`."""
    host = HookHost(certificate=folder / "certificate.pem")
    key = folder / "key.pem"
    _certify(host.certificate, key)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            host.told.append((self.headers, body))
            try:
                if host.trickles:
                    self._trickle()
                self.send_response(host.status)
                if host.location:
                    self.send_header("Location", host.location)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                return

        def _trickle(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(600):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.05)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(host.certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    host.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
