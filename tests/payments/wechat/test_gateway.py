"""Our gateway against the simulated WeChat, over HTTP, through the SDK."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from payments.enums import Method
from payments.gateways.base import (
    Gateway,
    GatewayRefused,
    GatewayUnclear,
    JsApi,
    Qr,
    Redirect,
    RefundStatus,
    TradeRef,
    TradeStatus,
    Truth,
)
from tests.payments.simulated import visit
from tests.payments.wechat.attempts import BACK, a_paid, a_refund, an_attempt, ref
from tests.payments.wechat.simulated import WechatSimulator


def test_code_is_scanned_and_paid(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt()
    action = wechat.create(attempt)
    assert isinstance(action, Qr)
    assert wechat.query(ref(attempt)) == Truth(TradeStatus.WAITING)
    wechat_simulator.buy(action.text)
    truth = wechat.query(ref(attempt))
    assert (truth.status, truth.amount_fen, truth.foreign) == (TradeStatus.PAID, 36000, "")
    assert truth.provider_ref == wechat_simulator.trade(attempt.out_trade_no)["transaction_id"]
    assert abs(truth.paid_at - timezone.now()) < timedelta(seconds=10)


def test_phone_is_sent_away_and_comes_back(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt(Method.H5)
    action = wechat.create(attempt)
    assert isinstance(action, Redirect)
    assert parse_qs(urlsplit(action.url).query)["redirect_url"] == [BACK]
    assert wechat_simulator.buy(action.url) == BACK
    assert wechat.query(ref(attempt)).status == TradeStatus.PAID
    assert wechat_simulator.trade(attempt.out_trade_no)["payer_ip"] == "203.0.113.7"


def test_address_for_a_phone_lasts_five_minutes(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt(Method.H5)
    action = wechat.create(attempt)
    wechat_simulator.advance(seconds=301)
    assert "已失效" in wechat_simulator.look(action)
    wechat_simulator.buy(wechat.create(attempt).url)
    assert wechat.query(ref(attempt)).status == TradeStatus.PAID


def test_paying_inside_wechat(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt(Method.JSAPI, openid=wechat_simulator.become("mother"))
    action = wechat.create(attempt)
    assert isinstance(action, JsApi)
    assert set(action.arguments) == {"appId", "timeStamp", "nonceStr", "package", "signType", "paySign"}
    wechat_simulator.buy(wechat_simulator.page_of(action))
    assert wechat.query(ref(attempt)).status == TradeStatus.PAID


def test_app_refuses_arguments_that_were_changed(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    ours = wechat.create(an_attempt(Method.JSAPI, openid=wechat_simulator.become("mother"))).arguments
    for change in ({"timeStamp": "1"}, {"signType": "MD5"}, {"paySign": "AAAA"}):
        assert "无法付款" in visit(wechat_simulator.bridge_page({**ours, **change}))[1]


def test_only_the_payer_named_can_pay_inside_wechat(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    mother = wechat_simulator.become("mother")
    attempt = an_attempt(Method.JSAPI, openid=mother)
    page = wechat_simulator.page_of(wechat.create(attempt))
    father = wechat_simulator.become("father")
    wechat_simulator.buy(page)
    assert wechat.query(ref(attempt)).status == TradeStatus.WAITING
    with pytest.raises(GatewayRefused) as refused:
        wechat.create(an_attempt(Method.JSAPI, out_trade_no=attempt.out_trade_no, openid=father))
    assert refused.value.code == "OUT_TRADE_NO_USED"


@pytest.mark.parametrize(
    ("method", "changes", "code"),
    [
        (Method.JSAPI, {"openid": ""}, "NO_OPENID"),
        (Method.JSAPI, {"openid": "o-of-another-app"}, "INVALID_REQUEST"),
        (Method.H5, {"payer_ip": ""}, "NO_IP"),
        (Method.QR, {"out_trade_no": "T 1"}, "PARAM_ERROR"),
        (Method.QR, {"notify_url": "http://127.0.0.1:9/n/?order=1"}, "PARAM_ERROR"),
        (Method.QR, {"payable_until": timezone.now() + timedelta(seconds=30)}, "TOO_LATE"),
    ],
)
def test_orders_that_cannot_be(
    wechat: Gateway, wechat_simulator: WechatSimulator, method: Method, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(GatewayRefused) as refused:
        wechat.create(an_attempt(method, **changes))
    assert refused.value.code == code
    assert not wechat_simulator.trades()


def test_same_attempt_opens_the_same_trade(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt()
    assert wechat.create(attempt) == wechat.create(attempt)
    with pytest.raises(GatewayRefused):
        wechat.create(an_attempt(out_trade_no=attempt.out_trade_no, amount_fen=1))
    assert wechat_simulator.trade(attempt.out_trade_no)["total_fen"] == 36000


def test_closed_number_is_dead(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt()
    page = wechat.create(attempt).text
    assert wechat.close(ref(attempt)).status == TradeStatus.CLOSED
    assert wechat.close(ref(attempt)).status == TradeStatus.CLOSED
    assert "已经关闭" in visit(page)[1]
    with pytest.raises(GatewayRefused) as refused:
        wechat.create(attempt)
    assert refused.value.code == "ORDER_CLOSED"


def test_nothing_to_find_or_close(wechat: Gateway) -> None:
    assert wechat.query(TradeRef("T99999999")).status == TradeStatus.NOT_FOUND
    assert wechat.close(TradeRef("T99999999")).status == TradeStatus.NOT_FOUND


def test_close_comes_too_late(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    truth = wechat.close(ref(attempt))
    assert (truth.status, truth.amount_fen) == (TradeStatus.PAID, 36000)
    with pytest.raises(GatewayUnclear):
        wechat.create(attempt)


@pytest.mark.parametrize("act", ["fail", "leave"])
def test_not_paid_stays_payable(wechat: Gateway, wechat_simulator: WechatSimulator, act: str) -> None:
    attempt = an_attempt()
    page = wechat.create(attempt).text
    wechat_simulator.buy(page, act)
    assert wechat.query(ref(attempt)).status == TradeStatus.WAITING
    wechat_simulator.buy(page)
    assert wechat.query(ref(attempt)).status == TradeStatus.PAID


def test_order_past_its_end_waits_and_cannot_be_paid(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt()
    page = wechat.create(attempt).text
    wechat_simulator.advance(seconds=1801)
    assert "已经关闭或过期" in visit(page)[1]
    assert wechat.query(ref(attempt)).status == TradeStatus.WAITING
    assert wechat.close(ref(attempt)).status == TradeStatus.CLOSED


def test_late_payment_cannot_be_closed_meanwhile(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt(payable_until=timezone.now() + timedelta(minutes=2))
    wechat_simulator.buy(wechat.create(attempt).text, "late")
    with pytest.raises(GatewayUnclear):
        wechat.close(ref(attempt))
    wechat_simulator.advance(seconds=121)
    assert wechat.query(ref(attempt)).status == TradeStatus.WAITING
    wechat_simulator.advance(seconds=20)
    assert wechat.query(ref(attempt)).status == TradeStatus.PAID


def test_refund_is_done_later(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    wechat_simulator.command("refunds", seconds=60)
    refund = a_refund(attempt, 10000)
    assert wechat.query_refund(refund).status == RefundStatus.NOT_FOUND
    assert wechat.refund(refund).status == RefundStatus.PROCESSING
    assert wechat.query_refund(refund).status == RefundStatus.PROCESSING
    wechat_simulator.advance(seconds=60)
    truth = wechat.query_refund(refund)
    assert (truth.status, truth.amount_fen) == (RefundStatus.SUCCEEDED, 10000)


def test_refund_in_parts(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    first = a_refund(attempt, 10000, "R1")
    wechat.refund(first)
    assert wechat.refund(first).amount_fen == 10000
    assert wechat_simulator.trade(attempt.out_trade_no)["refunded_fen"] == 10000
    with pytest.raises(GatewayRefused):
        wechat.refund(a_refund(attempt, 26001, "R2"))
    with pytest.raises(GatewayRefused):
        wechat.refund(a_refund(attempt, 9999, "R1"))
    wechat.refund(a_refund(attempt, 26000, "R3"))
    # Refunded in full is REFUND at WeChat, and still a payment that took place.
    assert wechat_simulator.trade(attempt.out_trade_no)["trade_state"] == "REFUND"
    truth = wechat.query(ref(attempt))
    assert (truth.status, truth.amount_fen) == (TradeStatus.PAID, 36000)


def test_fifty_parts_and_no_more(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    for number in range(50):
        wechat.refund(a_refund(attempt, 1, f"R{number}"))
    with pytest.raises(GatewayRefused):
        wechat.refund(a_refund(attempt, 1, "R50"))


@pytest.mark.parametrize("outcome", ["ABNORMAL", "CLOSED"])
def test_refund_that_the_payers_bank_does_not_take(
    wechat: Gateway, wechat_simulator: WechatSimulator, outcome: str
) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    wechat_simulator.command("refunds", outcome=outcome)
    wechat.refund(a_refund(attempt, 10000))
    assert wechat.query_refund(a_refund(attempt, 10000)).status == RefundStatus.FAILED


def test_refund_needs_a_payment_of_that_sum(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt()
    with pytest.raises(GatewayRefused):
        wechat.refund(a_refund(attempt, 1))
    wechat_simulator.buy(wechat.create(attempt).text)
    with pytest.raises(GatewayRefused):
        wechat.refund(a_refund(an_attempt(out_trade_no=attempt.out_trade_no, amount_fen=35999), 1))
    wechat_simulator.advance(days=366)
    with pytest.raises(GatewayRefused):
        wechat.refund(a_refund(attempt, 1))


@pytest.mark.parametrize("splits", [True, False])
def test_money_to_share_is_marked_when_it_is_paid(
    wechat: Gateway, wechat_simulator: WechatSimulator, splits: bool
) -> None:
    attempt = a_paid(wechat, wechat_simulator, splits=splits)
    assert wechat_simulator.trade(attempt.out_trade_no)["splits"] is splits


def test_money_of_others_is_named(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    wechat_simulator.fault("query", "foreign_mch")
    assert wechat.query(ref(attempt)).foreign == "mchid"
    wechat_simulator.fault("query", "foreign_app")
    assert wechat.query(ref(attempt)).foreign == "appid"


def test_words_are_signed_as_they_are_sent(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = an_attempt(subject="""A&quot;B<i>'"健康&amp;服务/1=1 €""")
    wechat.create(attempt)
    assert wechat_simulator.trade(attempt.out_trade_no)["description"] == "Aquot;Bi健康amp;服务/1=1 €"
