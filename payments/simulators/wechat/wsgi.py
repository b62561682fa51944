"""The simulator as a WSGI application of one process and several threads."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

from payments.simulators.wechat import agreeing, cashier, look
from payments.simulators.wechat.bills import bill_file
from payments.simulators.wechat.control import command
from payments.simulators.wechat.house import House, house_from_environment
from payments.simulators.wechat.incoming import Request, check_signature
from payments.simulators.wechat.keys import APP_ID
from payments.simulators.wechat.people import OauthError
from payments.simulators.wechat.records import WechatError
from payments.simulators.wechat.routes import answer_call

_MAX_BODY = 1_000_000
_REASONS = {
    200: "OK",
    204: "No Content",
    302: "Found",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}
_HTML = "text/html; charset=utf-8"
#: Status, content type, body, further headers.
Reply = tuple[int, str, bytes, dict[str, str]]


@cache
def _house() -> House:
    return house_from_environment()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve one request."""
    status, kind, raw, more = _reply(environ)
    headers = [("Content-Type", kind), ("Cache-Control", "no-store"), *more.items()]
    if status != 204:
        headers.append(("Content-Length", str(len(raw))))
    start_response(f"{status} {_REASONS[status]}", headers)
    return [] if status == 204 else [raw]


def _reply(environ: dict[str, Any]) -> Reply:
    house = _house()
    request = _request(environ)
    first = request.path.strip("/").split("/")[0]
    if first == "v3":
        return _merchant(house, request)
    if first == "__control":
        return _control(house, request)
    if first in ("connect", "sns"):
        return _open_platform(house, request)
    if request.path == "/cashier.css":
        return 200, "text/css; charset=utf-8", look.CSS.encode(), {}
    return _payer(house, request, environ.get("HTTP_REFERER", ""))


def _request(environ: dict[str, Any]) -> Request:
    base_url = f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}{environ.get('SCRIPT_NAME', '')}"
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"],
        query=environ.get("QUERY_STRING", ""),
        body=environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), _MAX_BODY)),
        authorization=environ.get("HTTP_AUTHORIZATION", ""),
        serial=environ.get("HTTP_WECHATPAY_SERIAL", ""),
        base_url=base_url,
    )


def _merchant(house: House, request: Request) -> Reply:
    if request.path == "/v3/billdownload/file":
        return _bill(house, request)
    status, body, headers = answer_call(house, request)
    kind = _HTML if body.startswith("<") else "application/json; charset=utf-8"
    return status, kind, body.encode(), headers


def _bill(house: House, request: Request) -> Reply:
    house.calls.append("bill_download")
    fault = house.faults.take("bill_download")
    try:
        check_signature(house, request)
    except WechatError as error:
        return error.status, "application/json", json.dumps({"code": error.code}).encode(), {}
    content = bill_file(request.asked("token"))
    if content is None:
        return 404, "application/json", b'{"code":"RESOURCE_NOT_EXISTS","message":""}', {}
    # The file itself is not signed: its SHA-1 was, in the answer before.
    return 200, "text/plain", content[:-20] if fault else content, {}


def _control(house: House, request: Request) -> Reply:
    try:
        status, answer = 200, command(house, request.path.removeprefix("/__control/"), request.body)
    except (KeyError, ValueError, TypeError, WechatError) as error:
        status, answer = 400, {"error": repr(error)}
    return status, "application/json; charset=utf-8", json.dumps(answer, ensure_ascii=False).encode(), {}


def _open_platform(house: House, request: Request) -> Reply:
    if request.path == "/connect/oauth2/authorize":
        target = request.asked("redirect_uri")
        is_whole = request.asked("response_type") == "code" and request.asked("scope") == "snsapi_base"
        if request.asked("appid") != APP_ID or not target.startswith("http") or not is_whole:
            return 400, _HTML, look.told(request.base_url, "redirect_uri 参数错误", "请检查链接。").encode(), {}
        joiner = "&" if "?" in target else "?"
        fields = urlencode({"code": house.people.code(), "state": request.asked("state")})
        return 302, "text/plain", b"", {"Location": f"{target}{joiner}{fields}"}
    return 200, "text/plain", json.dumps(_access_token(house, request)).encode(), {}


def _access_token(house: House, request: Request) -> dict[str, Any]:
    house.calls.append("access_token")
    fault = house.faults.take("access_token")
    try:
        if fault:
            raise OauthError(-1, "system error")
        if request.path != "/sns/oauth2/access_token" or request.asked("grant_type") != "authorization_code":
            raise OauthError(40002, "invalid grant_type")
        if (request.asked("appid"), request.asked("secret")) != (APP_ID, house.seals.app_secret):
            raise OauthError(40125, "invalid appsecret")
        openid = house.people.openid_of_code(request.asked("code"))
    except OauthError as error:
        return {"errcode": error.errcode, "errmsg": error.errmsg}
    return {"access_token": "unused", "expires_in": 7200, "openid": openid, "scope": "snsapi_base"}


def _payer(house: House, request: Request, referer: str) -> Reply:
    parts = request.path.strip("/").split("/")
    back = (parse_qs(request.query).get("back") or parse_qs(request.query).get("redirect_url") or [""])[0]
    try:
        location, text = _page(house, request, parts, back, referer)
    except WechatError as error:
        location, text = "", look.told(request.base_url, "无法付款", f"{error.message}（{error.code}）", back)
    if location:
        return 302, "text/plain", b"", {"Location": location}
    return (200 if text else 404), _HTML, (text or look.told(request.base_url, "404", "没有这个页面")).encode(), {}


def _page(house: House, request: Request, parts: list[str], back: str, referer: str) -> tuple[str, str]:
    """(address to go to, page to show); both empty when there is no such page."""
    base = request.base_url
    if parts == ["jsapi"]:
        arguments = {name: value for name, value in parse_qsl(request.query) if name != "back"}
        return "", cashier.order_page(house, base, cashier.order_of_bridge(house, arguments), back)
    name, token = parts[0], parts[1] if len(parts) > 1 else ""
    if name == "contract" and (contract := house.contracts.by("token", token)):
        if request.method == "POST" and len(parts) == 3:
            return agreeing.decide(house, base, contract, parts[2])
        return "", agreeing.contract_page(base, contract)
    order = house.orders.by("token", token)
    if order is None:
        return "", ""
    if name == "pay" and request.method == "POST" and len(parts) == 3:
        return cashier.choose(house, base, order, parts[2], back)
    if name == "h5":
        _check_h5(house, request, referer)
    return "", cashier.order_page(house, base, order, back) if name in ("scan", "h5", "pay") else ""


def _check_h5(house: House, request: Request, referer: str) -> None:
    """The page opens only from the merchant's own site, which the browser has to name, and for five minutes."""
    if not referer:
        raise WechatError(400, "PARAM_ERROR", "商家参数格式有误，请联系商家解决：没有来源页")
    until = request.asked("until").split("&")[0]
    if not until.isdigit() or house.clock.now() > int(until):
        raise WechatError(400, "PARAM_ERROR", "支付请求已失效，请重新发起支付")
