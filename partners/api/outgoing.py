"""Sending to addresses that partners give us: https to the public internet only, never further.

The host is resolved once, every address of it is looked at, and the one looked at is connected to: a second answer of a
name server leads nowhere else. A redirect is an answer like others, and is not followed.
"""

import http.client
import socket
import ssl
import threading
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from catalog.scheduling.outside_calendars import fetching

#: The whole exchange, and one wait within it.
MAX_SECONDS, WAIT_SECONDS = 10, 5
#: Of the answer nothing is kept but its number.
MAX_ANSWER_BYTES = 16 * 1024


class NotSent(Exception):
    """Nothing arrived; the text says why in a word, never the address."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the other side answered."""

    status_code: int

    @property
    def is_taken(self) -> bool:
        """Only a plain yes counts."""
        return http.HTTPStatus.OK <= self.status_code < http.HTTPStatus.MULTIPLE_CHOICES


def is_sendable(address: str) -> bool:
    """Whether an address may be asked for at all: https, a host, no name and password in it."""
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and (parts.port or 443) > 0
    except ValueError:
        return False
    is_plain = address.isascii() and address.isprintable() and " " not in address
    return parts.scheme == "https" and has_host and is_plain and not (parts.username or parts.password)


def is_public_host(address: str) -> bool:
    """Whether every address of the host lies in the public internet now; asked again whenever something is sent."""
    parts = urlsplit(address)
    try:
        _public_ip(parts.hostname or "", parts.port or 443)
    except NotSent:
        return False
    return True


def send(address: str, *, body: bytes, headers: dict[str, str]) -> Sent:
    """Post a body to an address and return the answer's number. Raises NotSent."""
    if not is_sendable(address):
        raise NotSent("address")
    parts = urlsplit(address)
    connection = _PinnedConnection(parts.hostname or "", parts.port or 443, timeout=WAIT_SECONDS)
    is_over = threading.Event()
    watch = threading.Timer(MAX_SECONDS, _cut, [connection, is_over])
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", _target(parts), body=body, headers=headers)
        response = connection.getresponse()
        response.read(MAX_ANSWER_BYTES)
    except ssl.SSLError:
        raise NotSent("certificate") from None
    except TimeoutError:
        raise NotSent("timeout") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotSent("timeout" if is_over.is_set() else "unreachable") from None
    finally:
        watch.cancel()
        connection.close()
    if is_over.is_set():  # what was cut off may look like an end
        raise NotSent("timeout")
    return Sent(response.status)


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _public_ip(host: str, port: int) -> str:
    """Return an address of a host, all of whose addresses must be public. Raises NotSent."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent("unknown host") from None
    ips = [str(entry[4][0]) for entry in found]
    if not ips or not all(fetching.is_public(ip) for ip in ips):
        raise NotSent("not public")
    return ips[0]


class _PinnedConnection(http.client.HTTPSConnection):
    """Connects to the address that was looked at."""

    def connect(self) -> None:
        plain = socket.create_connection((_public_ip(self.host, self.port), self.port), self.timeout)
        self.sock = fetching.tls_context().wrap_socket(plain, server_hostname=self.host)


def _cut(connection: http.client.HTTPSConnection, is_over: threading.Event) -> None:
    """End an exchange that trickles on: each wait is short, all together are not."""
    is_over.set()
    if connection.sock:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
