"""Money back, always by the way it came."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from payments import locks
from payments.enums import IncidentKind, IntentState, RefundReason, RefundState
from payments.errors import NothingToRefund, RefundExceedsPayment, RefundKeyReused
from payments.gateways.base import GatewayRefused, GatewayUnclear, RefundStatus, RefundTruth
from payments.gateways.registry import gateway_for
from payments.ledger.services import Account
from payments.models import PaymentAttempt, PaymentIntent, Refund
from payments.numbers import new_refund_number
from payments.payables import RefundNews, payable_for
from payments.schedule import next_check_after
from payments.services.asking import ask
from payments.services.booking import book_refund, was_undone
from payments.services.incidents import raise_incident
from payments.services.presenting import refund_for_gateway
from payments.signals import refund_arrived, refund_asked
from payments.states import move_intent, move_refund


def request_refund(
    *,
    intent_id: int,
    amount_fen: int,
    reason: RefundReason,
    key: str,
    initiator_id: int | None = None,
) -> Refund:
    """Ask for `amount_fen` of an intent's accepted money back. Joins the caller's transaction.

    `key` names this one act: the same key again returns the same refund. The money is claimed at
    once and sent after commit. Raises NothingToRefund, RefundExceedsPayment, RefundKeyReused.
    """
    with transaction.atomic():
        intent = locks.locked_intent(intent_id)
        if intent.settled_by_id is None:
            raise NothingToRefund
        attempt = locks.locked_attempt(intent.settled_by_id)
        return _claim_refund(attempt, amount_fen, reason, key, initiator_id)


def claim_full_refund(*, attempt: PaymentAttempt, reason: RefundReason) -> Refund:
    """Ask for all of an attempt's money back: it was not accepted. The caller holds its lock."""
    key = f"{reason.value}:{attempt.out_trade_no}"
    return _claim_refund(attempt, attempt.captured_fen, reason, key, None)


def _claim_refund(
    attempt: PaymentAttempt,
    amount_fen: int,
    reason: RefundReason,
    key: str,
    initiator_id: int | None,
) -> Refund:
    existing = Refund.objects.filter(key=key).first()
    if existing:
        if (existing.attempt_id, existing.amount_fen) != (attempt.pk, amount_fen):
            raise RefundKeyReused
        return existing
    if amount_fen <= 0:
        raise RefundExceedsPayment
    claimed = PaymentAttempt.objects.filter(
        pk=attempt.pk, captured_fen__gte=F("refund_claimed_fen") + amount_fen
    ).update(refund_claimed_fen=F("refund_claimed_fen") + amount_fen)
    if not claimed:
        raise RefundExceedsPayment
    refund = Refund.objects.create(
        attempt=attempt,
        key=key,
        out_refund_no=new_refund_number(),
        amount_fen=amount_fen,
        reason=reason,
        initiator_id=initiator_id,
        next_check_at=next_check_after(0, timezone.now()),
    )
    refund_asked.send(sender=Refund, refund=refund)
    # Robust: reconciliation sends it too, so a broker that is away must not break the caller.
    transaction.on_commit(lambda: _send_soon(refund.pk), robust=True)
    return refund


def _send_soon(refund_id: int) -> None:
    from payments.tasks import send_refund_soon  # tasks stand above services

    send_refund_soon.delay(refund_id)


def send_refund(*, refund_id: int) -> RefundState:
    """Send a refund, or learn how a sent one stands; repeats move no more money.

    The row is marked sent before the gateway hears of it. Talks to a gateway: call it outside
    transactions.
    """
    refund = Refund.objects.select_related("attempt__intent").get(pk=refund_id)
    sent_before = refund.state == RefundState.SENT
    if not move_refund(refund_id, RefundState.SENT, sent_at=refund.sent_at or timezone.now()):
        return RefundState(refund.state)
    try:
        truth = _ask_about(refund, sent_before=sent_before)
    except GatewayUnclear:
        return RefundState.SENT
    except GatewayRefused as refusal:
        return _hand_to_people(refund, IncidentKind.REFUND_REFUSED, code=refusal.code)
    if truth.status == RefundStatus.FAILED:
        return _hand_to_people(refund, IncidentKind.REFUND_REFUSED, code=truth.status)
    if truth.status == RefundStatus.SUCCEEDED:
        return _finish_refund(refund, truth)
    return RefundState.SENT


def _ask_about(refund: Refund, *, sent_before: bool) -> RefundTruth:
    gateway = gateway_for(refund.attempt.gateway)
    view = refund_for_gateway(refund)
    if sent_before:
        truth = ask(gateway.query_refund, view)
        if truth.status != RefundStatus.NOT_FOUND:
            return truth
    return ask(gateway.refund, view)


@transaction.atomic
def _hand_to_people(refund: Refund, kind: IncidentKind, **details: object) -> RefundState:
    """It cannot go back by itself. The claim stays: the money is still owed."""
    if move_refund(refund.pk, RefundState.NEEDS_MANUAL, next_check_at=None):
        raise_incident(
            kind=kind,
            key=refund.out_refund_no,
            gateway=refund.attempt.gateway,
            attempt=refund.attempt,
            details={"amount_fen": refund.amount_fen, **details},
        )
    return RefundState.NEEDS_MANUAL


@transaction.atomic(durable=True)
def _finish_refund(refund: Refund, truth: RefundTruth) -> RefundState:
    unlocked = refund.attempt.intent
    payable_for(unlocked.payable_kind).lock(unlocked.payable_id)
    intent = locks.locked_intent(unlocked.pk)
    attempt = locks.locked_attempt(refund.attempt_id)
    if truth.amount_fen != refund.amount_fen:
        return _hand_to_people(refund, IncidentKind.AMOUNT_MISMATCH, told_fen=truth.amount_fen)
    return book_returned(intent, attempt, refund)


def book_returned(
    intent: PaymentIntent,
    attempt: PaymentAttempt,
    refund: Refund,
    *,
    out_of: Account | None = None,
    decided_by_id: int | None = None,
) -> RefundState:
    """A refund reached its payer: say so everywhere, once. The caller holds the locks of payable, intent and attempt."""
    done = move_refund(refund.pk, RefundState.SUCCEEDED, finished_at=timezone.now(), next_check_at=None)
    if not done:
        return RefundState(locks.locked_refund(refund.pk).state)
    attempt.refunded_fen += refund.amount_fen
    attempt.save(update_fields=["refunded_fen"])
    book_refund(intent, attempt, refund, out_of=out_of, decided_by_id=decided_by_id)
    is_full = attempt.refunded_fen == attempt.captured_fen
    if intent.settled_by_id == attempt.pk:
        move_intent(intent.pk, IntentState.REFUNDED if is_full else IntentState.REFUNDED_PART)
    if was_undone(refund):
        # It came back to us once before; the payable was told the first time.
        return RefundState.SUCCEEDED
    payable_for(intent.payable_kind).refunded(
        intent.payable_id,
        refund=RefundNews(
            public_id=refund.public_id,
            amount_fen=refund.amount_fen,
            refunded_total_fen=attempt.refunded_fen,
            captured_fen=attempt.captured_fen,
            reason=refund.reason,
        ),
    )
    refund_arrived.send(sender=Refund, intent=intent, refund=refund)
    return RefundState.SUCCEEDED
