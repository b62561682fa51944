"""Which call a path means, and its signed answer with whatever fault was commanded."""

import re
import time

from payments.simulators.wechat import api, bills, papay
from payments.simulators.wechat.api import Answer, Handler
from payments.simulators.wechat.house import House
from payments.simulators.wechat.incoming import Request, check_signature
from payments.simulators.wechat.keys import PUBLIC_KEY_ID
from payments.simulators.wechat.records import WechatError
from payments.simulators.wechat.seals import Seal, compact

#: HTTP status, body, headers.
Signed = tuple[int, str, dict[str, str]]
_NO = r"(?P<number>[^/]+)"
_ROUTES: list[tuple[str, str, str, Handler]] = [
    ("native", "POST", r"/v3/pay/transactions/native", api.native),
    ("h5", "POST", r"/v3/pay/transactions/h5", api.h5),
    ("jsapi", "POST", r"/v3/pay/transactions/jsapi", api.jsapi),
    ("query", "GET", rf"/v3/pay/transactions/out-trade-no/{_NO}", api.query),
    ("close", "POST", rf"/v3/pay/transactions/out-trade-no/{_NO}/close", api.close),
    ("refund", "POST", r"/v3/refund/domestic/refunds", api.refund),
    ("refund_query", "GET", rf"/v3/refund/domestic/refunds/{_NO}", api.refund_query),
    ("certificates", "GET", r"/v3/certificates", api.certificates),
    ("bill", "GET", r"/v3/bill/tradebill", bills.trade_bill),
    ("presign", "POST", r"/v3/papay/sign/contracts/pre-entrust-sign", papay.presign),
    (
        "contract",
        "GET",
        rf"/v3/papay/sign/contracts/plan-id/(?P<plan>\d+)/out-contract-code/{_NO}",
        papay.contract_query,
    ),
    (
        "terminate",
        "POST",
        rf"/v3/papay/sign/contracts/plan-id/(?P<plan>\d+)/out-contract-code/{_NO}/terminate",
        papay.terminate,
    ),
    ("notice", "POST", rf"/v3/papay/contracts/{_NO}/notify", papay.notice),
    ("debit", "POST", r"/v3/papay/pay/transactions/apply", papay.debit),
]


def _route(request: Request) -> tuple[str, Handler, dict[str, str]]:
    for name, method, pattern, handler in _ROUTES:
        match = re.fullmatch(pattern, request.path)
        if match and method == request.method:
            return name, handler, match.groupdict()
    raise WechatError(404, "RESOURCE_NOT_EXISTS", "接口不存在")


def answer_call(house: House, request: Request) -> Signed:
    """Carry a call out and sign the answer, unless a fault says otherwise."""
    try:
        name, handler, found = _route(request)
    except WechatError as error:
        return _signed(house, request, error.status, _refusal(error), "")
    house.calls.append(name)
    fault = house.faults.take(name)
    kind = fault.kind if fault else ""
    if kind == "http_500":
        return 502, "<html>Bad Gateway</html>", {}
    status, body = _done(house, request, handler, found, kind)
    if kind == "lost_answer":
        return 504, "<html>Gateway Timeout</html>", {}
    if fault and kind == "slow":
        time.sleep(fault.seconds)
    if kind == "garbage":
        body = '{"what": ['
    if status == 401:
        return status, body, {}
    return _signed(house, request, status, body, kind)


def _done(house: House, request: Request, handler: Handler, found: dict[str, str], kind: str) -> tuple[int, str]:
    try:
        check_signature(house, request)
        if kind == "system_error":
            raise WechatError(500, "SYSTEM_ERROR", "系统错误")
        if kind == "frequency":
            raise WechatError(429, "FREQUENCY_LIMITED", "频率超限")
        answer = handler(house, request, found)
    except WechatError as error:
        return error.status, _refusal(error)
    return (204, "") if answer is None else (200, compact(_spoilt(answer, kind)))


def _refusal(error: WechatError) -> str:
    return compact({"code": error.code, "message": error.message})


def _spoilt(answer: dict[str, object], kind: str) -> Answer:
    if kind == "wrong_amount":
        return answer | {"amount": {"total": 1, "refund": 1, "payer_total": 1, "currency": "CNY"}}
    if kind == "foreign_mch":
        return answer | {"mchid": "1900999999"}
    if kind == "foreign_app":
        return answer | {"appid": "wx9999999999999999"}
    return answer


def _signed(house: House, request: Request, status: int, body: str, kind: str) -> Signed:
    return status, body, {} if kind == "unsigned" else house.seals.headers(body, _seal(house, request), kind=kind)


def _seal(house: House, request: Request) -> Seal:
    """A merchant that names the public key gets answers signed by it, any other by the newest certificate."""
    return house.seals.public_key if request.serial == PUBLIC_KEY_ID else house.seals.certificates[-1]
