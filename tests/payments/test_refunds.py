"""Money back: once, never too much, never forgotten."""

import pytest

from payments import selectors, services
from payments.enums import IncidentKind, IntentState, RefundReason, RefundState
from payments.errors import NothingToRefund, RefundExceedsPayment, RefundKeyReused
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, Refund
from tests.payments.till import Till
from tests.support.concurrency import run_concurrently


def ask_back(intent: PaymentIntent, fen: int, key: str = "k") -> Refund:
    refund = services.request_refund(intent_id=intent.pk, amount_fen=fen, reason=RefundReason.FAMILY_CANCELLED, key=key)
    refund.refresh_from_db()
    return refund


def refunded_at_alipay(till: Till, intent: PaymentIntent) -> int:
    return till.simulator.trade(intent.settled_by.out_trade_no)["refunded_fen"]


def test_parts_add_up_to_the_whole(till: Till) -> None:
    intent = till.paid()
    assert ask_back(intent, 10000, "a").state == RefundState.SUCCEEDED
    intent.refresh_from_db()
    assert intent.state == IntentState.REFUNDED_PART
    assert selectors.refundable_fen(PaymentIntent.objects.get(pk=intent.pk)) == 26000
    assert ask_back(intent, 26000, "b").state == RefundState.SUCCEEDED
    intent.refresh_from_db()
    assert intent.state == IntentState.REFUNDED
    assert refunded_at_alipay(till, intent) == 36000
    told = till.order_of(intent).refunds
    assert [(n.amount_fen, n.is_full) for n in told] == [(10000, False), (26000, True)]


def test_same_key_is_the_same_refund(till: Till) -> None:
    intent = till.paid()
    assert ask_back(intent, 10000) == ask_back(intent, 10000)
    assert refunded_at_alipay(till, intent) == 10000
    with pytest.raises(RefundKeyReused):
        ask_back(intent, 9999)


@pytest.mark.parametrize("fen", [36001, 0, -1])
def test_amounts_that_cannot_be_are_refused(till: Till, fen: int) -> None:
    intent = till.paid()
    with pytest.raises(RefundExceedsPayment):
        ask_back(intent, fen)
    assert not Refund.objects.exists()
    assert PaymentAttempt.objects.get().refund_claimed_fen == 0


def test_nothing_paid_nothing_back(till: Till) -> None:
    with pytest.raises(NothingToRefund):
        ask_back(till.owe(), 1)


@pytest.mark.parametrize("fault", ["lost_answer", "http_500", "garbage", "system_error"])
def test_unclear_refund_is_found_out_and_moves_money_once(till: Till, fault: str) -> None:
    intent = till.paid()
    till.simulator.fault("alipay.trade.refund", fault)
    refund = ask_back(intent, 10000)
    assert refund.state == RefundState.SENT
    till.make_due()
    services.reconcile_due()
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert refunded_at_alipay(till, intent) == 10000


def test_refused_refund_goes_to_people_and_stays_owed(till: Till) -> None:
    intent = till.paid()
    till.simulator.command("finish", out_trade_no=intent.settled_by.out_trade_no)
    assert ask_back(intent, 10000).state == RefundState.NEEDS_MANUAL
    incident = PaymentIncident.objects.get()
    assert (incident.kind, incident.details["code"]) == (
        IncidentKind.REFUND_REFUSED,
        "ACQ.TRADE_HAS_FINISHED",
    )
    assert selectors.refundable_fen(PaymentIntent.objects.get()) == 26000
    till.make_due()
    services.reconcile_due()
    assert Refund.objects.get().state == RefundState.NEEDS_MANUAL


def test_sending_at_once_from_two_places_moves_money_once(till: Till) -> None:
    intent = till.paid()
    till.simulator.fault("alipay.trade.refund", "http_500")
    refund = ask_back(intent, 10000)
    run_concurrently(lambda _: services.send_refund(refund_id=refund.pk), 3)
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert refunded_at_alipay(till, intent) == 10000
    assert PaymentAttempt.objects.get().refunded_fen == 10000
    assert len(till.order_of(intent).refunds) == 1


def test_refunds_at_once_never_exceed_the_payment(till: Till) -> None:
    intent = till.paid()
    outcomes = run_concurrently(lambda n: ask_back(intent, 20000, f"k{n}"), 4)
    assert sorted(type(o.error).__name__ for o in outcomes) == ["NoneType"] + ["RefundExceedsPayment"] * 3
    assert refunded_at_alipay(till, intent) == 20000
