"""Refunds that succeeded and then came back: the payer's card was gone, and the money is with us again."""

from django.db import transaction
from django.utils import timezone

from payments import locks
from payments.enums import IncidentKind, IntentState, RefundState
from payments.gateways.base import GatewayRefused, RefundStatus
from payments.gateways.registry import gateway_for
from payments.models import PaymentAttempt, PaymentIntent, Refund
from payments.payables import payable_for
from payments.services.asking import ask
from payments.services.booking import book_refund_undone, was_undone
from payments.services.incidents import raise_incident
from payments.services.presenting import refund_for_gateway
from payments.services.refunding import send_refund


def look_at_refund(*, refund_id: int) -> RefundState:
    """Learn how a refund stands because its company spoke of it, one that succeeded too.

    Talks to a gateway: call it outside transactions. Raises GatewayUnclear where nobody would look again by themselves.
    """
    refund = Refund.objects.select_related("attempt__intent").get(pk=refund_id)
    if refund.state != RefundState.SUCCEEDED:
        return send_refund(refund_id=refund_id)
    try:
        truth = ask(gateway_for(refund.attempt.gateway).query_refund, refund_for_gateway(refund))
    except GatewayRefused:
        return RefundState.SUCCEEDED
    if truth.status == RefundStatus.FAILED:
        return _take_back(refund)
    return RefundState.SUCCEEDED


@transaction.atomic(durable=True)
def _take_back(refund: Refund) -> RefundState:
    """Owe the money again and hand it to people. The payable is told nothing: what it gave up stays given up."""
    unlocked = refund.attempt.intent
    payable_for(unlocked.payable_kind).lock(unlocked.payable_id)
    intent = locks.locked_intent(unlocked.pk)
    attempt = locks.locked_attempt(refund.attempt_id)
    refund = locks.locked_refund(refund.pk)
    # One that people gave back by another way after it failed is not failed by hearing of it again.
    if refund.state != RefundState.SUCCEEDED or was_undone(refund):
        return RefundState(refund.state)
    Refund.objects.filter(pk=refund.pk).update(state=RefundState.NEEDS_MANUAL, finished_at=None)
    attempt.refunded_fen -= refund.amount_fen
    attempt.save(update_fields=["refunded_fen"])
    _restate(intent, attempt)
    book_refund_undone(refund)
    raise_incident(
        kind=IncidentKind.REFUND_REFUSED,
        key=refund.out_refund_no,
        gateway=attempt.gateway,
        attempt=attempt,
        details={"amount_fen": refund.amount_fen, "code": "came_back", "at": timezone.now().isoformat()},
    )
    return RefundState.NEEDS_MANUAL


def _restate(intent: PaymentIntent, attempt: PaymentAttempt) -> None:
    if intent.settled_by_id == attempt.pk:
        left = IntentState.REFUNDED_PART if attempt.refunded_fen else IntentState.PAID
        PaymentIntent.objects.filter(pk=intent.pk).update(state=left)
