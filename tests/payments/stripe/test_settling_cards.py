"""Paying an intent by card, from the page to the ledger: 3-D Secure, declines, lost answers, refunds that come back."""

from datetime import timedelta
from urllib.error import HTTPError

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
from payments.errors import GatewayBusy
from payments.ledger.enums import AccountKind
from payments.ledger.models import JournalEntry
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, Refund
from payments.services.by_hand import finish_by_hand
from payments.services.returning import look_at_refund
from tests.payments.simulated import Simulator
from tests.payments.stripe.card_till import CardTill


def test_card_pays_and_the_handle_is_kept(card_till: CardTill) -> None:
    intent = card_till.paid()
    paid = intent.settled_by
    assert (intent.state, paid.method) == (IntentState.PAID, Method.CARD)
    assert paid.handle == card_till.simulator.trade(paid.out_trade_no)["session"]
    assert paid.provider_ref.startswith("pi_")
    assert card_till.order_of(intent).state == "paid"


@pytest.mark.parametrize("act", ["0002", "9995"])
def test_declined_card_may_be_followed_by_another_on_the_same_page(card_till: CardTill, act: str) -> None:
    intent = card_till.owe()
    started = card_till.start(intent)
    card_till.buy(started, act)
    assert card_till.settle(intent) == SettleResult.WAITING
    card_till.buy(started)
    assert card_till.settle(intent) == SettleResult.PAID
    assert PaymentAttempt.objects.count() == 1


@pytest.mark.parametrize(
    ("act", "result"),
    [
        ("verify-pass", SettleResult.PAID),
        ("verify-fail", SettleResult.WAITING),
        ("verify-leave", SettleResult.WAITING),
    ],
)
def test_three_d_secure(card_till: CardTill, act: str, result: SettleResult) -> None:
    intent = card_till.owe()
    started = card_till.start(intent)
    card_till.buy(started, "3220")
    assert card_till.settle(intent) == SettleResult.WAITING
    card_till.buy(started, act)
    assert card_till.settle(intent) == result
    if result == SettleResult.WAITING:
        assert services.cancel_intent(intent_id=intent.pk) == EndResult.ENDED
        assert card_till.simulator.trade(started.attempt.out_trade_no)["status"] == "expired"


def test_lost_answer_is_found_and_paid_once(card_till: CardTill) -> None:
    intent = card_till.owe()
    card_till.simulator.fault("sessions.create", "lost_answer")
    with pytest.raises(GatewayBusy):
        card_till.start(intent)
    attempt = PaymentAttempt.objects.get()
    assert (attempt.state, attempt.handle) == (AttemptState.UNKNOWN, "")
    card_till.simulator.command("pay", out_trade_no=attempt.out_trade_no)
    card_till.make_due()
    services.reconcile_due()
    assert PaymentIntent.objects.get().state == IntentState.PAID


def test_lost_answer_and_another_click_lead_to_the_same_page(card_till: CardTill) -> None:
    intent = card_till.owe()
    card_till.simulator.fault("sessions.create", "lost_answer")
    with pytest.raises(GatewayBusy):
        card_till.start(intent)
    card_till.buy(card_till.start(intent))
    assert card_till.settle(intent) == SettleResult.PAID
    assert len(card_till.simulator.trades()) == 1


def test_failure_that_the_key_repeats_lets_the_payer_try_again(card_till: CardTill) -> None:
    intent = card_till.owe()
    card_till.simulator.fault("sessions.create", "http_500")
    with pytest.raises(GatewayBusy):
        card_till.start(intent)
    card_till.buy(card_till.start(intent))
    assert card_till.settle(intent) == SettleResult.PAID
    assert len(card_till.simulator.trades()) == 1


def test_hold_shorter_than_the_page_is_closed_by_us(card_till: CardTill) -> None:
    intent = card_till.owe(seconds=300)
    started = card_till.start(intent)
    card_till.let_expire(intent)
    assert services.expire_intent(intent_id=intent.pk) == EndResult.ENDED
    card_till.buy(started)
    with pytest.raises(HTTPError):  # nor by a command, as no buyer could
        card_till.simulator.command("pay", out_trade_no=started.attempt.out_trade_no)
    assert card_till.simulator.trade(started.attempt.out_trade_no)["status"] == "expired"
    assert card_till.order_of(intent).state == "expired"


def test_close_that_fails_and_money_that_still_comes_goes_back(card_till: CardTill) -> None:
    order = card_till.shop.place(slot=7)
    intent = card_till.owe(order, seconds=300)
    started = card_till.start(intent)
    card_till.let_expire(intent, ago=timedelta(minutes=11))
    card_till.simulator.fault("sessions.expire", "http_503", times=2)
    assert services.expire_intent(intent_id=intent.pk) == EndResult.ENDED
    card_till.shop.place(slot=7)
    card_till.buy(started)
    PaymentAttempt.objects.update(next_check_at=timezone.now())
    services.reconcile_due()
    card_till.make_due()
    services.reconcile_due()
    assert card_till.simulator.trade(started.attempt.out_trade_no)["refunded_fen"] == 36000
    assert [news.reason for news in order.refunds] == [RefundReason.LATE]


