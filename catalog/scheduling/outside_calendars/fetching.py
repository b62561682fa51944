"""Fetching a calendar over HTTPS from a public address only: the host is resolved once, looked at, and then connected to."""

import http.client
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from ..enums import CalendarTrouble
from .errors import Unreadable

MAX_BYTES = 2 * 1024 * 1024
#: The whole exchange, and one wait within it.
MAX_SECONDS, WAIT_SECONDS = 15, 5
MAX_REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)
#: Addresses in which others are hidden: NAT64 and 6to4.
_WRAPPING = [ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered; `content` is None when nothing changed since `etag`."""

    content: bytes | None
    etag: str


def is_https(address: str) -> bool:
    """Whether an address is of the kind that is fetched: https, or webcal, which means the same."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("https", "webcal") and bool(parts.hostname) and (parts.port or 443) > 0
    except ValueError:
        return False


def is_public(ip: str) -> bool:
    """Whether an IP address lies in the public internet: no machine of ours, no neighbour, no cloud's inner service."""
    address = ipaddress.ip_address(ip.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            address = address.ipv4_mapped
        elif any(address in network for network in _WRAPPING):
            return False
    return address.is_global and not address.is_multicast


def public_ip(host: str, port: int) -> str:
    """Return an address of a host, all of whose addresses must be public. Raises Unreadable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreadable(CalendarTrouble.UNREACHABLE) from None
    ips = [str(entry[4][0]) for entry in found]
    if not ips or not all(map(is_public, ips)):
        raise Unreadable(CalendarTrouble.UNREACHABLE)
    return ips[0]


class _PinnedConnection(http.client.HTTPSConnection):
    """Connects to the address that was looked at; a second answer of the name server cannot lead elsewhere."""

    def connect(self) -> None:
        plain = socket.create_connection((public_ip(self.host, self.port), self.port), self.timeout)
        self.sock = tls_context().wrap_socket(plain, server_hostname=self.host)


def tls_context() -> ssl.SSLContext:
    """Return how certificates are checked."""
    return ssl.create_default_context()


def fetch(address: str, *, etag: str = "") -> Fetched:
    """Return what a calendar's address holds. Raises Unreadable: no answer, refused, too much, too slow, not public."""
    for _ in range(MAX_REDIRECTS + 1):
        if not is_https(address):
            raise Unreadable(CalendarTrouble.UNREACHABLE)
        answer = _ask(urlsplit(address), etag)
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(address, answer)
    raise Unreadable(CalendarTrouble.UNREACHABLE)


def _ask(parts: SplitResult, etag: str) -> Fetched | str:
    """Ask once; an address instead of an answer means: look there."""
    assert parts.hostname
    connection = _PinnedConnection(parts.hostname, parts.port or 443, timeout=WAIT_SECONDS)
    is_over = threading.Event()
    watch = threading.Timer(MAX_SECONDS, _cut, [connection, is_over])
    watch.daemon = True
    watch.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "xinqiao-calendar/1"}
        connection.request("GET", target, headers=headers | ({"If-None-Match": etag} if etag else {}))
        answer = _answer(connection.getresponse(), etag)
    except (OSError, http.client.HTTPException, ValueError, UnicodeError):
        raise Unreadable(CalendarTrouble.UNREACHABLE) from None
    finally:
        watch.cancel()
        connection.close()
    if is_over.is_set():  # what was cut off may look like an end
        raise Unreadable(CalendarTrouble.UNREACHABLE)
    return answer


def _cut(connection: http.client.HTTPSConnection, is_over: threading.Event) -> None:
    """End an exchange that trickles on: each wait is short, all together are not."""
    is_over.set()
    if connection.sock:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _answer(response: http.client.HTTPResponse, etag: str) -> Fetched | str:
    if response.status in _MOVED and (elsewhere := response.headers.get("Location")):
        return elsewhere
    if response.status == http.HTTPStatus.NOT_MODIFIED and etag:
        return Fetched(None, etag)
    if response.status != http.HTTPStatus.OK:
        raise Unreadable(CalendarTrouble.REFUSED)
    content = response.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Unreadable(CalendarTrouble.TOO_LARGE)
    if response.length:  # cut off before its end
        raise Unreadable(CalendarTrouble.UNREACHABLE)
    return Fetched(content, (response.headers.get("ETag") or "")[:200])
