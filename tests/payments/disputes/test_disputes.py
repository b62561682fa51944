"""Disputed cards from the bank's first word to its last: ledger, refunds, order, repeats, lost messages."""

from collections import Counter

import pytest
from django.utils import timezone

from payments import selectors, services
from payments.disputes.enums import DisputeState
from payments.disputes.errors import AnswerUnclear, NotAwaitingAnswer
from payments.disputes.models import Dispute
from payments.disputes.proof import _proofs, drafted_evidence, register_proof
from payments.disputes.services import answer_dispute, look_at_dispute
from payments.disputes.services.asking import disputing_gateway
from payments.disputes.services.looking import take_truth
from payments.enums import IncidentKind, IntentState, RefundReason, RefundState
from payments.errors import RefundExceedsPayment
from payments.gateways.base import GatewayUnclear
from payments.ledger.models import JournalEntry
from payments.ledger.selectors import total_fen
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, Refund
from tests.factories import make_staff
from tests.payments.shop import Shop
from tests.payments.stripe.card_till import CardTill
from tests.support.concurrency import run_concurrently

FEE = 11000


def disputed(card_till: CardTill, intent: PaymentIntent, **how: object) -> str:
    """Let the payer's bank ask; returns the company's name of the dispute."""
    opened = card_till.simulator.command("dispute", out_trade_no=intent.attempts.get().out_trade_no, **how)
    return opened["dispute"]["id"]


def decide(card_till: CardTill, ref: str, status: str) -> None:
    card_till.simulator.command("decide", ref=ref, status=status)


def look(ref: str) -> Dispute:
    """Ask and book, and read the row."""
    assert look_at_dispute(gateway_code="stripe", ref=ref) == ""
    return Dispute.objects.get(ref=ref)


def moved(intent: PaymentIntent) -> dict[str, int]:
    """What all entries of an intent's attempt, its refunds and disputes left in each account."""
    attempt = intent.attempts.get()
    keys = [f"capture:{attempt.out_trade_no}"]
    keys += [f"refund:{refund.out_refund_no}" for refund in attempt.refunds.all()]
    found = JournalEntry.objects.filter(key__in=keys)
    for dispute in attempt.disputes.all():
        found |= JournalEntry.objects.filter(key__startswith=f"dispute:stripe:{dispute.ref}:")
    sums: Counter[str] = Counter()
    for entry in found.prefetch_related("legs"):
        for leg in entry.legs.all():
            sums[leg.account] += leg.amount_fen
    return {account: fen for account, fen in sums.items() if fen}


def ask_back(intent: PaymentIntent, fen: int, key: str = "k1") -> Refund:
    refund = services.request_refund(intent_id=intent.pk, amount_fen=fen, reason=RefundReason.GOODWILL, key=key)
    refund.refresh_from_db()
    return refund


def test_money_in_dispute_stands_apart(card_till: CardTill) -> None:
    intent = card_till.paid()
    dispute = look(disputed(card_till, intent, reason="fraudulent"))
    assert (dispute.state, dispute.amount_fen, dispute.fee_fen) == (DisputeState.NEEDS_RESPONSE, 36000, FEE)
    assert (dispute.reason, dispute.attempt) == ("fraudulent", intent.settled_by)
    assert dispute.respond_by > timezone.now()
    assert moved(intent) == {"orders": -36000, "disputes": 36000, "fees": FEE, "clearing": -FEE}
    assert total_fen() == 0


def test_nothing_is_refunded_while_the_bank_holds_it(card_till: CardTill) -> None:
    intent = card_till.paid()
    look(disputed(card_till, intent, amount=30000))
    with pytest.raises(RefundExceedsPayment):
        ask_back(intent, 6001)
    assert ask_back(intent, 6000).state == RefundState.NEEDS_MANUAL  # Stripe refunds nothing that is disputed
    assert selectors.refundable_fen(PaymentIntent.objects.get()) == 0


