"""Paying by WeChat through our services: each road to paid, money back, and what the messages at our door do."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from payments import services
from payments.enums import (
    AttemptState,
    IncidentKind,
    IntentState,
    Method,
    RefundReason,
    RefundState,
    SettleResult,
)
from payments.errors import GatewayBusy, GatewayDeclined
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, ProviderEvent, Refund
from tests.payments.till import Till
from tests.payments.wechat.simulated import WechatSimulator
from tests.support.waiting import eventually


def state_of(intent: PaymentIntent) -> str:
    return PaymentIntent.objects.get(pk=intent.pk).state


def begun(till: Till, intent: PaymentIntent, method: Method = Method.QR, openid: str = "") -> services.StartedAttempt:
    """An attempt at WeChat."""
    payer = services.Payer(user_id=till.buyer.pk, ip="203.0.113.7", openid=openid)
    return till.start(intent, method, "wechat", payer)


def deliver(made: dict) -> tuple[int, str]:
    """Hand a message to our door; returns what we answer."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in made["headers"].items()}
    response = Browser(enforce_csrf_checks=True).post(
        "/pay/notify/wechat/", made["body"], content_type="application/json", **headers
    )
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("method", [Method.QR, Method.H5, Method.JSAPI])
def test_each_way_is_paid(wechat_till: Till, wechat_simulator: WechatSimulator, method: Method) -> None:
    intent = wechat_till.owe()
    started = begun(wechat_till, intent, method, wechat_simulator.become("mother"))
    assert services.settle_payment(out_trade_no=started.attempt.out_trade_no) == SettleResult.WAITING
    wechat_till.buy(started)
    assert services.settle_payment(out_trade_no=started.attempt.out_trade_no) == SettleResult.PAID
    assert state_of(intent) == IntentState.PAID
    assert wechat_till.order_of(intent).state == "paid"


def test_openid_is_nowhere_in_our_rows(wechat_till: Till, wechat_simulator: WechatSimulator) -> None:
    openid = wechat_simulator.become("mother")
    wechat_till.buy(begun(wechat_till, wechat_till.owe(), Method.JSAPI, openid))
    deliver(wechat_simulator.messages()[-1])
    rows = [*PaymentAttempt.objects.values(), *PaymentIntent.objects.values(), *ProviderEvent.objects.values()]
    assert rows
    assert openid not in str(rows)


def test_message_at_our_door_settles_once(wechat_till: Till, wechat_simulator: WechatSimulator) -> None:
    intent = wechat_till.owe()
    wechat_till.buy(begun(wechat_till, intent))
    [made] = wechat_simulator.messages()
    for _ in range(3):
        assert deliver(made) == (204, "")
    assert state_of(intent) == IntentState.PAID
    assert wechat_till.shop.accepted == [intent.payable_id]
    assert ProviderEvent.objects.count() == 1


@pytest.mark.parametrize("kind", ["wrong_signature", "stale", "probe", "wrong_key"])
def test_message_that_wechat_did_not_sign_now(wechat_till: Till, wechat_simulator: WechatSimulator, kind: str) -> None:
    intent = wechat_till.owe()
    wechat_simulator.fault("notify", kind)
    wechat_till.buy(begun(wechat_till, intent))
    status, body = deliver(wechat_simulator.messages()[-1])
    assert (status, '"FAIL"' in body) == (401, True)
    assert state_of(intent) == IntentState.OPEN
    assert not ProviderEvent.objects.exists()
    assert PaymentIncident.objects.get().kind == IncidentKind.BAD_SIGNATURE


@pytest.mark.parametrize("headers", [{}, {"Wechatpay-Timestamp": "1"}, {"Wechatpay-Serial": "PUB_KEY_ID_X"}])
def test_anybody_at_our_door(wechat_till: Till, headers: dict[str, str]) -> None:
    for body in ("", "{}", "\ufffd", '{"id": "EV-1", "resource": {}}'):
        assert deliver({"headers": headers, "body": body})[0] == 401


