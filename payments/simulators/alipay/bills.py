"""The company's bill of a day: trades and refunds with its fee, as CSV in GBK inside a ZIP."""

import io
import secrets
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from payments.simulators.alipay.trades import Trade, TradeError
from payments.simulators.amounts import yuan
from payments.simulators.clock import BEIJING, Clock, as_text
from payments.simulators.faults import Fault

#: Of every hundred yuan the company keeps 60 fen, and gives them back with what is refunded.
_FEE_BPS = 60
#: Bills are made in the morning after.
_READY_AT = time(9)
_COLUMNS = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
    "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
Row = tuple[float, Trade, int, str]
"""When, which trade, fen (negative: given back), the refund's number."""


def fee_fen(fen: int) -> int:
    """What the company keeps of an amount, half a fen up; the same of what is given back, with the sign turned."""
    whole = (abs(fen) * _FEE_BPS + 5_000) // 10_000
    return whole if fen > 0 else -whole


class Bills:
    """Makes bills and hands them out under addresses of their own."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.files: dict[str, bytes] = {}

    def ready(self, day: date) -> bool:
        """Whether the bill of a day has been made."""
        made_at = datetime.combine(day + timedelta(days=1), _READY_AT, BEIJING)
        return self._clock.now() >= made_at.timestamp()

    def make(self, day: date, trades: list[Trade], seller_id: str, fault: Fault | None) -> str:
        """Make the bill of a day; returns the token of its address. Raises TradeError while there is none."""
        if not self.ready(day) or fault and fault.kind == "late":
            raise TradeError("isp.bill_not_exist", "账单不存在")
        rows = sorted((row for trade in trades for row in _rows(trade, day)), key=lambda row: row[0])
        if fault and fault.kind == "lacks_line":
            rows = rows[1:]
        elif fault and fault.kind == "wrong_line" and rows:
            at, trade, fen, number = rows[0]
            rows[0] = (at, trade, fen + 1, number)
        token = secrets.token_urlsafe(16)
        self.files[token] = _archive(day, rows, seller_id)
        return token


def _rows(trade: Trade, day: date) -> Iterator[Row]:
    if trade.paid_at and _day_of(trade.paid_at) == day:
        yield trade.paid_at, trade, trade.offer.total_fen, ""
    for number, fen in trade.refunds.items():
        at = trade.refunded_at.get(number, trade.closed_at)
        if _day_of(at) == day:
            yield at, trade, -fen, number


def _day_of(at: float) -> date:
    return datetime.fromtimestamp(at, BEIJING).date()


def _cells(row: Row) -> str:
    at, trade, fen, number = row
    cells = [
        f"{trade.trade_no}\t",
        f"{trade.offer.out_trade_no}\t",
        "退款" if number else "交易",
        trade.offer.subject,
        as_text(trade.created_at),
        as_text(at),
        *["\t"] * 4,
        "159****0000",
        yuan(fen),
        yuan(fen),
        *["0.00"] * 5,
        "",
        *["0.00"] * 2,
        f"{number}\t",
        yuan(-fee_fen(fen)),
        "0.00",
        "",
    ]
    return ",".join(cells)


def _archive(day: date, rows: list[Row], seller_id: str) -> bytes:
    head = ["#支付宝业务明细查询", f"#账号：[{seller_id}0156]", f"#起始日期：[{day} 00:00:00]", "#业务明细列表"]
    tail = ["#业务明细列表结束", f"#交易合计：{len(rows)}笔", "#导出时间：[模拟]"]
    details = "\r\n".join([*head, _COLUMNS, *(_cells(row) for row in rows), *tail]) + "\r\n"
    summary = "#支付宝业务汇总查询\r\n门店编号,门店名称,交易订单总笔数\r\n"
    stem = f"{seller_id}0156_{day:%Y%m%d}"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{stem}_业务明细.csv", details.encode("gbk"))
        archive.writestr(f"{stem}_业务明细(汇总).csv", summary.encode("gbk"))
    return out.getvalue()
