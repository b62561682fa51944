"""The simulator as a WSGI application of one process and several threads, below the step /stripe."""

import json
import logging
from collections.abc import Callable, Iterable
from functools import cache
from http import HTTPStatus
from typing import Any

from payments.simulators.stripe import pages
from payments.simulators.stripe.api import Answer, answer_call
from payments.simulators.stripe.control import command
from payments.simulators.stripe.errors import ApiError, CardRefused
from payments.simulators.stripe.house import House, house_from_environment
from payments.simulators.stripe.sessions import find_session, slow_money, time_is_over
from payments.simulators.stripe.subscriptions import period_is_over

logging.basicConfig(level=logging.WARNING)
_MAX_BODY = 1_000_000
_JSON, _HTML = "application/json; charset=utf-8", "text/html; charset=utf-8"


@cache
def _house() -> House:
    house = house_from_environment()
    house.when_due("checkout.session", time_is_over)
    house.when_due("payment_intent", slow_money)
    house.when_due("subscription", period_is_over)
    house.wake()
    return house


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve one request."""
    answer = _answer(_house(), environ)
    raw = answer.body.encode("utf-8")
    headers = {"Content-Type": _JSON, "Cache-Control": "no-store", **answer.headers, "Content-Length": str(len(raw))}
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(headers.items()))
    return [raw]


def _answer(house: House, environ: dict[str, Any]) -> Answer:
    path = environ["PATH_INFO"]
    body = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), _MAX_BODY))
    base = environ.get("SCRIPT_NAME", "")
    if path.startswith("/v1/"):
        return answer_call(house, environ, body, f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}{base}")
    if path.startswith("/__control/"):
        return _control(house, path.removeprefix("/__control/"), body)
    if path == "/card.css":
        return Answer(200, pages.CSS, {"Content-Type": "text/css; charset=utf-8"})
    return _payer(house, environ, base)


def _control(house: House, action: str, body: bytes) -> Answer:
    try:
        return Answer(200, json.dumps(command(house, action, body), ensure_ascii=False))
    except (KeyError, ValueError, TypeError, ApiError, CardRefused) as error:
        return Answer(400, json.dumps({"error": repr(error)}))


def _page(status: int, text: str) -> Answer:
    return Answer(status, text, {"Content-Type": _HTML})


def _payer(house: House, environ: dict[str, Any], base: str) -> Answer:
    parts = environ["PATH_INFO"].strip("/").split("/")
    house.wake()
    if parts[0] != "pay" or len(parts) not in (2, 3):
        return _page(404, pages.error_page(base, "没有这个页面"))
    try:
        with house.lock:
            session = find_session(house, parts[1])
            if len(parts) == 2 or environ["REQUEST_METHOD"] != "POST":
                return _page(200, pages.card_page(house, base, session))
            location, text = pages.choose(house, base, session, parts[2])
    except ApiError:
        return _page(404, pages.error_page(base, "没有这个页面"))
    house.wake()
    return Answer(302, "", {"Location": location}) if location else _page(200, text)
