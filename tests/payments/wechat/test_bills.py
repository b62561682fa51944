"""The daily bill of the simulated WeChat."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from payments.gateways.accounting import BillKind
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.wechat import bills
from payments.gateways.wechat.gateway import WechatGateway
from tests.payments.wechat.attempts import a_paid, a_refund
from tests.payments.wechat.simulated import WechatSimulator


@pytest.fixture
def day(wechat_simulator: WechatSimulator) -> date:
    """Today, so far from midnight that a test does not run over it."""
    now = timezone.localtime()
    if (now + timedelta(minutes=2)).date() != now.date():
        wechat_simulator.advance(seconds=300)
        return now.date() + timedelta(days=1)
    return now.date()


def test_payments_and_refunds_of_a_day(wechat: WechatGateway, wechat_simulator: WechatSimulator, day: date) -> None:
    first = a_paid(wechat, wechat_simulator, subject="健康服务, `两`项")
    second = a_paid(wechat, wechat_simulator, amount_fen=99)
    wechat.refund(a_refund(first, 10000, "R1"))
    wechat_simulator.advance(days=2)
    lines = {(line.kind, line.out_trade_no): line for line in wechat.bill(day)}
    paid = lines[BillKind.PAYMENT, first.out_trade_no]
    assert (paid.amount_fen, paid.fee_fen) == (36000, 216)
    assert paid.provider_ref == wechat_simulator.trade(first.out_trade_no)["transaction_id"]
    assert paid.at.date() == day
    assert (lines[BillKind.PAYMENT, second.out_trade_no].fee_fen) == 1
    refund = lines[BillKind.REFUND, first.out_trade_no]
    assert (refund.amount_fen, refund.fee_fen, refund.out_refund_no) == (10000, -60, "R1")
    assert len(lines) == 3


def test_refund_that_failed_is_no_line(wechat: WechatGateway, wechat_simulator: WechatSimulator, day: date) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    wechat_simulator.command("refunds", outcome="ABNORMAL")
    wechat.refund(a_refund(attempt, 10000))
    wechat_simulator.advance(days=2)
    assert [line.kind for line in wechat.bill(day)] == [BillKind.PAYMENT]


def test_day_without_anything(wechat: WechatGateway, wechat_simulator: WechatSimulator, day: date) -> None:
    assert list(wechat.bill(day - timedelta(days=3))) == []


def test_day_that_is_not_over(wechat: WechatGateway, day: date) -> None:
    with pytest.raises(GatewayRefused) as refused:
        wechat.bill(day)
    assert refused.value.code == "NO_BILL_YET"


@pytest.mark.parametrize("call", ["bill", "bill_download"])
def test_bill_that_does_not_arrive_whole(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, day: date, call: str
) -> None:
    a_paid(wechat, wechat_simulator)
    wechat_simulator.advance(days=2)
    wechat_simulator.fault(call, "garbage")
    with pytest.raises(GatewayUnclear):
        wechat.bill(day)


HEAD = "交易时间,微信订单号,商户订单号,交易状态,退款状态,商户退款单号,手续费,订单金额,申请退款金额"
ROW = "`2026-11-22 10:00:00,`4200,`T1,`SUCCESS,`,`0,`{fee},`360.00,`0.00"
END = "总交易单数,应结订单总金额"


@pytest.mark.parametrize(
    "table",
    [
        "",
        HEAD,
        f"{HEAD}\n{ROW.format(fee='2.16000')}",
        f"{HEAD}\n{ROW.format(fee='2.16000')},`more\n{END}",
        f"{HEAD}\n{ROW.format(fee='a lot')}\n{END}",
        f"{HEAD}\n{ROW.format(fee='1e3')}\n{END}",
        f"{HEAD}\n{ROW.format(fee='2.16000').replace('-22', '-32')}\n{END}",
    ],
)
def test_tables_that_cannot_be(table: str) -> None:
    with pytest.raises(GatewayUnclear):
        bills._lines(table)


@pytest.mark.parametrize(
    ("text", "fen"), [("0.00000", 0), ("2.16000", 216), ("0.00499", 0), ("0.00500", 1), ("-0.60000", -60), ("0.99", 99)]
)
def test_fees_are_booked_in_whole_fen(text: str, fen: int) -> None:
    [line] = bills._lines(f"{HEAD}\n{ROW.format(fee=text)}\n{END}")
    assert line.fee_fen == fen
