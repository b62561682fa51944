"""A walk through the site by a parent, one of our staff and a visitor, who write canaries wherever there is room to."""

import http.client
import re
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from catalog.order.models import OrderQuestion
from catalog.scheduling.enums import FeedKind
from catalog.scheduling.models import CalendarFeed
from marketplace.doors import DOORS
from tests import factories

from .canaries import Canary, hatch
from .planting import Field

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_USUAL = {"tel": "13900000000", "email": "someone@example.com", "number": "1", "date": "2030-01-02", "time": "10:00"}
#: Leaving would end the walk, and is no page.
_NOT_WALKED = re.compile(r"logout|sessions|simulator|set_language")


class Forms(HTMLParser):
    """The forms of a page that have room for words, each with what a person in a hurry would leave in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: dict[str, str] | None = None
        self.action, self.rooms, self._select = "", [], ""
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.open, self.action, self.rooms = {}, given.get("action", ""), []
        elif self.open is None:
            return
        elif tag == "textarea":
            self.rooms.append(given.get("name", ""))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and given.get("value"):
            self.open.setdefault(self._select, given["value"])
        elif tag == "input" and given.get("type") in ("radio", "checkbox"):
            self.open.setdefault(given.get("name", ""), given.get("value", "on"))
        elif tag == "input":
            self.open[given.get("name", "")] = given.get("value") or _USUAL.get(given.get("type", ""), "示例")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open is not None:
            if self.rooms:
                self.found.append((self.action, self.open, self.rooms))
            self.open = None


class Browser:
    """Pages asked for over HTTP, with cookies and the forms' tokens."""

    def __init__(self, url: str, session: str = "") -> None:
        self.address = urlsplit(url).netloc
        self.cookies = {settings.SESSION_COOKIE_NAME: session} if session else {}
        self.token = ""
        self.page = ""

    def get(self, path: str) -> int:
        """Ask for a page; its status."""
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> int:
        """Send a form, after a look at the page it stands on (the last one); its status."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> int:
        connection = http.client.HTTPConnection(self.address, timeout=120)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(
            method, path, body or None, (headers or {}) | {"Cookie": cookie, "Accept-Language": "zh-Hans"}
        )
        answer = connection.getresponse()
        self.page = page = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if token := _TOKEN.search(page):
            self.token = token.group(1)
        connection.close()
        return answer.status


def walk(url: str, ground: Field) -> int:
    """Open every page without parameters as each of the three, and what stands on the planted rows; ask, answer, search.

    Returns the number of pages that opened. What was written on the way joins the canaries.
    """
    parent = Browser(url, factories.signed_in(ground.parent).session.session_key)
    staff = Browser(url, factories.signed_in(ground.staff).session.session_key)
    opened = _ask_and_answer(parent, staff, ground)
    opened += _read_calendar(Browser(url), ground)
    for browser in (parent, staff, Browser(url)):
        for path in _paths():
            opened += browser.get(path) == 200
            _write_everywhere(browser, path, ground)
    sought = _hatched(ground, "a search")
    opened += Browser(url).get(f"/services/?q={quote(sought.text)}") == 200
    return opened


def _write_everywhere(browser: Browser, path: str, ground: Field) -> None:
    """Fill every form of the page that has room for words, whatever comes of it."""
    for action, fields, rooms in Forms(browser.page).found:
        words = {room: _hatched(ground, f"written at {path}").text for room in rooms}
        browser.post(urlsplit(action).path or path, **fields | words)


def _ask_and_answer(parent: Browser, staff: Browser, ground: Field) -> int:
    order = next(row for row in ground.rows if row._meta.label == "order.Order")
    page = reverse("orders:detail", args=[order.public_id])
    statuses = [parent.get(page)]
    parent.post(reverse("orders:ask", args=[order.public_id]), body=_hatched(ground, "a question asked").text)
    statuses.append(parent.get(page))
    question = OrderQuestion.objects.filter(order=order).latest("pk")
    answering = reverse("backoffice:question", args=[question.public_id])
    statuses.append(staff.get(answering))
    staff.post(answering, answer=_hatched(ground, "an answer given").text)
    question.refresh_from_db()
    assert question.body and question.answer, "the walk did not get through"
    statuses += [staff.get(reverse("backoffice:questions")), parent.get(page)]
    return statuses.count(200)


def _read_calendar(phone: Browser, ground: Field) -> int:
    """A phone reads a private calendar by the secret in its address, and goes on asking for one that was ended."""
    kept, ended = (_hatched(ground, f"the address of {which} private calendar") for which in ("a", "an ended"))
    digest = CalendarFeed.digest_of(kept.latin)
    CalendarFeed.objects.create(person=ground.parent, kind=FeedKind.FAMILY, digest=digest)
    statuses = [phone.get(reverse("bookings:feed", args=[secret.latin])) for secret in (kept, ended)]
    assert statuses == [200, 404], "the walk did not get through"
    return statuses.count(200)


def _hatched(ground: Field, place: str) -> Canary:
    canary = hatch(ground.dice, place)
    ground.canaries.append(canary)
    return canary


def _paths() -> list[str]:
    paths = []
    for name in DOORS:
        try:
            paths.append(reverse(name))
        except NoReverseMatch:
            continue
    return [path for path in paths if not _NOT_WALKED.search(path)]