def test_bank_that_takes_its_time_outlives_the_hold(card_till: CardTill) -> None:
    intent = card_till.owe(seconds=300)
    card_till.buy(card_till.start(intent), "9010")
    card_till.let_expire(intent)
    assert services.expire_intent(intent_id=intent.pk) == EndResult.NOT_YET
    card_till.simulator.command("clock", advance=1801)
    assert services.expire_intent(intent_id=intent.pk) == EndResult.PAID


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("wrong_amount", IncidentKind.AMOUNT_MISMATCH),
        ("wrong_currency", IncidentKind.MERCHANT_MISMATCH),
        ("live", IncidentKind.MERCHANT_MISMATCH),
    ],
)
def test_money_that_is_not_as_agreed_goes_to_people(card_till: CardTill, fault: str, kind: IncidentKind) -> None:
    intent = card_till.owe()
    card_till.buy(card_till.start(intent))
    card_till.simulator.fault("sessions.retrieve", fault)
    assert card_till.settle(intent) == SettleResult.REVIEW
    assert PaymentIncident.objects.get().kind == kind
    assert card_till.order_of(intent).state == "pending"


def ask_back(intent: PaymentIntent, fen: int = 36000) -> Refund:
    refund = services.request_refund(intent_id=intent.pk, amount_fen=fen, reason=RefundReason.GOODWILL, key="k1")
    refund.refresh_from_db()
    return refund


def test_refund_on_its_way_fails_and_goes_to_people(card_till: CardTill) -> None:
    intent = card_till.paid()
    card_till.simulator.fault("refunds.create", "pending")
    refund = ask_back(intent)
    assert refund.state == RefundState.SENT
    card_till.simulator.command("refund", out_refund_no=refund.out_refund_no, status="failed")
    assert card_till.deliver(card_till.events("refund.failed")[0]) == 200
    refund.refresh_from_db()
    assert refund.state == RefundState.NEEDS_MANUAL
    assert PaymentIncident.objects.get().kind == IncidentKind.REFUND_REFUSED
    assert not card_till.order_of(intent).refunds


def orders_of(refund: Refund) -> int:
    """What a refund's entries left in what we owe customers."""
    entries = JournalEntry.objects.filter(key__contains=refund.out_refund_no)
    legs = [leg for entry in entries for leg in entry.legs.filter(account=AccountKind.ORDERS)]
    return sum(leg.amount_fen for leg in legs)


def test_refund_that_succeeded_comes_back_and_is_owed_again(card_till: CardTill) -> None:
    intent = card_till.paid()
    refund = ask_back(intent)
    assert (refund.state, orders_of(refund)) == (RefundState.SUCCEEDED, 36000)
    card_till.simulator.command("refund", out_refund_no=refund.out_refund_no, status="failed")
    for event in (*card_till.events("refund.failed"), *card_till.events("refund.updated")):
        assert card_till.deliver(event) == 200
    refund.refresh_from_db()
    intent.refresh_from_db()
    paid = PaymentAttempt.objects.get()
    assert (refund.state, intent.state) == (RefundState.NEEDS_MANUAL, IntentState.PAID)
    assert (paid.refunded_fen, paid.refund_claimed_fen, orders_of(refund)) == (0, 36000, 0)

    finish_by_hand(refund_id=refund.pk, decided_by_id=None)  # the ledger would keep the user for ever
    refund.refresh_from_db()
    assert (refund.state, orders_of(refund)) == (RefundState.SUCCEEDED, 36000)
    assert len(card_till.order_of(intent).refunds) == 1
    assert look_at_refund(refund_id=refund.pk) == RefundState.SUCCEEDED


def test_unclear_look_at_a_refund_waits(card_till: CardTill) -> None:
    intent = card_till.paid()
    refund = ask_back(intent)
    card_till.simulator.command("refund", out_refund_no=refund.out_refund_no, status="failed")
    card_till.simulator.fault("refunds.list", "http_503")
    card_till.deliver(card_till.events("refund.failed")[0])
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    card_till.make_due()
    services.reconcile_due()
    refund.refresh_from_db()
    assert refund.state == RefundState.NEEDS_MANUAL


def test_refund_made_on_stripes_pages_is_noticed(card_till: CardTill, stripe_simulator: Simulator) -> None:
    intent = card_till.paid()
    stripe_simulator.command("foreign_refund", out_trade_no=intent.settled_by.out_trade_no)
    card_till.deliver(card_till.events("refund.created")[0])
    incident = PaymentIncident.objects.get()
    assert incident.kind == IncidentKind.UNKNOWN_REFUND
    assert incident.details["ref"].startswith("re_")
