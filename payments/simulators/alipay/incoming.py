"""Reading and checking what a merchant sends, as strictly as the company does."""

import json
import re
import time
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from payments.simulators.alipay.agreements import Rule
from payments.simulators.alipay.house import House
from payments.simulators.alipay.rsa2 import request_text
from payments.simulators.alipay.trades import Offer
from payments.simulators.clock import TIME_FORMAT, from_text

_WINDOW_SECONDS = 600
_NUMBER = re.compile(r"[0-9A-Za-z_]{1,64}")
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?")
_FORBIDDEN_IN_SUBJECT = set("/=&<>\"'")
#: Method -> the product code it demands.
PAGES = {
    "alipay.trade.page.pay": "FAST_INSTANT_TRADE_PAY",
    "alipay.trade.wap.pay": "QUICK_WAP_WAY",
}
SIGN_PAGE = "alipay.user.agreement.page.sign"
#: Money leaves the merchant by these: only with certificates.
_CERTIFIED = {"alipay.fund.trans.uni.transfer", "alipay.fund.trans.common.query"}
_LEAST_DAYS, _LAST_DAY = 7, 28


class RequestError(Exception):
    """A request refused before any business: Alipay's 40002 with a sub_code."""

    def __init__(self, sub_code: str, message: str) -> None:
        super().__init__(sub_code)
        self.sub_code, self.message = sub_code, message


def read_params(query: str, body: bytes) -> dict[str, str]:
    """Fields of the query and of the form together. Raises RequestError when one comes twice."""
    pairs = parse_qsl(query, keep_blank_values=True) + parse_qsl(body.decode("utf-8"), keep_blank_values=True)
    params = dict(pairs)
    if len(params) != len(pairs):
        raise RequestError("isv.invalid-parameter", "参数重复")
    return params


def check_request(house: House, params: dict[str, str]) -> dict[str, Any]:
    """The business content of a request that is truly the merchant's. Raises RequestError."""
    if params.get("app_id") != house.merchant.app_id:
        raise RequestError("isv.invalid-app-id", "无效的AppID参数")
    if params.get("sign_type") != "RSA2":
        raise RequestError("isv.invalid-signature-type", "无效签名类型")
    if not house.keys.is_from_merchant(request_text(params), params.get("sign", "")):
        raise RequestError("isv.invalid-signature", "无效签名")
    if params.get("charset", "").lower() != "utf-8" or params.get("version") != "1.0":
        raise RequestError("isv.invalid-parameter", "无效的编码或版本")
    _check_time(house, params.get("timestamp", ""))
    _check_certificates(house, params)
    try:
        content = json.loads(params.get("biz_content", ""))
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise RequestError("isv.missing-parameter", "缺少业务参数")
    return content


def _check_time(house: House, text: str) -> None:
    try:
        at = from_text(text)
    except ValueError:
        raise RequestError("isv.invalid-timestamp", f"时间格式应为 {TIME_FORMAT}") from None
    # A merchant whose clock is right stays welcome when this house's own was pushed forward.
    if min(abs(at - house.clock.now()), abs(at - time.time())) > _WINDOW_SECONDS:
        raise RequestError("isv.invalid-timestamp", "非法的时间戳参数")


def _check_certificates(house: House, params: dict[str, str]) -> None:
    sent = (params.get("app_cert_sn", ""), params.get("alipay_root_cert_sn", ""))
    if sent == ("", "") and params.get("method") not in _CERTIFIED:
        return
    if sent[0] != house.serials.app:
        raise RequestError("isv.invalid-app-cert-sn", "应用公钥证书序列号有误")
    if sent[1] != house.serials.root:
        raise RequestError("isv.invalid-alipay-root-cert-sn", "支付宝根证书序列号有误")


def rule_of(content: dict[str, Any]) -> Rule:
    """What a merchant asks to take every period. Raises RequestError."""
    if content.get("product_code") != "CYCLE_PAY_AUTH" or content.get("personal_product_code") != "CYCLE_PAY_AUTH_P":
        raise RequestError("isv.invalid-parameter", "产品码有误")
    if not content.get("sign_scene") or not (content.get("access_params") or {}).get("channel"):
        raise RequestError("isv.missing-parameter", "缺少签约场景或接入渠道")
    asked = content.get("period_rule_params") or {}
    try:
        rule = Rule(
            period_type=asked["period_type"],
            period=int(asked["period"]),
            starts_on=date.fromisoformat(asked["execute_time"]).isoformat(),
            single_fen=fen_of_amount(asked["single_amount"]),
        )
    except (KeyError, ValueError, TypeError):
        raise RequestError("isv.invalid-parameter", "周期规则有误") from None
    least = {"DAY": _LEAST_DAYS, "MONTH": 1}.get(rule.period_type)
    if least is None or rule.period < least:
        raise RequestError("isv.invalid-parameter", "周期太短或周期类型有误")
    if date.fromisoformat(rule.starts_on).day > _LAST_DAY:
        raise RequestError("isv.invalid-parameter", "首次扣款日不能晚于每月 28 日")
    return rule


def fen_of_amount(text: object) -> int:
    """An amount in yuan as fen. Raises RequestError."""
    if not isinstance(text, str) or not _AMOUNT.fullmatch(text):
        raise RequestError("isv.invalid-parameter", "金额格式有误")
    yuan, _, rest = text.partition(".")
    fen = int(yuan) * 100 + int(f"{rest:0<2}")
    if fen <= 0:
        raise RequestError("isv.invalid-parameter", "金额必须大于零")
    return fen


def trade_number_of(content: dict[str, Any], name: str = "out_trade_no") -> str:
    """A merchant's number. Raises RequestError."""
    number = content.get(name)
    if not isinstance(number, str) or not _NUMBER.fullmatch(number):
        raise RequestError("isv.missing-parameter", f"{name} 有误")
    return number


def offer_of(house: House, params: dict[str, str], content: dict[str, Any]) -> Offer:
    """What the merchant offers. Raises RequestError."""
    method = params["method"]
    if method in PAGES and content.get("product_code") != PAGES[method]:
        raise RequestError("isv.invalid-parameter", "product_code 与接口不符")
    subject = content.get("subject")
    if not isinstance(subject, str) or not 0 < len(subject) <= 256 or _FORBIDDEN_IN_SUBJECT & set(subject):
        raise RequestError("isv.invalid-parameter", "订单标题有误")
    return Offer(
        out_trade_no=trade_number_of(content),
        total_fen=fen_of_amount(content.get("total_amount")),
        subject=subject,
        product=method.split(".")[2] if method != "alipay.trade.pay" else "agreement",
        notify_url=params.get("notify_url", ""),
        return_url=params.get("return_url", ""),
        quit_url=str(content.get("quit_url", "")),
        expires_at=_end_of(house, content),
        royalty_freeze=(content.get("extend_params") or {}).get("royalty_freeze") == "true",
    )


def _end_of(house: House, content: dict[str, Any]) -> float:
    absolute, relative = content.get("time_expire"), content.get("timeout_express")
    try:
        if absolute:
            return from_text(absolute)
        if relative:
            unit = {"m": 60, "h": 3600, "d": 86400}[relative[-1]]
            return house.clock.now() + int(relative[:-1]) * unit
    except (ValueError, KeyError, TypeError):
        raise RequestError("isv.invalid-parameter", "超时时间有误") from None
    return 0.0
