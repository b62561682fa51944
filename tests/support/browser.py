"""Chromium through Playwright, and axe's accessibility rules."""

import importlib.util
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from marketplace.core.embedded.locations import CHECKOUT

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: What fades in is pale for a moment, which is no fault of its colours.
_STANDS_STILL = """Promise.race([
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
    new Promise((resolve) => setTimeout(resolve, 1000)),
]).then(() => null)"""
SCREENSHOTS = CHECKOUT / "screenshots"

#: Runs a browser test once as a phone and once as a desktop computer: where what one clicks differs.
each_width = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], indirect=True, ids=["phone", "desktop"])
#: Walks once, as a phone; `axe` and `look` also see every page as wide as a desktop computer shows it.
both_widths = pytest.mark.parametrize("viewport", [PHONE], indirect=True, ids=["phone and desktop"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the worker."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        yield chromium
        chromium.close()


def chromium_program() -> str:
    """Where Chromium is installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "the browser tests need Chromium: apt-get install chromium fonts-noto-cjk"
    return program


@pytest.fixture
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """The size of `page`: DESKTOP unless the test is marked with `both_widths` or parametrizes it."""
    return getattr(request, "param", DESKTOP)


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Any, viewport: dict[str, int]) -> Iterator[Any]:
    """A fresh browser page in Chinese. Script errors and requests to other machines fail the test at its end."""
    complaints: list[str] = []
    page = open_window(browser, viewport, complaints)
    yield page
    if getattr(request.node, "failed", False):
        picture(page, request.node.name)
    page.context.close()
    assert not complaints, "\n".join(complaints)


def open_window(browser: Any, viewport: dict[str, int], complaints: list[str]) -> Any:
    """A page of a browser nobody used yet; script errors and requests to other machines are noted as complaints."""
    as_phone = {"has_touch": True, "user_agent": PHONE_AGENT} if viewport == PHONE else {}
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=viewport, **as_phone)
    context.set_default_timeout(15_000)
    context.on("request", lambda sent: _note_stranger(sent.url, complaints))
    context.on("weberror", lambda raised: complaints.append(f"script error: {raised.error}"))
    context.on("console", lambda message: _note_console(message, complaints))
    return context.new_page()


def picture(page: Any, name: str) -> None:
    """Keep what a page looks like, for whoever looks into a failure."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name.replace('/', '-')}.png", full_page=True)


def _note_stranger(url: str, complaints: list[str]) -> None:
    if not re.match(r"(http://(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:)", url):
        complaints.append(f"request to another machine: {url}")


def _note_console(message: Any, complaints: list[str]) -> None:
    if message.type == "error" and "Content Security Policy" in message.text:
        complaints.append(message.text)


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], None]:
    """`axe(page)` fails on any serious or critical accessibility finding of the page as it stands.

    A phone's page is looked at in both widths.
    """
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec and spec.origin, "axe-playwright-python is not installed"
    script = Path(spec.origin).with_name("axe.min.js").read_text()

    def inspect(page: Any) -> None:
        page.evaluate(script)
        for width in in_its_widths(page):
            page.evaluate(_STANDS_STILL)
            findings = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            grave = [finding for finding in findings if finding["impact"] in ("serious", "critical")]
            assert not grave, f"{width} px:\n" + "\n".join(_described(finding) for finding in grave)

    return inspect


def in_its_widths(page: Any) -> Iterator[int]:
    """Give a phone's page the width of a desktop computer and its own again; give each in turn. Others have one."""
    own = page.viewport_size
    if own == PHONE:
        page.set_viewport_size(DESKTOP)
        yield DESKTOP["width"]
        page.set_viewport_size(own)
    yield own["width"]


@pytest.fixture
def look(axe: Callable[[Any], None]) -> Callable[[Any], None]:
    """`look(page)`: nothing for axe to find, and nothing wider than the screen; a phone's page in both widths."""

    def looked(page: Any) -> None:
        axe(page)
        for width in in_its_widths(page):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width} px"

    return looked


def enter_as(page: Any, site: str, user: Any) -> None:
    """Give the page's browser a session of that person, as if they had signed in and taken the second step."""
    # Here and not above: conftest imports this module before settings may be loaded.
    from django.conf import settings

    from tests.factories.people import signed_in

    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


def _described(finding: dict[str, Any]) -> str:
    places = "\n    ".join(node["html"][:200] for node in finding["nodes"][:5])
    return f"{finding['impact']}: {finding['help']} ({finding['id']})\n    {places}"
