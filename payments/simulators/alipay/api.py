"""The company's interface for merchants: query, close, refund and the rest, answers signed."""

import json
import time
from collections.abc import Callable
from typing import Any

from payments.simulators.alipay import more_api
from payments.simulators.alipay.house import House
from payments.simulators.alipay.incoming import (
    RequestError,
    check_request,
    fen_of_amount,
    offer_of,
    trade_number_of,
)
from payments.simulators.alipay.trades import Trade, TradeError
from payments.simulators.amounts import yuan
from payments.simulators.clock import as_text
from payments.simulators.faults import Fault

Answer = dict[str, str]
_DONE = {"code": "10000", "msg": "Success"}


def answer_call(house: House, params: dict[str, str], base_url: str) -> tuple[int, str]:
    """HTTP status and signed JSON for a server-to-server call, with commanded faults."""
    method = params.get("method", "")
    house.calls.append(method)
    fault = house.faults.take(method)
    kind = fault.kind if fault else ""
    if kind == "http_500":
        return 500, "<html>Internal Server Error</html>"
    if kind == "system_error":
        return 200, _signed(house, method, _system_error(), kind)
    answer = _answer(house, params, base_url)
    if kind == "lost_answer":
        return 504, "<html>Gateway Timeout</html>"
    if kind == "garbage":
        return 200, '{"what": ['
    _spoil(answer, kind)
    _wait(fault)
    return 200, _signed(house, method, answer, kind, certified="app_cert_sn" in params)


def _answer(house: House, params: dict[str, str], base_url: str) -> Answer:
    try:
        content = check_request(house, params)
        handle = _METHODS.get(params["method"])
        if handle is None:
            raise RequestError("isv.invalid-method", "不存在的方法名")
        return _DONE | handle(house, params, content, base_url)
    except RequestError as error:
        return {"code": "40002", "msg": "Invalid Arguments", "sub_code": error.sub_code, "sub_msg": error.message}
    except TradeError as error:
        if error.code.startswith("aop."):
            return _system_error()
        return {"code": "40004", "msg": "Business Failed", "sub_code": error.code, "sub_msg": error.message}


def _system_error() -> Answer:
    return {
        "code": "20000",
        "msg": "Service Currently Unavailable",
        "sub_code": "aop.ACQ.SYSTEM_ERROR",
        "sub_msg": "系统繁忙",
    }


def _spoil(answer: Answer, kind: str) -> None:
    if kind == "wrong_amount":
        answer["total_amount"] = "0.01"
    elif kind == "foreign_seller":
        answer["seller_id"] = "2088999999999999"


def _wait(fault: Fault | None) -> None:
    if fault and fault.seconds:
        time.sleep(fault.seconds)


def _signed(house: House, method: str, answer: Answer, kind: str, *, certified: bool = False) -> str:
    """The signature covers the inner text exactly as sent, escaped slashes included."""
    inner = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
    sign = house.keys.signature(inner + ("!" if kind == "wrong_signature" else ""))
    ours = f'"alipay_cert_sn":"{house.serials.alipay}",' if certified else ""
    return f'{{"{method.replace(".", "_")}_response":{inner},{ours}"sign":"{sign}"}}'


def _about(trade: Trade) -> Answer:
    return {"out_trade_no": trade.offer.out_trade_no, "trade_no": trade.trade_no, "buyer_logon_id": "159****0000"}


def _query(house: House, _params: dict[str, str], content: dict[str, Any], _base: str) -> Answer:
    trade = house.book.get(trade_number_of(content))
    answer = _about(trade) | {"trade_status": trade.status, "total_amount": yuan(trade.offer.total_fen)}
    if trade.paid_at:
        answer["send_pay_date"] = as_text(trade.paid_at)
    return answer


def _close(house: House, _params: dict[str, str], content: dict[str, Any], _base: str) -> Answer:
    trade = house.book.close(trade_number_of(content))
    return {"out_trade_no": trade.offer.out_trade_no, "trade_no": trade.trade_no}


def _precreate(house: House, params: dict[str, str], content: dict[str, Any], base: str) -> Answer:
    offer = offer_of(house, params, content)
    return {"out_trade_no": offer.out_trade_no, "qr_code": f"{base}/qr/{house.book.offer(offer)}"}


def _refund(house: House, _params: dict[str, str], content: dict[str, Any], _base: str) -> Answer:
    fen = fen_of_amount(content.get("refund_amount"))
    number = content.get("out_request_no") or "whole"
    trade, moved = house.refund(trade_number_of(content), str(number), fen)
    return _about(trade) | {
        "fund_change": "Y" if moved else "N",
        "refund_fee": yuan(trade.refunded_fen),
        "gmt_refund_pay": as_text(house.clock.now()),
    }


def _refund_query(house: House, _params: dict[str, str], content: dict[str, Any], _base: str) -> Answer:
    trade = house.book.get(trade_number_of(content))
    number = trade_number_of(content, "out_request_no")
    if number not in trade.refunds:
        return {}
    return {
        "out_trade_no": trade.offer.out_trade_no,
        "trade_no": trade.trade_no,
        "out_request_no": number,
        "total_amount": yuan(trade.offer.total_fen),
        "refund_amount": yuan(trade.refunds[number]),
        "refund_status": "REFUND_SUCCESS",
    }


_METHODS: dict[str, Callable[[House, dict[str, str], dict[str, Any], str], Answer]] = {
    "alipay.trade.query": _query,
    "alipay.trade.close": _close,
    "alipay.trade.precreate": _precreate,
    "alipay.trade.refund": _refund,
    "alipay.trade.fastpay.refund.query": _refund_query,
    "alipay.trade.pay": more_api.debit,
    "alipay.user.agreement.query": more_api.query_agreement,
    "alipay.user.agreement.unsign": more_api.end_agreement,
    "alipay.data.dataservice.bill.downloadurl.query": more_api.bill_address,
    "alipay.fund.trans.uni.transfer": more_api.transfer,
    "alipay.fund.trans.common.query": more_api.query_transfer,
}
