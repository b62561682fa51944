"""Our gateway against the simulated Stripe, over HTTP, through the real SDK: one payment by card."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from payments.enums import Method
from payments.gateways.base import (
    AttemptView,
    GatewayRefused,
    GatewayUnclear,
    RefundStatus,
    RefundView,
    TradeRef,
    TradeStatus,
    Truth,
)
from payments.gateways.stripe.gateway import StripeGateway, build_gateway
from payments.gateways.stripe.sdk import KeyReused
from tests.payments.simulated import Simulator, visit

_numbers = count(1)


def an_attempt(**changes: object) -> AttemptView:
    """An attempt of ¥360 payable for half an hour."""
    attempt = AttemptView(
        out_trade_no=f"T{next(_numbers):08d}",
        amount_fen=36000,
        subject="健康服务 1 项",
        method=Method.CARD,
        payable_until=timezone.now() + timedelta(minutes=30),
        return_url="http://127.0.0.1:9/pay/return/",
        notify_url="",
    )
    return replace(attempt, **changes)


def ref(attempt: AttemptView, handle: str = "") -> TradeRef:
    """How to find an attempt again, by default without its handle."""
    return TradeRef(attempt.out_trade_no, handle, timezone.now() - timedelta(minutes=1))


def press(url: str, act: str) -> tuple[int, str, str]:
    """Press a button of the page."""
    return visit(f"{url}/{act}", post=True)


def a_paid(stripe: StripeGateway) -> tuple[AttemptView, Truth]:
    """An attempt whose money has arrived."""
    attempt = an_attempt()
    press(stripe.create(attempt).url, "4242")
    return attempt, stripe.query(ref(attempt))


def a_refund(attempt: AttemptView, truth: Truth, fen: int, number: str = "R1") -> RefundView:
    """A refund of an attempt."""
    return RefundView(attempt.out_trade_no, number, fen, attempt.amount_fen, "退款", provider_ref=truth.provider_ref)


def test_page_is_paid(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    attempt = an_attempt()
    assert stripe.query(ref(attempt)) == Truth(TradeStatus.NOT_FOUND)
    action = stripe.create(attempt)
    assert stripe.query(ref(attempt, action.handle)).status == TradeStatus.WAITING
    status, _, location = press(action.url, "4242")
    assert (status, location) == (302, attempt.return_url)
    truth = stripe.query(ref(attempt, action.handle))
    assert (truth.status, truth.amount_fen, truth.foreign) == (TradeStatus.PAID, 36000, "")
    assert truth.provider_ref == stripe_simulator.trade(attempt.out_trade_no)["payment_intent"]
    assert abs(truth.paid_at - timezone.now()) < timedelta(seconds=10)


def test_stripe_hears_neutral_words_alone(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    attempt = an_attempt()
    press(stripe.create(attempt).url, "4242")
    [session] = stripe_simulator.command("objects", object="checkout.session")["objects"]
    [payment] = stripe_simulator.command("objects", object="payment_intent")["objects"]
    [charge] = stripe_simulator.command("objects", object="charge")["objects"]
    assert session["_item"]["name"] == payment["description"] == "健康服务 1 项"
    assert payment["metadata"] == {"out_trade_no": attempt.out_trade_no}
    assert charge["calculated_statement_descriptor"] == "DEMO* XINQIAO"
    assert session["metadata"] == {"out_trade_no": attempt.out_trade_no}


def test_same_number_again_is_the_same_page(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    attempt = an_attempt()
    assert stripe.create(attempt) == stripe.create(attempt)
    assert len(stripe_simulator.trades()) == 1


def test_same_number_with_other_facts_is_never_a_new_page(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    attempt = an_attempt()
    stripe.create(attempt)
    with pytest.raises(KeyReused, match="idempotency_error"):
        stripe.create(replace(attempt, amount_fen=100_00))
    assert len(stripe_simulator.trades()) == 1


def test_other_words_lead_to_the_page_there_is(stripe: StripeGateway) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    assert stripe.create(replace(attempt, subject="健康服务 2 项")) == action


@pytest.mark.parametrize("minutes", [1, 29, 12 * 60, 30 * 60])
def test_page_ends_within_what_stripe_allows(stripe: StripeGateway, stripe_simulator: Simulator, minutes: int) -> None:
    stripe.create(an_attempt(payable_until=timezone.now() + timedelta(minutes=minutes)))
    [session] = stripe_simulator.command("objects", object="checkout.session")["objects"]
    assert 30 * 60 <= session["expires_at"] - session["created"] <= 24 * 3600


@pytest.mark.parametrize(("card", "says"), [("0002", "银行拒绝了这张卡"), ("9995", "卡里的余额不够")])
def test_declined_card_leaves_the_page_open(stripe: StripeGateway, card: str, says: str) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    status, page, _ = press(action.url, card)
    assert status == 200
    assert says in page
    assert stripe.query(ref(attempt, action.handle)).status == TradeStatus.WAITING
    press(action.url, "4242")
    assert stripe.query(ref(attempt, action.handle)).status == TradeStatus.PAID


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("verify-pass", TradeStatus.PAID),
        ("verify-fail", TradeStatus.WAITING),
        ("verify-leave", TradeStatus.WAITING),
    ],
)
def test_three_d_secure(stripe: StripeGateway, act: str, status: TradeStatus) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    assert "银行验证" in press(action.url, "3220")[1]
    assert stripe.query(ref(attempt, action.handle)).status == TradeStatus.WAITING
    press(action.url, act)
    assert stripe.query(ref(attempt, action.handle)).status == status
    if status == TradeStatus.WAITING:
        assert stripe.close(ref(attempt, action.handle)).status == TradeStatus.CLOSED


def test_bank_that_takes_its_time(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    press(action.url, "9010")
    assert stripe.query(ref(attempt, action.handle)).status == TradeStatus.WAITING
    assert stripe.close(ref(attempt, action.handle)).status == TradeStatus.WAITING
    stripe_simulator.command("clock", advance=1801)
    assert stripe.query(ref(attempt, action.handle)).status == TradeStatus.PAID


def test_closed_page_cannot_be_paid(stripe: StripeGateway) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    assert stripe.close(ref(attempt, action.handle)) == Truth(TradeStatus.CLOSED)
    assert "已经关闭" in press(action.url, "4242")[1]
    assert stripe.query(ref(attempt, action.handle)).status == TradeStatus.CLOSED
    assert stripe.close(ref(attempt, action.handle)).status == TradeStatus.CLOSED


def test_closing_too_late_tells_that_it_is_paid(stripe: StripeGateway) -> None:
    attempt, truth = a_paid(stripe)
    assert stripe.close(ref(attempt)) == truth


def test_paid_between_the_look_and_the_close(stripe: StripeGateway, stripe_simulator: Simulator, monkeypatch) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    before = stripe._end

    def pay_first(trade: TradeRef) -> None:
        stripe_simulator.command("pay", out_trade_no=attempt.out_trade_no)
        before(trade)

    monkeypatch.setattr(stripe, "_end", pay_first)
    assert stripe.close(ref(attempt, action.handle)).status == TradeStatus.PAID


def test_page_ends_by_itself(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    stripe_simulator.command("clock", advance=62 * 60)
    assert stripe.query(ref(attempt, action.handle)).status == TradeStatus.CLOSED


def test_lost_handle_is_found_beyond_the_first_page(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    first = an_attempt()
    action = stripe.create(first)
    press(action.url, "4242")
    stripe_simulator.command("fill", count=120)
    assert stripe.query(ref(first)).status == TradeStatus.PAID


def test_answer_about_another_trade_is_unclear(stripe: StripeGateway) -> None:
    action = stripe.create(an_attempt())
    with pytest.raises(GatewayUnclear):
        stripe.query(ref(an_attempt(), action.handle))


@pytest.mark.parametrize("fault", ["http_503", "rate_limit", "conflict", "lost_answer", "garbage"])
def test_unclear_create_leads_to_one_page(stripe: StripeGateway, stripe_simulator: Simulator, fault: str) -> None:
    attempt = an_attempt()
    stripe_simulator.fault("sessions.create", fault)
    with pytest.raises(GatewayUnclear):
        stripe.create(attempt)
    press(stripe.create(attempt).url, "4242")
    assert stripe.query(ref(attempt)).status == TradeStatus.PAID
    assert len(stripe_simulator.trades()) == 1


def test_failure_that_the_key_repeats_is_a_no_when_nothing_was_made(
    stripe: StripeGateway, stripe_simulator: Simulator
) -> None:
    attempt = an_attempt()
    stripe_simulator.fault("sessions.create", "http_500")
    with pytest.raises(GatewayUnclear):
        stripe.create(attempt)
    with pytest.raises(GatewayRefused, match="replayed_failure"):
        stripe.create(attempt)


def test_failure_that_the_key_repeats_leads_to_the_page_that_was_made(
    stripe: StripeGateway, stripe_simulator: Simulator
) -> None:
    attempt = an_attempt()
    stripe_simulator.fault("sessions.create", "http_500_done")
    with pytest.raises(GatewayUnclear):
        stripe.create(attempt)
    press(stripe.create(attempt).url, "4242")
    assert stripe.query(ref(attempt)).status == TradeStatus.PAID


@pytest.mark.parametrize("fault", ["http_500", "http_503", "rate_limit", "garbage", "lost_answer"])
def test_unclear_query_is_never_a_no(stripe: StripeGateway, stripe_simulator: Simulator, fault: str) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    stripe_simulator.fault("sessions.retrieve", fault)
    with pytest.raises(GatewayUnclear):
        stripe.query(ref(attempt, action.handle))


@pytest.mark.parametrize(("fault", "foreign"), [("wrong_currency", "currency"), ("live", "livemode")])
def test_what_is_not_ours_is_named(
    stripe: StripeGateway, stripe_simulator: Simulator, fault: str, foreign: str
) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    press(action.url, "4242")
    stripe_simulator.fault("sessions.retrieve", fault)
    assert stripe.query(ref(attempt, action.handle)).foreign == foreign


def test_amount_too_small_is_a_no(stripe: StripeGateway) -> None:
    with pytest.raises(GatewayRefused, match="amount_too_small"):
        stripe.create(an_attempt(amount_fen=1))


def test_wrong_key_is_a_fault_of_ours_and_no_answer(stripe_simulator: Simulator, settings) -> None:
    ours = settings.PAYMENT_GATEWAYS["stripe"] | {"secret_key": "sk_test_ofsomebodyelse"}
    with pytest.raises(GatewayUnclear):
        build_gateway(ours).query(ref(an_attempt()))


@pytest.mark.parametrize("name", ["webhook_secret", "gateway_url"])
def test_settings_that_cannot_be(settings, name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        build_gateway(settings.PAYMENT_GATEWAYS["stripe"] | {name: ""})
    with pytest.raises(ImproperlyConfigured, match="no secret key"):
        build_gateway(settings.PAYMENT_GATEWAYS["stripe"] | {"secret_key": "pk_test_1"})


def test_part_of_the_money_goes_back_once(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    attempt, truth = a_paid(stripe)
    refund = a_refund(attempt, truth, 10000)
    for _ in range(2):
        assert stripe.refund(refund).status == RefundStatus.SUCCEEDED
    assert stripe.query_refund(refund).amount_fen == 10000
    assert stripe_simulator.trade(attempt.out_trade_no)["refunded_fen"] == 10000
    assert stripe.query(ref(attempt)).status == TradeStatus.PAID
    assert stripe.query_refund(replace(refund, out_refund_no="R2")).status == RefundStatus.NOT_FOUND


def test_refund_finds_its_payment_by_the_handle(stripe: StripeGateway) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    view = RefundView(attempt.out_trade_no, "R1", 10000, 36000, "退款", handle=action.handle)
    with pytest.raises(GatewayRefused, match="not_paid"):
        stripe.refund(view)
    press(action.url, "4242")
    assert stripe.refund(view).status == RefundStatus.SUCCEEDED


@pytest.mark.parametrize(("fen", "code"), [(36000, "amount_too_large"), (26000, "")])
def test_more_than_is_left_is_refused(stripe: StripeGateway, fen: int, code: str) -> None:
    attempt, truth = a_paid(stripe)
    stripe.refund(a_refund(attempt, truth, 10000))
    if code:
        with pytest.raises(GatewayRefused, match=code):
            stripe.refund(a_refund(attempt, truth, fen, "R2"))
        return
    stripe.refund(a_refund(attempt, truth, fen, "R2"))
    with pytest.raises(GatewayRefused, match="charge_already_refunded"):
        stripe.refund(a_refund(attempt, truth, 1, "R3"))


def test_refund_key_with_another_amount_is_unclear(stripe: StripeGateway) -> None:
    attempt, truth = a_paid(stripe)
    stripe.refund(a_refund(attempt, truth, 10000))
    with pytest.raises(GatewayUnclear, match="idempotency_error"):
        stripe.refund(a_refund(attempt, truth, 20000))


def test_refund_on_its_way_and_then_back(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    attempt, truth = a_paid(stripe)
    refund = a_refund(attempt, truth, 36000)
    stripe_simulator.fault("refunds.create", "pending")
    assert stripe.refund(refund).status == RefundStatus.PROCESSING
    stripe_simulator.command("refund", out_refund_no="R1", status="failed")
    assert stripe.query_refund(refund).status == RefundStatus.FAILED


@pytest.mark.parametrize("fault", ["lost_answer", "http_500", "http_500_done", "garbage", "http_503"])
def test_unclear_refund_moves_money_once(stripe: StripeGateway, stripe_simulator: Simulator, fault: str) -> None:
    attempt, truth = a_paid(stripe)
    refund = a_refund(attempt, truth, 10000)
    stripe_simulator.fault("refunds.create", fault)
    with pytest.raises(GatewayUnclear):
        stripe.refund(refund)
    if stripe.query_refund(refund).status == RefundStatus.NOT_FOUND:
        stripe.refund(refund)
    assert stripe_simulator.trade(attempt.out_trade_no)["refunded_fen"] == 10000


def test_close_that_met_a_failure_is_carried_out_by_the_next(
    stripe: StripeGateway, stripe_simulator: Simulator
) -> None:
    """Stripe would repeat the failure for a day to whoever asks under the same key."""
    attempt = an_attempt()
    handle = stripe.create(attempt).handle
    stripe_simulator.fault("sessions.expire", "http_500")
    with pytest.raises(GatewayUnclear):
        stripe.close(TradeRef(attempt.out_trade_no, handle))
    assert stripe.close(TradeRef(attempt.out_trade_no, handle)).status == TradeStatus.CLOSED
    assert stripe_simulator.trade(attempt.out_trade_no)["status"] == "expired"


@pytest.mark.parametrize(("act", "status"), [("dispute-won", "won"), ("dispute-lost", "lost")])
def test_payers_bank_acts_on_the_page_that_was_paid(stripe: StripeGateway, act: str, status: str) -> None:
    attempt = an_attempt()
    action = stripe.create(attempt)
    assert "提出争议" not in press(action.url, "dispute")[1]
    press(action.url, "4242")
    assert "提出争议" in visit(action.url)[1]
    assert "争议判给商家" in press(action.url, "dispute")[1]
    assert status in press(action.url, act)[1]
