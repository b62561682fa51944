"""WeChat's daily bill: a packed table in yuan, whose signed answer names its SHA-1."""

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from wechatpayv3 import WeChatPay

from payments.gateways.accounting import BillKind, BillLine
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.wechat.sdk import WechatClient, yes_of
from payments.gateways.wechat.wire import WECHAT_ZONE

_YUAN = re.compile(r"(-?)([0-9]{1,10})\.([0-9]{2})([0-9]*)")
_TIME = "%Y-%m-%d %H:%M:%S"
_TOTALS = "总交易单数"


def bill_of(client: WechatClient, day: date) -> Iterator[BillLine]:
    """All lines of a day. Raises GatewayRefused("NO_BILL_YET") before it is made, GatewayUnclear."""
    answer = client.answer_of(WeChatPay.trade_bill, bill_date=day.isoformat(), bill_type="ALL", tar_type="GZIP")
    if answer.code == "NO_STATEMENT_EXIST":
        return iter(())
    if answer.code == "STATEMENT_CREATING":
        raise GatewayRefused("NO_BILL_YET")
    return iter(_lines(_fetched(client, yes_of(answer))))


def _fetched(client: WechatClient, content: Mapping[str, Any]) -> str:
    try:
        plain = gzip.decompress(client.file_of(str(content["download_url"])))
        # The file itself is not signed; its digest, which is of the unpacked file, was.
        digest = hashlib.sha1(plain, usedforsecurity=False).hexdigest()
        if content["hash_type"] != "SHA1" or digest != str(content["hash_value"]).lower():
            raise GatewayUnclear("the bill is not what was signed")
        return plain.decode("utf-8-sig")
    except (KeyError, OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise GatewayUnclear("the bill cannot be read") from error


def _lines(table: str) -> list[BillLine]:
    rows = table.splitlines()
    names = rows[0].split(",") if rows else []
    lines: list[BillLine] = []
    for row in rows[1:]:
        if row.startswith(_TOTALS):
            return lines
        # Every cell begins with a backtick; a comma inside a cell is no border.
        cells = row.removeprefix("`").split(",`")
        if len(cells) != len(names):
            raise GatewayUnclear("a row of the bill has other columns than its head")
        lines += _line(dict(zip(names, (cell.strip() for cell in cells), strict=True)))
    raise GatewayUnclear("the bill has no end")


def _line(cells: Mapping[str, str]) -> list[BillLine]:
    try:
        is_refund = cells["交易状态"] == "REFUND"
        if is_refund and cells["退款状态"] in ("FAIL", "CHANGE"):
            return []
        return [
            BillLine(
                # A refund stands in the bill of the day on which it was asked for.
                kind=BillKind.REFUND if is_refund else BillKind.PAYMENT,
                out_trade_no=cells["商户订单号"],
                amount_fen=_fen(cells["申请退款金额" if is_refund else "订单金额"]),
                fee_fen=_fen(cells["手续费"]),
                provider_ref=cells["微信订单号"],
                out_refund_no=cells["商户退款单号"] if is_refund else "",
                at=datetime.strptime(cells["交易时间"], _TIME).replace(tzinfo=WECHAT_ZONE),
            )
        ]
    except (KeyError, ValueError) as error:
        raise GatewayUnclear("a row of the bill cannot be read") from error


def _fen(yuan: str) -> int:
    """-0.21600 -> -22: fees are written with five decimals and booked in whole fen. Raises ValueError."""
    match = _YUAN.fullmatch(yuan)
    if match is None:
        raise ValueError("not an amount in yuan")
    sign, whole, cents, rest = match.groups()
    fen = int(whole) * 100 + int(cents) + (1 if rest[:1] >= "5" else 0)
    return -fen if sign else fen
