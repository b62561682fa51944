"""A person's browser, as far as booking needs one: a session, a token, a request; and what the answer says."""

import html
import http.client
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.utils.translation import override

from marketplace.core.errors import Refusal

TOKEN = "s" * 32
PATIENCE_SECONDS = 120
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_REDIRECT = (301, 302, 303)

Fields = Mapping[str, str | int | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the page, or where to go next, and what is said there, as (level, sentence)."""

    status: int
    location: str
    text: str
    said: Sequence[tuple[str, str]]

    @property
    def is_success(self) -> bool:
        """Whether something good is said."""
        return any(level == "success" for level, _ in self.said)

    def leads_to(self, path: str) -> bool:
        """Whether it sends the browser there."""
        return self.status in _REDIRECT and self.location.startswith(path)

    @property
    def refusal(self) -> str:
        """Why not, by the name of the refusal whose sentence the person reads; empty when nothing says so."""
        if self.status in (404, 405):
            return "NotFound"
        words = [sentence for level, sentence in self.said if level != "success"] or [html.unescape(self.text)]
        for sentence, name in sentences().items():
            if any(sentence in each for each in words):
                return name
        if any(level != "success" for level, _ in self.said):
            return "SaidByThePage"
        return "FormErrors" if self.status == 422 else ""

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's forms."""
        inputs = [dict(_ATTRIBUTE.findall(tag)) for tag in _INPUT.findall(self.text)]
        return {
            each["name"]: html.unescape(each.get("value", ""))
            for each in inputs
            if each.get("type") == "hidden" and "name" in each
        }


@cache
def sentences() -> dict[str, str]:
    """What each refusal says, longest first, with its name."""
    with override(settings.LANGUAGE_CODE):
        found = {str(each.sentence): each.__name__ for each in _refusals(Refusal) if each.sentence}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        yield each
        yield from _refusals(each)


class Browser:
    """One signed-in person."""

    def __init__(self, url: str, session: str) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "", parts.port
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: TOKEN}
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": TOKEN,
            "Accept-Language": settings.LANGUAGE_CODE,
        }

    def get(self, path: str, **query: Any) -> Answer:
        """Open a page."""
        return self._ask("GET", _with(path, query), None)

    def post(self, path: str, fields: Fields, **query: Any) -> Answer:
        """Send a form."""
        return self._ask("POST", _with(path, query), urlencode(fields, doseq=True))

    def _ask(self, method: str, address: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_SECONDS)
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        said = [each for line in answer.headers.get_all("Set-Cookie", []) for each in _said(line)]
        return Answer(answer.status, answer.getheader("Location", ""), text, said)


def _with(path: str, query: Mapping[str, Any]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _said(cookie: str) -> list[tuple[str, str]]:
    """The messages for the next page, which Django keeps in a signed cookie."""
    name, _, rest = cookie.partition("=")
    if name != CookieStorage.cookie_name:
        return []
    found = CookieStorage(HttpRequest())._decode(rest.partition(";")[0].strip('"'))  # type: ignore[attr-defined]
    return [(each.level_tag, str(each.message)) for each in found or [] if hasattr(each, "level_tag")]
