"""Reading and checking what a merchant sends, as strictly as the company does."""

import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from payments.simulators.wechat.house import House
from payments.simulators.wechat.keys import APP_ID, MCHID, MERCHANT_SERIAL
from payments.simulators.wechat.records import WechatError
from payments.simulators.wechat.seals import read_authorization
from payments.simulators.wechat.times import from_rfc3339

_WINDOW_SECONDS = 300
_NUMBER = re.compile(r"[0-9A-Za-z_\-|*@]{6,32}")
_REFUND_NUMBER = re.compile(r"[0-9A-Za-z_\-|*@]{1,64}")
_CONTRACT_CODE = re.compile(r"[0-9A-Za-z]{1,32}")


@dataclass(frozen=True)
class Request:
    """A call: its path below the company's own address, what is asked, and where it was sent."""

    method: str
    path: str
    query: str
    body: bytes
    authorization: str
    serial: str
    base_url: str

    def content(self) -> dict[str, Any]:
        """The JSON object of the body. Raises WechatError."""
        try:
            content = json.loads(self.body)
        except ValueError:
            content = None
        if not isinstance(content, dict):
            raise WechatError(400, "PARAM_ERROR", "请求体不是JSON对象")
        return content

    def asked(self, name: str) -> str:
        """One value of the query, empty when it is not there exactly once."""
        values = parse_qs(self.query).get(name, [])
        return values[0] if len(values) == 1 else ""


def check_signature(house: House, request: Request) -> None:
    """Whether the call is truly the merchant's, over the raw body. Raises WechatError."""
    parts = read_authorization(request.authorization)
    if parts.get("mchid") != MCHID or parts.get("serial_no") != MERCHANT_SERIAL:
        raise WechatError(401, "SIGN_ERROR", "商户号或证书序列号有误")
    stamp, nonce = parts.get("timestamp", ""), parts.get("nonce_str", "")
    # True time: business time may have been pushed forward, and the merchant's clock was not.
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > _WINDOW_SECONDS:
        raise WechatError(401, "SIGN_ERROR", "时间戳已过期")
    target = request.path + (f"?{request.query}" if request.query else "")
    text = f"{request.method}\n{target}\n{stamp}\n{nonce}\n{request.body.decode('utf-8', 'replace')}\n"
    if not house.seals.is_from_merchant(text, parts.get("signature", "")):
        raise WechatError(401, "SIGN_ERROR", "签名错误")


def check_merchant(content: dict[str, Any], *, with_app: bool = True) -> None:
    """Merchant and app are the ones that belong together. Raises WechatError."""
    if content.get("mchid", MCHID) != MCHID:
        raise WechatError(400, "MCH_NOT_EXISTS", "商户号不存在")
    if with_app and content.get("appid") != APP_ID:
        raise WechatError(400, "APPID_MCHID_NOT_MATCH", "appid和mchid不匹配")


def fen_of(content: dict[str, Any], name: str = "total") -> int:
    """An amount: a whole number of fen in CNY. Raises WechatError."""
    amount = content.get("amount")
    amount = amount if isinstance(amount, dict) else {}
    fen = amount.get(name)
    if not isinstance(fen, int) or isinstance(fen, bool) or fen <= 0:
        raise WechatError(400, "PARAM_ERROR", f"amount.{name} 应为正整数，单位为分")
    if amount.get("currency", "CNY") != "CNY":
        raise WechatError(400, "PARAM_ERROR", "货币类型只支持CNY")
    return fen


def number_of(value: object, *, kind: str = "out_trade_no") -> str:
    """A merchant's number. Raises WechatError."""
    shape = {"out_trade_no": _NUMBER, "out_refund_no": _REFUND_NUMBER}.get(kind, _CONTRACT_CODE)
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise WechatError(400, "PARAM_ERROR", f"{kind} 有误")
    return value


def text_of(content: dict[str, Any], name: str, longest: int) -> str:
    """A filled text. Raises WechatError."""
    text = content.get(name)
    if not isinstance(text, str) or not text or len(text.encode()) > longest:
        raise WechatError(400, "PARAM_ERROR", f"{name} 有误")
    return text


def address_of(content: dict[str, Any], name: str, *, required: bool = True) -> str:
    """An address to notify, without a query; plain http passes, because nobody notifies a demo over TLS."""
    url = content.get(name, "")
    if not url and not required:
        return ""
    parts = urlsplit(url if isinstance(url, str) else "")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or len(url) > 256:
        raise WechatError(400, "PARAM_ERROR", f"{name} 须为不带参数的链接")
    return str(url)


def end_of(content: dict[str, Any], now: float) -> float:
    """When the order ends; by default after two hours. Raises WechatError."""
    text = content.get("time_expire")
    if not text:
        return now + 7200
    try:
        return from_rfc3339(text)
    except (ValueError, TypeError):
        raise WechatError(400, "PARAM_ERROR", "time_expire 须为rfc3339格式") from None