@pytest.mark.parametrize(
    ("kind", "incident"),
    [("wrong_amount", IncidentKind.AMOUNT_MISMATCH), ("foreign_mch", IncidentKind.MERCHANT_MISMATCH)],
)
def test_message_with_other_facts_is_noted_and_the_truth_is_booked(
    wechat_till: Till, wechat_simulator: WechatSimulator, kind: str, incident: IncidentKind
) -> None:
    intent = wechat_till.owe()
    wechat_simulator.fault("notify", kind)
    wechat_till.buy(begun(wechat_till, intent))
    assert deliver(wechat_simulator.messages()[-1])[0] == 204
    assert PaymentIncident.objects.get().kind == incident
    assert state_of(intent) == IntentState.PAID


@pytest.mark.parametrize(
    ("kind", "incident"),
    [("wrong_amount", IncidentKind.AMOUNT_MISMATCH), ("foreign_mch", IncidentKind.MERCHANT_MISMATCH)],
)
def test_truth_with_other_facts_is_not_booked_as_paid(
    wechat_till: Till, wechat_simulator: WechatSimulator, kind: str, incident: IncidentKind
) -> None:
    intent = wechat_till.owe()
    started = begun(wechat_till, intent)
    wechat_till.buy(started)
    wechat_simulator.fault("query", kind)
    assert services.settle_payment(out_trade_no=started.attempt.out_trade_no) == SettleResult.REVIEW
    assert state_of(intent) == IntentState.OPEN
    assert PaymentIncident.objects.get().kind == incident


def test_message_about_nobodys_trade(wechat_till: Till, wechat_simulator: WechatSimulator, wechat) -> None:
    from tests.payments.wechat.attempts import a_paid

    a_paid(wechat, wechat_simulator)
    assert deliver(wechat_simulator.messages()[-1])[0] == 204
    assert PaymentIncident.objects.get().kind == IncidentKind.UNKNOWN_TRADE


@pytest.mark.parametrize("fault", ["lost_answer", "http_500", "unsigned"])
def test_order_whose_answer_is_lost(wechat_till: Till, wechat_simulator: WechatSimulator, fault: str) -> None:
    intent = wechat_till.owe()
    wechat_simulator.fault("native", fault)
    with pytest.raises(GatewayBusy):
        begun(wechat_till, intent)
    again = begun(wechat_till, intent)
    assert PaymentAttempt.objects.count() == 1
    wechat_till.buy(again)
    wechat_till.make_due()
    services.reconcile_due()
    assert state_of(intent) == IntentState.PAID
    assert len(wechat_simulator.trades()) == 1


def test_another_way_closes_the_first(wechat_till: Till, wechat_simulator: WechatSimulator) -> None:
    intent = wechat_till.owe()
    first = begun(wechat_till, intent)
    wechat_till.buy(wechat_till.start(intent))
    assert wechat_simulator.trade(first.attempt.out_trade_no)["status"] == "CLOSED"
    wechat_till.make_due()
    services.reconcile_due()
    assert state_of(intent) == IntentState.PAID


def test_two_people_with_one_link_inside_wechat(wechat_till: Till, wechat_simulator: WechatSimulator) -> None:
    """WeChat opens a trade for one phone only; the second person gets one of their own."""
    intent = wechat_till.owe()

    def at_phone_of(name: str) -> services.StartedAttempt:
        payer = services.Payer(user_id=None, openid=wechat_simulator.become(name))
        return wechat_till.start(intent, Method.JSAPI, "wechat", payer)

    first, second = at_phone_of("mother"), at_phone_of("grandmother")
    assert first.attempt.out_trade_no != second.attempt.out_trade_no
    wechat_till.buy(second)
    wechat_simulator.become("mother")
    assert "已经关闭" in wechat_simulator.look(first.action)
    wechat_till.make_due()
    services.reconcile_due()
    assert state_of(intent) == IntentState.PAID


