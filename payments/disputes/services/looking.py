"""The one way in which a dispute moves: ask the company, lock, and book what it says. Repeats do nothing."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from payments import locks
from payments.disputes.enums import DisputeState
from payments.disputes.locks import locked_dispute
from payments.disputes.models import Dispute
from payments.disputes.services.asking import disputing_gateway
from payments.disputes.services.booking import book_held, book_loss
from payments.disputes.services.telling import tell_finance
from payments.disputes.states import SOURCES, STATE_OF
from payments.enums import AttemptState, IncidentKind
from payments.gateways.accounting import DisputeTruth
from payments.gateways.base import GatewayRefused
from payments.models import PaymentAttempt, PaymentIntent
from payments.payables import payable_for
from payments.schedule import next_check_after
from payments.services import settle_payment
from payments.services.asking import ask
from payments.services.incidents import raise_incident


def look_at_dispute(*, gateway_code: str, ref: str) -> str:
    """Learn how a dispute stands and book it; returns what is wrong with it, or "".

    Talks to a gateway: call it outside transactions. Raises GatewayUnclear: ask again later.
    """
    asked_at = timezone.now()
    try:
        truth = ask(disputing_gateway(gateway_code).query_dispute, ref)
    except GatewayRefused as refusal:
        return f"refused: {refusal.code}"
    return take_truth(gateway_code=gateway_code, truth=truth, asked_at=asked_at)


def check_dispute(*, dispute_id: int) -> str:
    """Look at a known dispute again; what was booked is all booked, nothing is looked at once it is final."""
    dispute = Dispute.objects.get(pk=dispute_id)
    return look_at_dispute(gateway_code=dispute.gateway, ref=dispute.ref)


def take_truth(*, gateway_code: str, truth: DisputeTruth, asked_at: datetime) -> str:
    """Book what the company said when it was asked at `asked_at`; returns what is wrong, or ""."""
    attempt = _attempt_of(gateway_code, truth)
    if attempt is None:
        raise_incident(
            kind=IncidentKind.UNKNOWN_TRADE,
            key=f"dispute:{truth.ref}",
            gateway=gateway_code,
            details={"told_fen": truth.amount_fen, "ref": truth.ref},
        )
        return "unknown trade"
    if attempt.state != AttemptState.SUCCEEDED:
        # What is disputed was paid: the news of the payment was lost, or is still to come.
        settle_payment(out_trade_no=attempt.out_trade_no)
    return _book(attempt, truth, asked_at)


def _attempt_of(gateway_code: str, truth: DisputeTruth) -> PaymentAttempt | None:
    attempts = PaymentAttempt.objects.select_related("intent").filter(gateway=gateway_code)
    if truth.out_trade_no and (found := attempts.filter(out_trade_no=truth.out_trade_no).first()):
        return found
    return attempts.filter(provider_ref=truth.provider_ref).first() if truth.provider_ref else None


@transaction.atomic(durable=True)
def _book(attempt: PaymentAttempt, truth: DisputeTruth, asked_at: datetime) -> str:
    unlocked = attempt.intent
    payable_for(unlocked.payable_kind).lock(unlocked.payable_id)
    intent = locks.locked_intent(unlocked.pk)
    attempt = locks.locked_attempt(attempt.pk)
    known = locked_dispute(attempt.gateway, truth.ref)
    if known is not None and asked_at < known.heard_at:
        return ""
    dispute = known or _new(attempt, truth, asked_at)
    dispute.heard_at = asked_at
    was, becomes = DisputeState(dispute.state), STATE_OF[truth.status]
    if was not in SOURCES[becomes] or _contradicts(dispute, truth):
        dispute.save(update_fields=["heard_at"])
        return _contradiction(dispute, truth)
    _move(dispute, intent, attempt, truth)
    if known is None or was != becomes:
        tell_finance(dispute)
    return ""


def _new(attempt: PaymentAttempt, truth: DisputeTruth, asked_at: datetime) -> Dispute:
    now = timezone.now()
    return Dispute.objects.create(
        attempt=attempt,
        gateway=attempt.gateway,
        ref=truth.ref,
        amount_fen=truth.amount_fen,
        reason=truth.reason[:64],
        opened_at=truth.opened_at or now,
        heard_at=asked_at,
        next_check_at=next_check_after(0, now),
    )


def _contradicts(dispute: Dispute, truth: DisputeTruth) -> bool:
    """A lost dispute is booked to the end: what the company takes or gives afterwards is for people."""
    return dispute.state == DisputeState.LOST and truth.held_fen != dispute.held_fen


def _contradiction(dispute: Dispute, truth: DisputeTruth) -> str:
    raise_incident(
        kind=IncidentKind.AMOUNT_MISMATCH,
        key=f"dispute:{dispute.ref}",
        gateway=dispute.gateway,
        attempt=dispute.attempt,
        details={"was": dispute.state, "told": truth.status, "told_fen": truth.held_fen, "ref": dispute.ref},
    )
    return "decided otherwise before"


def _move(dispute: Dispute, intent: PaymentIntent, attempt: PaymentAttempt, truth: DisputeTruth) -> None:
    was_lost = dispute.state == DisputeState.LOST
    dispute.amount_fen, dispute.respond_by = truth.amount_fen, truth.respond_by
    dispute.state = STATE_OF[truth.status]
    book_held(dispute, intent, truth)
    if dispute.state == DisputeState.WON:
        _release(dispute, attempt)
    elif not was_lost:
        _claim(dispute, attempt)
    if dispute.state == DisputeState.LOST and not was_lost:
        book_loss(dispute, intent, attempt)
    if not dispute.is_open:
        dispute.closed_at = dispute.closed_at or timezone.now()
        if dispute.state == DisputeState.LOST or not dispute.held_fen:
            dispute.next_check_at = None
    dispute.save()


def _claim(dispute: Dispute, attempt: PaymentAttempt) -> None:
    """No refund may give back what the bank holds. An inquiry holds nothing: refunding is a good answer to it."""
    wanted = min(dispute.held_fen, dispute.amount_fen) - dispute.claimed_fen
    more = min(wanted, attempt.captured_fen - attempt.refund_claimed_fen)
    if more > 0:
        dispute.claimed_fen += more
        _set_claimed(attempt, attempt.refund_claimed_fen + more)


def _release(dispute: Dispute, attempt: PaymentAttempt) -> None:
    if dispute.claimed_fen:
        _set_claimed(attempt, attempt.refund_claimed_fen - dispute.claimed_fen)
        dispute.claimed_fen = 0


def _set_claimed(attempt: PaymentAttempt, fen: int) -> None:
    attempt.refund_claimed_fen = fen
    attempt.save(update_fields=["refund_claimed_fen"])
