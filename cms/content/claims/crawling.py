"""A walk over every page that is open to everybody, as a stranger who follows links."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

from .finding import claims_on, unclaimed_numbers

_LINK = re.compile(r'<a\s[^>]*?href="([^"#]+)"', re.IGNORECASE)
#: Not pages of ours to read: files, signing out, and the demo's own tools.
_LEFT_OUT = ("/media/", "/static/", "/accounts/logout", "/i18n/", "/dev/", "/django-admin/", "/styleguide")


@dataclass
class Walked:
    """What a walk saw: pages by address, claims shown, and sentences with numbers nobody accounts for, by address."""

    pages: list[str] = field(default_factory=list)
    claims: set[str] = field(default_factory=set)
    found: dict[str, list[str]] = field(default_factory=dict)


def walk_public_pages(start: Iterable[str] = ("/",), *, most: int = 1500, client: Client | None = None) -> Walked:
    """Read every page that can be reached from `start` by links of this house, each address once, at most so many."""
    client = client or Client(raise_request_exception=False)
    waiting, known, walked = deque(start), set(start), Walked()
    while waiting and len(walked.pages) < most:
        path = waiting.popleft()
        response = client.get(path, follow=False)
        if response.status_code in (301, 302):
            _queue(path, [response["Location"]], waiting, known)
            continue
        if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
            continue
        html = b"".join(response).decode() if response.streaming else response.content.decode()
        walked.pages.append(path)
        walked.claims |= claims_on(html)
        if found := unclaimed_numbers(html):
            walked.found[path] = found
        _queue(path, _LINK.findall(html), waiting, known)
    return walked


def _queue(path: str, links: Iterable[str], waiting: "deque[str]", known: set[str]) -> None:
    """Pages with and without their filters are the same texts: a query is followed from the plain address only."""
    for link in links:
        address = urldefrag(urljoin(path, link.replace("&amp;", "&")))[0]
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith(_LEFT_OUT):
            continue
        where = parts.path if urlsplit(path).query or "page=" not in parts.query else f"{parts.path}?{parts.query}"
        if where not in known:
            known.add(where)
            waiting.append(where)