def test_won_money_comes_back_and_can_be_refunded(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    look(ref)
    decide(card_till, ref, "won")
    dispute = look(ref)
    assert (dispute.state, dispute.held_fen, dispute.claimed_fen) == (DisputeState.WON, 0, 0)
    assert (dispute.closed_at is not None, dispute.next_check_at) == (True, None)
    assert moved(intent) == {"orders": -36000, "clearing": 36000}
    assert selectors.refundable_fen(PaymentIntent.objects.get()) == 36000
    assert not card_till.order_of(intent).refunds


def test_lost_money_is_told_like_a_refund(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    look(ref)
    decide(card_till, ref, "lost")
    dispute = look(ref)
    intent.refresh_from_db()
    [news] = card_till.order_of(intent).refunds
    assert (news.reason, news.amount_fen, news.is_full) == (RefundReason.CHARGEBACK, 36000, True)
    assert (intent.state, dispute.refund.public_id) == (IntentState.REFUNDED, news.public_id)
    paid = PaymentAttempt.objects.get()
    assert (paid.refunded_fen, paid.refund_claimed_fen) == (36000, 36000)
    assert moved(intent) == {"fees": FEE, "clearing": -FEE}
    assert dispute.refund.state == RefundState.SUCCEEDED
    assert services.send_refund(refund_id=dispute.refund.pk) == RefundState.SUCCEEDED
    assert card_till.simulator.trade(paid.out_trade_no)["refunded_fen"] == 0


def test_first_heard_of_when_it_is_lost(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent, amount=20000)
    decide(card_till, ref, "lost")
    assert look(ref).state == DisputeState.LOST
    intent.refresh_from_db()
    assert intent.state == IntentState.REFUNDED_PART
    assert moved(intent) == {"orders": -16000, "fees": FEE, "clearing": 16000 - FEE}
    assert ask_back(intent, 16000).state == RefundState.NEEDS_MANUAL


def test_chargeback_of_what_was_refunded_is_our_loss_and_told_once(card_till: CardTill) -> None:
    intent = card_till.paid()
    assert ask_back(intent, 36000).state == RefundState.SUCCEEDED
    ref = disputed(card_till, intent)
    assert look(ref).claimed_fen == 0
    decide(card_till, ref, "lost")
    dispute = look(ref)
    assert dispute.refund is None
    assert [news.reason for news in card_till.order_of(intent).refunds] == [RefundReason.GOODWILL]
    assert moved(intent) == {"losses": 36000, "fees": FEE, "clearing": -36000 - FEE}
    assert PaymentAttempt.objects.get().refunded_fen == 36000


def test_chargeback_after_part_was_refunded(card_till: CardTill) -> None:
    intent = card_till.paid()
    ask_back(intent, 10000)
    ref = disputed(card_till, intent)
    decide(card_till, ref, "lost")
    look(ref)
    paid = PaymentAttempt.objects.get()
    assert (paid.refunded_fen, paid.captured_fen) == (36000, 36000)
    assert [news.amount_fen for news in card_till.order_of(intent).refunds] == [10000, 26000]
    assert moved(intent) == {"losses": 10000, "fees": FEE, "clearing": -10000 - FEE}


def test_refund_that_the_dispute_stopped_is_done_by_losing(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    refund = ask_back(intent, 36000)
    assert refund.state == RefundState.NEEDS_MANUAL
    assert look(ref).claimed_fen == 0
    decide(card_till, ref, "lost")
    look(ref)
    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert moved(intent) == {"fees": FEE, "clearing": -FEE}
    assert len(card_till.order_of(intent).refunds) == 1


def test_inquiry_takes_nothing_and_a_refund_answers_it(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent, inquiry=True)
    dispute = look(ref)
    assert (dispute.state, dispute.held_fen, dispute.claimed_fen) == (DisputeState.NEEDS_RESPONSE, 0, 0)
    assert ask_back(intent, 36000).state == RefundState.SUCCEEDED
    decide(card_till, ref, "warning_closed")
    assert look(ref).state == DisputeState.WON
    assert moved(intent) == {}


def test_messages_in_any_order_and_number_give_one_outcome(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    decide(card_till, ref, "lost")
    for event in [*reversed(card_till.events("charge.dispute.")), *card_till.events("charge.dispute.")]:
        assert card_till.deliver(event) == 200
    assert Dispute.objects.get().state == DisputeState.LOST
    assert len(card_till.order_of(intent).refunds) == 1
    assert moved(intent) == {"fees": FEE, "clearing": -FEE}
    assert not PaymentIncident.objects.exists()


def test_answer_to_an_earlier_question_changes_nothing(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    before = timezone.now()
    stale = disputing_gateway("stripe").query_dispute(ref)
    decide(card_till, ref, "won")
    look(ref)
    assert take_truth(gateway_code="stripe", truth=stale, asked_at=before) == ""
    assert moved(intent) == {"orders": -36000, "clearing": 36000}


def test_looking_from_many_places_at_once_books_once(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    decide(card_till, ref, "lost")
    outcomes = run_concurrently(lambda _: look_at_dispute(gateway_code="stripe", ref=ref), 4)
    assert [outcome.error for outcome in outcomes] == [None] * 4
    assert len(card_till.order_of(intent).refunds) == 1
    assert moved(intent) == {"fees": FEE, "clearing": -FEE}


def test_outcome_is_found_without_any_message(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    look(ref)
    decide(card_till, ref, "won")
    Dispute.objects.update(next_check_at=timezone.now())
    services.reconcile_due()
    assert Dispute.objects.get().state == DisputeState.WON
    assert services.reconcile_due() == 0


def test_dispute_of_a_payment_whose_news_was_lost(card_till: CardTill) -> None:
    intent = card_till.owe()
    card_till.buy(card_till.start(intent))
    dispute = look(disputed(card_till, intent))
    assert PaymentIntent.objects.get().state == IntentState.PAID
    assert dispute.claimed_fen == 36000


def test_dispute_of_a_payment_that_is_not_ours(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    PaymentAttempt.objects.update(out_trade_no="another", provider_ref="pi_another")
    assert look_at_dispute(gateway_code="stripe", ref=ref) == "unknown trade"
    assert PaymentIncident.objects.get().kind == IncidentKind.UNKNOWN_TRADE
    assert not Dispute.objects.exists()


def test_payment_without_our_number_is_found_by_the_companys(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    PaymentAttempt.objects.update(out_trade_no="mirrored")
    assert look(ref).attempt.pk == intent.settled_by_id


def test_bank_that_decides_otherwise_afterwards_is_for_people(card_till: CardTill) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    decide(card_till, ref, "lost")
    look(ref)
    [row] = card_till.simulator.command("objects", object="dispute")["objects"]
    assert row["status"] == "lost"
    Dispute.objects.update(held_fen=30000)
    assert look_at_dispute(gateway_code="stripe", ref=ref) == "decided otherwise before"
    assert PaymentIncident.objects.get().kind == IncidentKind.AMOUNT_MISMATCH
    assert len(card_till.order_of(intent).refunds) == 1


@pytest.mark.parametrize("fault", ["http_503", "lost_answer", "garbage"])
def test_unclear_look_waits_for_the_next(card_till: CardTill, fault: str) -> None:
    intent = card_till.paid()
    ref = disputed(card_till, intent)
    card_till.simulator.fault("disputes.retrieve", fault)
    with pytest.raises(GatewayUnclear):
        look_at_dispute(gateway_code="stripe", ref=ref)
    card_till.simulator.fault("disputes.retrieve", fault)
    assert card_till.deliver(card_till.events("charge.dispute.created")[0]) == 200
    assert not Dispute.objects.exists()
    card_till.make_due()
    services.reconcile_due()
    assert Dispute.objects.get().held_fen == 36000


@pytest.fixture
def staff(card_till: CardTill):
    person = make_staff(duties=["finance"])
    yield person
    Dispute.objects.all().delete()
    person.delete()


def answer(dispute: Dispute, staff, words: str = "订单已完成。") -> None:
    answer_dispute(public_id=dispute.public_id, evidence=words, answered_by_id=staff.pk)


def test_answer_goes_to_the_bank_once(card_till: CardTill, staff) -> None:
    dispute = look(disputed(card_till, card_till.paid()))
    answer(dispute, staff)
    dispute.refresh_from_db()
    assert (dispute.state, dispute.evidence) == (DisputeState.UNDER_REVIEW, "订单已完成。")
    assert (dispute.answered_by, dispute.answered_at is not None) == (staff, True)
    [row] = card_till.simulator.command("objects", object="dispute")["objects"]
    assert row["evidence"]["uncategorized_text"] == "订单已完成。"
    with pytest.raises(NotAwaitingAnswer):
        answer(dispute, staff, "另一段")
    assert card_till.simulator.calls().count("disputes.update") == 1


@pytest.mark.parametrize("fault", ["http_503", "http_500", "http_500_done", "lost_answer"])
def test_unclear_answer_is_sent_again_as_it_is(card_till: CardTill, staff, fault: str) -> None:
    dispute = look(disputed(card_till, card_till.paid()))
    card_till.simulator.fault("disputes.update", fault)
    with pytest.raises(AnswerUnclear):
        answer(dispute, staff)
    assert Dispute.objects.get().evidence == "订单已完成。"
    answer(dispute, staff)
    found = Dispute.objects.get()
    assert (found.state, found.answered_at is not None) == (DisputeState.UNDER_REVIEW, True)


def test_other_words_do_not_pass_for_the_ones_that_were_taken(card_till: CardTill, staff) -> None:
    dispute = look(disputed(card_till, card_till.paid()))
    card_till.simulator.fault("disputes.update", "lost_answer")
    with pytest.raises(AnswerUnclear):
        answer(dispute, staff)
    with pytest.raises(NotAwaitingAnswer):
        answer(dispute, staff, "另一段")
    [row] = card_till.simulator.command("objects", object="dispute")["objects"]
    assert row["evidence"]["uncategorized_text"] == "订单已完成。"


def test_answer_that_comes_too_late(card_till: CardTill, staff) -> None:
    dispute = look(disputed(card_till, card_till.paid()))
    decide(card_till, dispute.ref, "lost")
    with pytest.raises(NotAwaitingAnswer):
        answer(dispute, staff)
    assert Dispute.objects.get().state == DisputeState.LOST


def test_finance_staff_hear_of_each_step_once(card_till: CardTill, staff) -> None:
    from marketplace.notifications.models import Message

    ref = disputed(card_till, card_till.paid())
    for _ in range(2):
        dispute = look(ref)
    decide(card_till, ref, "won")
    look(ref)
    told = Message.objects.filter(recipient=staff, channel="in_app").order_by("pk")
    assert [each.url for each in told] == [f"/finance/disputes/{dispute.public_id}/"] * 2
    assert "答复" in told[0].body
    assert "判给了我们" in told[1].body


def test_drafted_words_are_neutral(card_till: CardTill) -> None:
    intent = card_till.paid()
    register_proof(Shop.kind, lambda payable_id: ["2026-11-20 已完成 1 项"])
    try:
        text = drafted_evidence(intent.settled_by)
    finally:
        _proofs.pop(Shop.kind)
    assert "健康服务 1 项" in text
    assert "360" in text
    assert "已完成 1 项" in text
    assert card_till.buyer.nickname not in text
