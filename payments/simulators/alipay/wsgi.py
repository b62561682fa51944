"""The simulator as a WSGI application of one process and several threads."""

import json
import logging
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from payments.simulators.alipay import agreement_page, cashier
from payments.simulators.alipay.api import answer_call
from payments.simulators.alipay.control import command
from payments.simulators.alipay.house import House, house_from_environment
from payments.simulators.alipay.incoming import (
    PAGES,
    SIGN_PAGE,
    RequestError,
    check_request,
    offer_of,
    read_params,
    rule_of,
    trade_number_of,
)
from payments.simulators.alipay.trades import TradeError

logging.basicConfig(level=logging.WARNING)
_MAX_BODY = 1_000_000
_REASONS = {200: "OK", 302: "Found", 400: "Bad Request", 404: "Not Found", 500: "Error", 504: "Gateway Timeout"}
Reply = tuple[int, str, str | bytes, str]
"""Status, content type, body, address to go to."""


@cache
def _house() -> House:
    return house_from_environment()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve one request."""
    status, kind, body, location = _reply(environ)
    raw = body if isinstance(body, bytes) else body.encode("utf-8")
    headers = [("Content-Type", kind), ("Content-Length", str(len(raw))), ("Cache-Control", "no-store")]
    if location:
        headers.append(("Location", location))
    start_response(f"{status} {_REASONS[status]}", headers)
    return [raw]


def _reply(environ: dict[str, Any]) -> Reply:
    house = _house()
    path = environ["PATH_INFO"]
    body = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), _MAX_BODY))
    if path == "/gateway.do":
        return _gateway(house, environ, body)
    if path.startswith("/__control/"):
        return _control(house, path.removeprefix("/__control/"), body)
    if path == "/cashier.css":
        return 200, "text/css; charset=utf-8", cashier.CSS, ""
    if path == "/healthz":
        return 200, "text/plain; charset=utf-8", "ok", ""
    if path.startswith("/bill/"):
        return _bill(house, path.removeprefix("/bill/"))
    return _person(house, path, environ["REQUEST_METHOD"])


def _person(house: House, path: str, method: str) -> Reply:
    parts = path.strip("/").split("/")
    try:
        if parts[0] == "agreement" and len(parts) > 1:
            return _signer(house, parts[1:], method)
        return _buyer(house, parts, method)
    except TradeError as error:
        return _html(200, cashier.error_page(error.code, error.message))


def _bill(house: House, token: str) -> Reply:
    raw = house.bills.files.get(token)
    if raw is None:
        return _html(404, cashier.error_page("404", "账单地址已失效"))
    return 200, "application/zip", raw, ""


def _html(status: int, text: str) -> Reply:
    return status, "text/html; charset=utf-8", text, ""


def _gateway(house: House, environ: dict[str, Any], body: bytes) -> Reply:
    base_url = f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}"
    try:
        params = read_params(environ.get("QUERY_STRING", ""), body)
        if params.get("method") == SIGN_PAGE:
            house.calls.append(SIGN_PAGE)
            content = check_request(house, params)
            number = trade_number_of(content, "external_agreement_no")
            urls = (params.get("notify_url", ""), params.get("return_url", ""))
            agreement = house.open_agreement(number, rule_of(content), *urls)
            return 302, "text/plain", "", f"{base_url}/agreement/{agreement.token}"
        if params.get("method") not in PAGES:
            status, text = answer_call(house, params, base_url)
            return status, "application/json; charset=utf-8", text, ""
        house.calls.append(params["method"])
        trade = house.open(offer_of(house, params, check_request(house, params)))
        return 302, "text/plain", "", f"{base_url}/cashier/{trade.token}"
    except RequestError as error:
        return _html(400, cashier.error_page(error.sub_code, error.message))
    except TradeError as error:
        return _html(200, cashier.error_page(error.code, error.message))


def _control(house: House, action: str, body: bytes) -> Reply:
    try:
        status, answer = 200, command(house, action, body)
    except (KeyError, ValueError, TypeError, TradeError) as error:
        status, answer = 400, {"error": repr(error)}
    return status, "application/json; charset=utf-8", json.dumps(answer, ensure_ascii=False), ""


def _buyer(house: House, parts: list[str], method: str) -> Reply:
    if parts[0] == "qr" and len(parts) == 2 and parts[1] in house.book.offers:
        trade = house.open(house.book.offers[parts[1]][1])
        return 302, "text/plain", "", f"/cashier/{trade.token}"
    found = house.book.by_token(parts[1]) if parts[0] == "cashier" and len(parts) > 1 else None
    if found is None:
        return _html(404, cashier.error_page("404", "没有这个页面"))
    if len(parts) == 2:
        return _html(200, cashier.cashier_page(house, found))
    if method != "POST":
        return 302, "text/plain", "", f"/cashier/{found.token}"
    location, text = cashier.choose(house, found, parts[2])
    return (302, "text/plain", "", location) if location else _html(200, text)


def _signer(house: House, parts: list[str], method: str) -> Reply:
    found = house.agreements.by_token(parts[0])
    if found is None:
        return _html(404, cashier.error_page("404", "没有这个页面"))
    if len(parts) == 2 and method == "POST":
        return 302, "text/plain", "", agreement_page.choose(house, found, parts[1])
    return _html(200, agreement_page.agreement_page(found))
