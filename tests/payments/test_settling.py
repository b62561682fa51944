"""From attempt to paid, through every door, with everything that can go wrong on the way."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from payments import services
from payments.enums import (
    AttemptState,
    EndResult,
    IncidentKind,
    IntentState,
    Method,
    RefundReason,
    RefundState,
    SettleResult,
)
from payments.errors import AlreadyPaid, GatewayBusy, IntentClosed, PaymentUnderReview, PriorAttemptUnclear
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, ProviderEvent, Refund
from tests.payments.shop import Shop
from tests.payments.till import Till


def settle(attempt: PaymentAttempt) -> SettleResult:
    return services.settle_payment(out_trade_no=attempt.out_trade_no)


def test_paid_once_however_often_it_is_settled(till: Till) -> None:
    intent = till.owe()
    started = till.start(intent)
    assert settle(started.attempt) == SettleResult.WAITING
    till.buy(started)
    assert settle(started.attempt) == SettleResult.PAID
    assert settle(started.attempt) == SettleResult.ALREADY_PAID
    intent.refresh_from_db()
    assert intent.state == IntentState.PAID
    assert intent.settled_by.captured_fen == 36000
    assert till.shop.accepted == [intent.payable_id]


def test_notification_settles_and_repeats_do_nothing(till: Till) -> None:
    intent = till.owe()
    till.buy(till.start(intent))
    [message] = till.simulator.messages()
    assert till.deliver(message) == "success"
    assert till.order_of(intent).state == "paid"
    calls = len(till.simulator.calls())
    assert till.deliver(message) == "success"
    assert ProviderEvent.objects.count() == 1
    assert len(till.simulator.calls()) == calls
    assert till.shop.accepted == [intent.payable_id]


def test_notification_is_a_hint_and_never_the_fact(till: Till) -> None:
    """A true message kept back and replayed for a trade that is not paid changes nothing."""
    intent = till.owe()
    till.buy(till.start(intent))
    [message] = till.simulator.messages()
    with patch("payments.gateways.alipay.gateway.AlipayGateway.query") as query:
        from payments.gateways.base import TradeStatus, Truth

        query.return_value = Truth(TradeStatus.WAITING)
        assert till.deliver(message) == "success"
    intent.refresh_from_db()
    assert intent.state == IntentState.OPEN


def test_refund_message_before_payment_message(till: Till) -> None:
    """Out of order: what a message says does not matter, only that there is one."""
    intent = till.paid()
    services.request_refund(intent_id=intent.pk, amount_fen=36000, reason=RefundReason.GOODWILL, key="r")
    messages = till.simulator.messages()
    assert len(messages) == 2
    for message in reversed(messages):
        assert till.deliver(message) == "success"
    intent.refresh_from_db()
    assert intent.state == IntentState.REFUNDED
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("change", [{"total_amount": "0.01"}, {"sign": "AAAA"}, {"sign_type": "RSA"}, {"extra": "1"}])
def test_tampered_message_is_refused(till: Till, change: dict[str, str]) -> None:
    intent = till.owe()
    till.buy(till.start(intent))
    [message] = till.simulator.messages()
    assert till.deliver(message | change) == "failure"
    assert till.deliver(message | change) == "failure"
    assert not ProviderEvent.objects.exists()
    assert PaymentIncident.objects.get(kind=IncidentKind.BAD_SIGNATURE).count == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("wrong_amount", IncidentKind.AMOUNT_MISMATCH),
        ("foreign_app", IncidentKind.MERCHANT_MISMATCH),
        ("foreign_seller", IncidentKind.MERCHANT_MISMATCH),
    ],
)
def test_message_that_contradicts_us_is_kept_for_people(till: Till, fault: str, kind: IncidentKind) -> None:
    """Signed by the company, but about another merchant's or another amount's trade."""
    intent = till.owe()
    started = till.start(intent)
    till.simulator.fault("notify", fault)
    till.buy(started)
    [message] = till.simulator.messages()
    assert till.deliver(message) == "success"
    assert PaymentIncident.objects.get().kind == kind
    # The truth was asked for and is in order, so the family is not made to suffer.
    assert till.order_of(intent).state == "paid"


def test_message_about_an_unknown_trade_is_kept(till: Till) -> None:
    intent = till.owe()
    till.buy(till.start(intent))
    [message] = till.simulator.messages()
    PaymentAttempt.objects.update(out_trade_no="another")
    assert till.deliver(message) == "success"
    assert PaymentIncident.objects.get().kind == IncidentKind.UNKNOWN_TRADE
    assert ProviderEvent.objects.get().error == "unknown trade"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("wrong_amount", IncidentKind.AMOUNT_MISMATCH),
        ("foreign_seller", IncidentKind.MERCHANT_MISMATCH),
    ],
)
def test_truth_that_contradicts_us_is_never_booked(till: Till, fault: str, kind: IncidentKind) -> None:
    intent = till.owe()
    started = till.start(intent)
    till.buy(started)
    till.simulator.fault("alipay.trade.query", fault)
    assert settle(started.attempt) == SettleResult.REVIEW
    assert settle(started.attempt) == SettleResult.REVIEW
    intent.refresh_from_db()
    assert intent.state == IntentState.OPEN
    assert PaymentIncident.objects.get().kind == kind
    with pytest.raises(PaymentUnderReview):
        till.start(intent)


def test_reference_of_another_attempt_is_never_booked(till: Till) -> None:
    first = till.paid()
    intent = till.owe()
    started = till.start(intent)
    till.buy(started)
    trade_no = till.simulator.trade(started.attempt.out_trade_no)["trade_no"]
    PaymentAttempt.objects.filter(pk=first.settled_by_id).update(provider_ref=trade_no)
    assert settle(started.attempt) == SettleResult.REVIEW
    assert PaymentIncident.objects.get().kind == IncidentKind.REFERENCE_REUSED


@pytest.mark.parametrize("fault", ["http_500", "lost_answer", "garbage", "wrong_signature", "system_error"])
def test_unclear_is_never_failed_and_is_settled_later(till: Till, fault: str) -> None:
    intent = till.owe()
    started = till.start(intent)
    till.buy(started)
    till.simulator.fault("alipay.trade.query", fault)
    assert settle(started.attempt) == SettleResult.UNKNOWN
    started.attempt.refresh_from_db()
    assert started.attempt.state == AttemptState.UNKNOWN
    till.make_due()
    services.reconcile_due()
    assert till.order_of(intent).state == "paid"


def test_lost_notification_is_found_by_reconciliation(till: Till) -> None:
    intent = till.owe()
    till.simulator.fault("notify", "drop")
    till.buy(till.start(intent))
    till.make_due()
    services.reconcile_due()
    assert till.order_of(intent).state == "paid"


def test_crash_before_the_gateway_heard(till: Till) -> None:
    """The row is committed first; nothing at the gateway is simply closed after its time."""
    intent = till.owe()
    with (
        patch("payments.gateways.alipay.gateway.AlipayGateway.create", side_effect=MemoryError),
        pytest.raises(GatewayBusy),
    ):
        till.start(intent)
    attempt = PaymentAttempt.objects.get()
    assert attempt.state == AttemptState.UNKNOWN
    till.let_expire(intent, ago=timedelta(minutes=5))
    till.make_due()
    services.reconcile_due()
    attempt.refresh_from_db()
    intent.refresh_from_db()
    assert (attempt.state, intent.state) == (AttemptState.CLOSED, IntentState.EXPIRED)
    assert till.order_of(intent).state == "expired"


def test_precreate_without_answer_goes_on_with_the_same_trade(till: Till) -> None:
    intent = till.owe()
    till.simulator.fault("alipay.trade.precreate", "lost_answer")
    with pytest.raises(GatewayBusy):
        till.start(intent, Method.QR)
    started = till.start(intent, Method.QR)
    till.buy(started)
    assert settle(started.attempt) == SettleResult.PAID
    assert PaymentAttempt.objects.count() == 1


def test_double_click_leads_to_the_same_trade(till: Till) -> None:
    intent = till.owe()
    first, second = till.start(intent), till.start(intent)
    assert first.attempt == second.attempt


def test_other_method_closes_the_first_at_the_gateway(till: Till) -> None:
    intent = till.owe()
    page = till.start(intent, Method.PAGE)
    cashier = till.simulator.open_cashier(page.action.url)
    code = till.start(intent, Method.QR)
    assert till.simulator.trade(page.attempt.out_trade_no)["status"] == "TRADE_CLOSED"
    assert "TRADE_HAS_CLOSE" in till.simulator.choose(cashier, "pay")[1]
    till.buy(code)
    assert settle(code.attempt) == SettleResult.PAID


def test_other_method_when_the_first_cannot_be_closed(till: Till) -> None:
    intent = till.owe()
    page = till.start(intent, Method.PAGE)
    till.simulator.open_cashier(page.action.url)
    till.simulator.fault("alipay.trade.close", "http_500")
    with pytest.raises(PriorAttemptUnclear):
        till.start(intent, Method.QR)
    assert PaymentAttempt.objects.count() == 1


def test_other_method_when_the_first_is_paid(till: Till) -> None:
    intent = till.owe()
    till.buy(till.start(intent, Method.PAGE))
    with pytest.raises(AlreadyPaid):
        till.start(intent, Method.QR)
    with pytest.raises(AlreadyPaid):
        till.start(intent, Method.PAGE)
    assert till.order_of(intent).state == "paid"


def test_old_page_and_new_code_both_paid(till: Till) -> None:
    """The one way to pay twice: a page never opened when it was closed. The second goes back."""
    intent = till.owe()
    page = till.start(intent, Method.PAGE)
    code = till.start(intent, Method.QR)
    till.buy(code)
    assert settle(code.attempt) == SettleResult.PAID
    till.buy(page)
    assert settle(page.attempt) == SettleResult.REFUNDING
    refund = Refund.objects.get()
    assert (refund.reason, refund.state) == (RefundReason.DUPLICATE, RefundState.SUCCEEDED)
    assert till.simulator.trade(page.attempt.out_trade_no)["refunded_fen"] == 36000
    intent.refresh_from_db()
    assert intent.state == IntentState.PAID


def test_paying_the_old_page_closes_the_new_code(till: Till) -> None:
    intent = till.owe()
    page = till.start(intent, Method.PAGE)
    code = till.start(intent, Method.QR)
    till.simulator.open_cashier(code.action.text)
    till.buy(page)
    assert settle(page.attempt) == SettleResult.PAID
    services.reconcile_due()
    assert till.simulator.trade(code.attempt.out_trade_no)["status"] == "TRADE_CLOSED"


def test_abandoned_intent_expires(till: Till) -> None:
    intent = till.owe()
    started = till.start(intent)
    till.buy(started, "leave")
    assert services.expire_intent(intent_id=intent.pk) == EndResult.NOT_YET
    till.let_expire(intent)
    assert services.expire_intent(intent_id=intent.pk) == EndResult.ENDED
    assert services.expire_intent(intent_id=intent.pk) == EndResult.ENDED
    assert till.order_of(intent).state == "expired"
    assert till.simulator.trade(started.attempt.out_trade_no)["status"] == "TRADE_CLOSED"
    with pytest.raises(IntentClosed):
        till.start(PaymentIntent.objects.get(pk=intent.pk))


def test_expiry_finds_the_money(till: Till) -> None:
    intent = till.owe()
    till.buy(till.start(intent))
    till.let_expire(intent)
    assert services.expire_intent(intent_id=intent.pk) == EndResult.PAID
    assert till.order_of(intent).state == "paid"


def test_expiry_waits_for_an_unclear_gateway_but_not_for_ever(till: Till) -> None:
    intent = till.owe()
    started = till.start(intent)
    cashier = till.simulator.open_cashier(started.action.url)
    till.let_expire(intent)
    till.simulator.fault("alipay.trade.close", "http_500", times=2)
    assert services.expire_intent(intent_id=intent.pk) == EndResult.NOT_YET
    assert till.order_of(intent).state == "pending"
    till.let_expire(intent, ago=timedelta(minutes=16))
    assert services.expire_intent(intent_id=intent.pk) == EndResult.ENDED
    assert till.order_of(intent).state == "expired"
    # The attempt stays unknown and is closed at the gateway as soon as it answers.
    till.make_due()
    services.reconcile_due()
    assert "TRADE_HAS_CLOSE" in till.simulator.choose(cashier, "pay")[1]


def _pay_after_expiry(till: Till, intent: PaymentIntent) -> PaymentAttempt:
    """The gateway was unclear until the hold ended, and the buyer paid."""
    started = till.start(intent)
    cashier = till.simulator.open_cashier(started.action.url)
    till.let_expire(intent, ago=timedelta(minutes=16))
    till.simulator.fault("alipay.trade.close", "http_500")
    assert services.expire_intent(intent_id=intent.pk) == EndResult.ENDED
    till.simulator.choose(cashier, "pay")
    return started.attempt


def test_late_money_takes_the_slot_again(till: Till) -> None:
    intent = till.owe()
    assert settle(_pay_after_expiry(till, intent)) == SettleResult.PAID
    intent.refresh_from_db()
    assert (intent.state, till.order_of(intent).state) == (IntentState.PAID, "paid")


def test_late_money_goes_back_when_the_slot_is_gone(till: Till) -> None:
    order = till.shop.place(slot=7)
    intent = till.owe(order)
    attempt = _pay_after_expiry(till, intent)
    other = till.paid(till.shop.place(slot=7))
    assert settle(attempt) == SettleResult.REFUNDING
    assert settle(attempt) == SettleResult.ALREADY_PAID
    intent.refresh_from_db()
    assert intent.state == IntentState.EXPIRED
    refund = Refund.objects.get()
    assert (refund.reason, refund.state, refund.amount_fen) == (
        RefundReason.LATE,
        RefundState.SUCCEEDED,
        36000,
    )
    assert [news.is_full for news in order.refunds] == [True]
    assert till.simulator.trade(attempt.out_trade_no)["refunded_fen"] == 36000
    assert till.order_of(other).state == "paid"


def test_cancelled_by_the_buyer_then_paid_goes_back(till: Till) -> None:
    intent = till.owe()
    page = till.start(intent)
    assert services.cancel_intent(intent_id=intent.pk) == EndResult.ENDED
    till.buy(page)
    # The last look at a page that could not be closed because nobody had opened it.
    PaymentAttempt.objects.update(next_check_at=timezone.now())
    services.reconcile_due()
    assert Refund.objects.get().reason == RefundReason.LATE
    assert till.simulator.trade(page.attempt.out_trade_no)["refunded_fen"] == 36000


def test_payable_that_breaks_leaves_nothing_half_done(till: Till) -> None:
    intent = till.owe()
    started = till.start(intent)
    till.buy(started)
    with patch.object(Shop, "accept", side_effect=RuntimeError), pytest.raises(RuntimeError):
        settle(started.attempt)
    started.attempt.refresh_from_db()
    assert started.attempt.state == AttemptState.PENDING
    assert settle(started.attempt) == SettleResult.PAID


def test_one_open_intent_per_payable(till: Till) -> None:
    order = till.shop.place()
    first = till.owe(order)
    assert till.owe(order) == first


def test_second_intent_of_a_paid_payable_is_never_accepted(till: Till) -> None:
    order = till.shop.place()
    first = till.owe(order)
    started = till.start(first)
    assert services.cancel_intent(intent_id=first.pk) == EndResult.ENDED
    order.state = "pending"
    second = till.owe(order)
    code = till.start(second)
    till.simulator.open_cashier(code.action.url)
    till.buy(started)
    assert settle(started.attempt) == SettleResult.PAID
    services.reconcile_due()
    assert till.simulator.trade(code.attempt.out_trade_no)["status"] == "TRADE_CLOSED"
    second.refresh_from_db()
    assert second.state == IntentState.CANCELLED
