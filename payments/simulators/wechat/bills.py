"""The daily bill: a table in yuan, packed, to be fetched the next morning."""

import gzip
import hashlib
import secrets
from datetime import date, datetime

from payments.simulators.amounts import yuan
from payments.simulators.clock import BEIJING
from payments.simulators.wechat.api import Answer
from payments.simulators.wechat.house import House
from payments.simulators.wechat.incoming import Request
from payments.simulators.wechat.keys import APP_ID, MCHID
from payments.simulators.wechat.records import PROCESSING, SUCCESS, Order, Refund, WechatError
from payments.simulators.wechat.times import day_of

_FEE_BASIS_POINTS = 60
_READY_HOUR = 10
_HEADER = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,"
    "代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
_TOTALS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
_files: dict[str, bytes] = {}


def trade_bill(house: House, request: Request, _found: dict[str, str]) -> Answer:
    """Where a day's bill can be fetched, with its SHA-1."""
    try:
        day = date.fromisoformat(request.asked("bill_date"))
    except ValueError:
        raise WechatError(400, "PARAM_ERROR", "bill_date 有误") from None
    now = datetime.fromtimestamp(house.clock.now(), BEIJING)
    days_ago = (now.date() - day).days
    if days_ago < 1 or (days_ago == 1 and now.hour < _READY_HOUR):
        raise WechatError(400, "STATEMENT_CREATING", "账单正在生成中，请稍后再试")
    lines = _lines(house, day.isoformat())
    if not lines:
        raise WechatError(400, "NO_STATEMENT_EXIST", "账单文件不存在")
    plain = _table(lines).encode()
    is_packed = request.asked("tar_type") == "GZIP"
    token = secrets.token_urlsafe(16)
    _files[token] = gzip.compress(plain) if is_packed else plain
    return {
        "hash_type": "SHA1",
        "hash_value": hashlib.sha1(plain).hexdigest(),  # noqa: S324 - WeChat's own choice
        "download_url": f"{request.base_url}/v3/billdownload/file?token={token}",
    }


def bill_file(token: str) -> bytes | None:
    """A bill by the token of its address."""
    return _files.get(token)


def _table(lines: list[list[str]]) -> str:
    rows = [",".join(f"`{cell}" for cell in line) for line in lines]
    fees = sum(round(float(line[22]) * 100) for line in lines)
    totals = [str(len(lines)), "0.00", "0.00", "0.00", f"{fees / 100:.5f}", "0.00", "0.00"]
    return "\r\n".join(["\ufeff" + _HEADER, *rows, _TOTALS, ",".join(f"`{cell}" for cell in totals)]) + "\r\n"


def _lines(house: House, day: str) -> list[list[str]]:
    lines = []
    for number in list(house.orders.orders):
        order = house.orders.get(number)
        if order.paid_at and day_of(order.paid_at) == day:
            lines.append(_payment(order))
        lines += [_refund(order, r) for r in order.refunds.values() if day_of(r.created_at) == day]
    return lines


def fee_fen(fen: int) -> int:
    """What the company keeps, rounded to the nearest fen."""
    return (fen * _FEE_BASIS_POINTS + 5000) // 10000


def _fee_text(fen: int) -> str:
    """Fees are written with five decimals."""
    return f"{yuan(fen)}000"


def _line(order: Order, at: float, cells: dict[int, str]) -> list[str]:
    stamp = datetime.fromtimestamp(at, BEIJING).strftime("%Y-%m-%d %H:%M:%S")
    line = [stamp, APP_ID, MCHID, "0", "", order.transaction_id, order.out_trade_no, order.openid]
    line += [{"MWEB": "H5"}.get(order.trade_type, order.trade_type), "SUCCESS", "OTHERS", "CNY", "0.00", "0.00"]
    line += ["0", "0", "0.00", "0.00", "", "", order.description, "", "0.00000", "0.60%", "0.00", "0.00", ""]
    for place, cell in cells.items():
        line[place] = cell
    return line


def _payment(order: Order) -> list[str]:
    sum_text = yuan(order.total_fen)
    return _line(order, order.paid_at, {12: sum_text, 22: _fee_text(fee_fen(order.total_fen)), 24: sum_text})


def _refund(order: Order, refund: Refund) -> list[str]:
    words = {SUCCESS: "SUCCESS", PROCESSING: "PROCESSING"}.get(refund.status, "FAIL")
    fee = 0 if words == "FAIL" else -fee_fen(refund.fen)
    cells = {9: "REFUND", 14: refund.refund_id, 15: refund.out_refund_no, 16: yuan(refund.fen), 18: "ORIGINAL"}
    cells |= {19: words, 22: _fee_text(fee), 25: yuan(refund.fen)}
    return _line(order, refund.created_at, cells)
