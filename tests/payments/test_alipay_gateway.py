"""Our gateway against the simulated Alipay, over HTTP, through the real SDK."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from payments.enums import Method
from payments.gateways.base import (
    AttemptView,
    Gateway,
    GatewayRefused,
    GatewayUnclear,
    Qr,
    Redirect,
    RefundStatus,
    RefundView,
    TradeRef,
    TradeStatus,
    Truth,
)
from tests.payments.simulated import Simulator, visit

_numbers = count(1)


def an_attempt(method: Method = Method.PAGE, **changes: object) -> AttemptView:
    """An attempt of ¥360 payable for half an hour."""
    attempt = AttemptView(
        out_trade_no=f"T{next(_numbers):08d}",
        amount_fen=36000,
        subject="健康服务 1 项",
        method=method,
        payable_until=timezone.now() + timedelta(minutes=30),
        return_url="http://127.0.0.1:9/pay/return/",
        notify_url="",
    )
    return replace(attempt, **changes)


def a_paid(alipay: Gateway, simulator: Simulator) -> AttemptView:
    """An attempt whose money has arrived."""
    attempt = an_attempt()
    simulator.buy(alipay.create(attempt).url)
    return attempt


def a_refund(attempt: AttemptView, fen: int, number: str = "R1") -> RefundView:
    """A refund of an attempt."""
    return RefundView(attempt.out_trade_no, number, fen, attempt.amount_fen, "退款")


@pytest.mark.parametrize("method", [Method.PAGE, Method.WAP])
def test_page_is_paid(alipay: Gateway, simulator: Simulator, method: Method) -> None:
    attempt = an_attempt(method)
    action = alipay.create(attempt)
    assert isinstance(action, Redirect)
    assert alipay.query(TradeRef(attempt.out_trade_no)) == Truth(TradeStatus.NOT_FOUND)
    cashier = simulator.open_cashier(action.url)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.WAITING
    status, _, location = simulator.choose(cashier, "pay")
    assert status == 302
    assert location.startswith(attempt.return_url)
    truth = alipay.query(TradeRef(attempt.out_trade_no))
    assert (truth.status, truth.amount_fen, truth.foreign) == (TradeStatus.PAID, 36000, "")
    assert truth.provider_ref == simulator.trade(attempt.out_trade_no)["trade_no"]
    assert abs(truth.paid_at - timezone.now()) < timedelta(seconds=10)


def test_code_is_scanned_and_paid(alipay: Gateway, simulator: Simulator) -> None:
    attempt = an_attempt(Method.QR)
    action = alipay.create(attempt)
    assert isinstance(action, Qr)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.NOT_FOUND
    simulator.buy(action.text)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.PAID


def test_same_attempt_opens_the_same_trade(alipay: Gateway, simulator: Simulator) -> None:
    attempt = an_attempt()
    first = simulator.open_cashier(alipay.create(attempt).url)
    assert simulator.open_cashier(alipay.create(attempt).url) == first


def test_close_before_and_after_opening(alipay: Gateway, simulator: Simulator) -> None:
    attempt = an_attempt()
    url = alipay.create(attempt).url
    assert alipay.close(TradeRef(attempt.out_trade_no)).status == TradeStatus.NOT_FOUND
    cashier = simulator.open_cashier(url)
    assert alipay.close(TradeRef(attempt.out_trade_no)).status == TradeStatus.CLOSED
    assert alipay.close(TradeRef(attempt.out_trade_no)).status == TradeStatus.CLOSED
    assert "TRADE_HAS_CLOSE" in simulator.choose(cashier, "pay")[1]


def test_close_comes_too_late(alipay: Gateway, simulator: Simulator) -> None:
    attempt = a_paid(alipay, simulator)
    truth = alipay.close(TradeRef(attempt.out_trade_no))
    assert (truth.status, truth.amount_fen) == (TradeStatus.PAID, 36000)


def test_trade_ends_at_its_time(alipay: Gateway, simulator: Simulator) -> None:
    attempt = an_attempt()
    url = alipay.create(attempt).url
    cashier = simulator.open_cashier(url)
    # The window for timestamps is ten minutes, so the trade's half hour is nearly used up here.
    late = an_attempt(payable_until=timezone.now() + timedelta(minutes=5))
    late_url = alipay.create(late).url
    simulator.command("clock", advance=400)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.WAITING
    assert "TRADE_HAS_CLOSE" in visit(late_url)[1]
    simulator.command("clock", advance=2000)
    assert "已经关闭" in visit(cashier)[1]


@pytest.mark.parametrize("act", ["fail", "leave"])
def test_not_paid_stays_payable(alipay: Gateway, simulator: Simulator, act: str) -> None:
    attempt = an_attempt()
    url = alipay.create(attempt).url
    location = simulator.buy(url, act)
    assert location == ("" if act == "fail" else attempt.return_url)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.WAITING
    simulator.buy(url)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.PAID


def test_late_payment_cannot_be_closed_meanwhile(alipay: Gateway, simulator: Simulator) -> None:
    attempt = an_attempt(payable_until=timezone.now() + timedelta(minutes=2))
    simulator.buy(alipay.create(attempt).url, "late")
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.WAITING
    with pytest.raises(GatewayUnclear):
        alipay.close(TradeRef(attempt.out_trade_no))
    simulator.command("clock", advance=121)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.WAITING
    simulator.command("clock", advance=20)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.PAID


def test_refund_in_parts(alipay: Gateway, simulator: Simulator) -> None:
    attempt = a_paid(alipay, simulator)
    first = a_refund(attempt, 10000, "R1")
    assert alipay.refund(first).status == RefundStatus.SUCCEEDED
    again = alipay.refund(first)
    assert (again.status, again.amount_fen) == (RefundStatus.SUCCEEDED, 10000)
    assert simulator.trade(attempt.out_trade_no)["refunded_fen"] == 10000
    with pytest.raises(GatewayRefused) as refused:
        alipay.refund(a_refund(attempt, 26001, "R2"))
    assert refused.value.code == "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
    rest = a_refund(attempt, 26000, "R3")
    assert alipay.query_refund(rest).status == RefundStatus.NOT_FOUND
    assert alipay.refund(rest).status == RefundStatus.SUCCEEDED
    assert alipay.query_refund(rest).amount_fen == 26000
    # Refunded in full is closed at Alipay, and still a payment that took place.
    assert simulator.trade(attempt.out_trade_no)["status"] == "TRADE_CLOSED"
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.PAID


def test_refund_needs_a_payment(alipay: Gateway, simulator: Simulator) -> None:
    attempt = an_attempt()
    with pytest.raises(GatewayRefused):
        alipay.refund(a_refund(attempt, 1))
    simulator.open_cashier(alipay.create(attempt).url)
    with pytest.raises(GatewayRefused):
        alipay.refund(a_refund(attempt, 1))
    assert alipay.query_refund(a_refund(attempt, 1)).status == RefundStatus.NOT_FOUND


def test_finished_trade_is_paid_but_not_refundable(alipay: Gateway, simulator: Simulator) -> None:
    attempt = a_paid(alipay, simulator)
    simulator.command("finish", out_trade_no=attempt.out_trade_no)
    assert alipay.query(TradeRef(attempt.out_trade_no)).status == TradeStatus.PAID
    with pytest.raises(GatewayRefused):
        alipay.refund(a_refund(attempt, 1))


@pytest.mark.parametrize("kind", ["http_500", "system_error", "garbage", "wrong_signature", "lost_answer"])
def test_whatever_goes_wrong_on_the_way_is_unclear(alipay: Gateway, simulator: Simulator, kind: str) -> None:
    attempt = a_paid(alipay, simulator)
    for method, ask in (
        ("alipay.trade.query", lambda: alipay.query(TradeRef(attempt.out_trade_no))),
        ("alipay.trade.refund", lambda: alipay.refund(a_refund(attempt, 100))),
    ):
        simulator.fault(method, kind)
        with pytest.raises(GatewayUnclear):
            ask()
    happened = kind in ("wrong_signature", "lost_answer", "garbage")
    assert simulator.trade(attempt.out_trade_no)["refunded_fen"] == (100 if happened else 0)


def test_nobody_listening_is_unclear(alipay: Gateway, settings) -> None:
    config = settings.PAYMENT_GATEWAYS["alipay"] | {"gateway_url": "http://127.0.0.1:9/gateway.do"}
    from payments.gateways.alipay.gateway import build_gateway

    with pytest.raises(GatewayUnclear):
        build_gateway(config).query(TradeRef("T1"))


def test_money_of_another_seller_is_named(alipay: Gateway, simulator: Simulator) -> None:
    attempt = a_paid(alipay, simulator)
    simulator.fault("alipay.trade.query", "foreign_seller")
    assert alipay.query(TradeRef(attempt.out_trade_no)).foreign == "seller_id"


@pytest.fixture
def process_in_utc() -> Iterator[None]:
    """The process's clock set to UTC, as on most servers."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    assert datetime.now().hour == datetime.utcnow().hour
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_times_are_beijing_times_whatever_the_process_thinks(
    alipay: Gateway, simulator: Simulator, process_in_utc: None
) -> None:
    attempt = a_paid(alipay, simulator)
    assert abs(alipay.query(TradeRef(attempt.out_trade_no)).paid_at - timezone.now()) < timedelta(seconds=10)
    assert alipay.create(an_attempt(Method.QR))


def test_subject_survives_the_browser(alipay: Gateway, simulator: Simulator) -> None:
    attempt = an_attempt(subject="""A&quot;B<i>'"健康&amp;服务/1=1""")
    simulator.open_cashier(alipay.create(attempt).url)
    subject = simulator.trade(attempt.out_trade_no)["offer"]["subject"]
    assert subject == "Aquot;Bi健康amp;服务11"


def test_address_says_nothing_of_the_service(alipay: Gateway, simulator: Simulator) -> None:
    fields = parse_qs(urlsplit(alipay.create(an_attempt()).url).query)
    assert set(fields) == {
        "alipay_root_cert_sn",
        "app_cert_sn",
        "app_id",
        "biz_content",
        "charset",
        "format",
        "method",
        "notify_url",
        "return_url",
        "sign",
        "sign_type",
        "timestamp",
        "version",
    } - {"notify_url"}
