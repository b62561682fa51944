"""The bill of a day: fetched, read and told in fen."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from payments.gateways.accounting import BillKind
from payments.gateways.alipay import bills
from payments.gateways.base import Gateway, GatewayRefused, GatewayUnclear
from tests.payments.simulated import Simulator
from tests.payments.test_alipay_gateway import a_paid, a_refund

DAY = 86400


def test_trades_and_refunds_of_a_day_with_what_alipay_keeps(alipay: Gateway, simulator: Simulator) -> None:
    today = timezone.localdate()
    kept, back = a_paid(alipay, simulator), a_paid(alipay, simulator)
    alipay.refund(a_refund(back, 10000, "R7"))
    with pytest.raises(GatewayRefused) as refused:
        alipay.bill(today)
    assert refused.value.code == "NO_BILL_YET"
    simulator.command("clock", advance=2 * DAY)
    lines = list(alipay.bill(today))
    told = [(line.kind, line.out_trade_no, line.amount_fen, line.fee_fen, line.out_refund_no) for line in lines]
    assert told == [
        (BillKind.PAYMENT, kept.out_trade_no, 36000, 216, ""),
        (BillKind.PAYMENT, back.out_trade_no, 36000, 216, ""),
        (BillKind.REFUND, back.out_trade_no, 10000, -60, "R7"),
    ]
    assert lines[0].provider_ref == simulator.trade(kept.out_trade_no)["trade_no"]
    assert abs(lines[0].at - timezone.now()) < timedelta(minutes=1)


def test_a_day_on_which_nothing_happened_is_empty(alipay: Gateway, simulator: Simulator) -> None:
    a_paid(alipay, simulator)
    assert list(alipay.bill(timezone.localdate() - timedelta(days=3))) == []


def test_a_late_bill_comes_later(alipay: Gateway, simulator: Simulator) -> None:
    yesterday = timezone.localdate() - timedelta(days=2)
    simulator.fault("bill", "late")
    with pytest.raises(GatewayRefused, match="NO_BILL_YET"):
        alipay.bill(yesterday)
    assert list(alipay.bill(yesterday)) == []


@pytest.mark.parametrize("kind", ["http_500", "system_error", "garbage", "wrong_signature", "lost_answer"])
def test_a_bill_not_heard_of_is_unclear(alipay: Gateway, simulator: Simulator, kind: str) -> None:
    simulator.fault("alipay.data.dataservice.bill.downloadurl.query", kind)
    with pytest.raises(GatewayUnclear):
        alipay.bill(timezone.localdate() - timedelta(days=2))


def _archive(text: str, *, name: str = "2088_20261122_业务明细.csv", codec: str = "gbk") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text.encode(codec))
    return out.getvalue()


HEAD = "支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,退款批次号/请求号,服务费（元）\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"no archive",
        _archive("", name="something.csv"),
        _archive(HEAD + "1\t,T1\t,转账,2026-11-22 10:00:00,1.00,\t,0.00\r\n"),
        _archive(HEAD + "1\t,T1\t,交易,2026-11-22 10:00:00,a lot,\t,0.00\r\n"),
        _archive("支付宝交易号,商户订单号\r\n1,2\r\n"),
        _archive(HEAD, codec="utf-8"),
    ],
)
def test_what_is_no_bill_is_never_read_as_one(
    alipay: Gateway, simulator: Simulator, monkeypatch: pytest.MonkeyPatch, raw: bytes
) -> None:
    monkeypatch.setattr(bills, "_download", lambda _: raw)
    with pytest.raises(GatewayUnclear):
        alipay.bill(timezone.localdate() - timedelta(days=2))


def test_a_name_in_gbk_without_a_mark_is_found(
    alipay: Gateway, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows tools write archives: the name's bytes are GBK and nothing says so."""
    raw = _archive(HEAD + "1\t,T1\t,交易,2026-11-22 10:00:00,1.00,\t,-0.01\r\n", name="业务明细.csv")
    utf8, gbk = "业务明细.csv".encode(), "业务明细.csv".encode("gbk")
    assert raw.count(utf8) == 2
    patched = _renamed(raw, utf8, gbk + b"    ")
    monkeypatch.setattr(bills, "_download", lambda _: patched)
    monkeypatch.setattr(bills, "_DETAILS", "业务明细.csv    ")
    (line,) = alipay.bill(timezone.localdate() - timedelta(days=2))
    assert (line.amount_fen, line.fee_fen) == (100, 1)


def _renamed(raw: bytes, old: bytes, new: bytes) -> bytes:
    """Another name of the same length, and the mark of UTF-8 taken away."""
    assert len(old) == len(new)
    changed = bytearray(raw.replace(old, new))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.index(signature) + offset
        changed[at + 1] &= ~0x08
    return bytes(changed)


def test_a_bill_elsewhere_than_on_the_web_is_not_fetched() -> None:
    with pytest.raises(ValueError, match="no web address"):
        bills._download("file:///etc/hostname")
    with pytest.raises(GatewayUnclear):
        bills._download("http://127.0.0.1:9/bill")