def test_nobodys_phone_is_declined(wechat_till: Till) -> None:
    with pytest.raises(GatewayDeclined):
        begun(wechat_till, wechat_till.owe(), Method.JSAPI)
    assert PaymentAttempt.objects.get().state == AttemptState.FAILED


def test_late_money_goes_back(wechat_till: Till, wechat_simulator: WechatSimulator) -> None:
    order = wechat_till.shop.place(slot=9)
    intent = wechat_till.owe(order, seconds=300)
    wechat_till.buy(begun(wechat_till, intent), "late")
    wechat_till.let_expire(intent, ago=timedelta(minutes=11))
    services.reconcile_due()
    assert order.state == "expired"
    wechat_till.shop.place(slot=9)
    wechat_simulator.advance(seconds=330)
    for _ in range(2):
        wechat_till.make_due()
        services.reconcile_due()
    assert [news.reason for news in order.refunds] == ["late"]


def ask_back(intent: PaymentIntent, fen: int, key: str = "k") -> Refund:
    refund = services.request_refund(intent_id=intent.pk, amount_fen=fen, reason=RefundReason.FAMILY_CANCELLED, key=key)
    refund.refresh_from_db()
    return refund


def looked_at_again(refund: Refund) -> Refund:
    services.send_refund(refund_id=refund.pk)
    refund.refresh_from_db()
    return refund


@pytest.fixture
def paid(wechat_till: Till, wechat_simulator: WechatSimulator) -> PaymentIntent:
    """¥360 paid by WeChat."""
    return wechat_till.paid(gateway="wechat", method=Method.QR)


def test_refund_is_sent_now_and_done_later(
    wechat_till: Till, wechat_simulator: WechatSimulator, paid: PaymentIntent
) -> None:
    wechat_simulator.command("refunds", seconds=60)
    refund = ask_back(paid, 10000)
    assert refund.state == RefundState.SENT
    assert looked_at_again(refund).state == RefundState.SENT
    wechat_simulator.advance(seconds=60)
    assert looked_at_again(refund).state == RefundState.SUCCEEDED
    assert state_of(paid) == IntentState.REFUNDED_PART
    assert [news.amount_fen for news in wechat_till.order_of(paid).refunds] == [10000]


def test_message_of_a_refund_finishes_it(
    wechat_till: Till, wechat_simulator: WechatSimulator, paid: PaymentIntent
) -> None:
    wechat_simulator.command("refunds", seconds=60)
    refund = ask_back(paid, 36000)
    wechat_simulator.advance(seconds=60)
    told = eventually(lambda: [m for m in wechat_simulator.messages() if m["event_type"] == "REFUND.SUCCESS"])
    assert deliver(told[0])[0] == 204
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert state_of(paid) == IntentState.REFUNDED


@pytest.mark.parametrize("outcome", ["ABNORMAL", "CLOSED"])
def test_refund_that_no_bank_takes_goes_to_people(
    wechat_simulator: WechatSimulator, paid: PaymentIntent, outcome: str
) -> None:
    wechat_simulator.command("refunds", outcome=outcome, seconds=60)
    refund = ask_back(paid, 10000)
    wechat_simulator.advance(seconds=60)
    assert looked_at_again(refund).state == RefundState.NEEDS_MANUAL
    assert PaymentIncident.objects.get().kind == IncidentKind.REFUND_REFUSED
    assert state_of(paid) == IntentState.PAID


@pytest.mark.parametrize("fault", ["lost_answer", "http_500", "system_error", "frequency", "garbage"])
def test_unclear_refund_moves_money_once(wechat_simulator: WechatSimulator, paid: PaymentIntent, fault: str) -> None:
    wechat_simulator.fault("refund", fault)
    refund = ask_back(paid, 10000)
    assert refund.state == RefundState.SENT
    looked_at_again(refund)
    assert looked_at_again(refund).state == RefundState.SUCCEEDED
    assert wechat_simulator.trade(paid.settled_by.out_trade_no)["refunded_fen"] == 10000
