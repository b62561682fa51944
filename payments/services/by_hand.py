"""What people do about money when gateways cannot: refunds made elsewhere, and money that contradicts our rows.

Whoever calls these has two people's word for it (payments.books). All join the caller's transaction.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from payments import locks
from payments.enums import AttemptState, RefundReason, RefundState
from payments.errors import NothingToRefund, RefundExceedsPayment
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import JournalEntry
from payments.ledger.services import Account, post
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, Refund
from payments.numbers import new_refund_number
from payments.payables import payable_for
from payments.services.refunding import book_returned, send_refund
from payments.states import move_attempt


def external_key(gateway: str, number: str) -> str:
    """The key of a refund that was made on the company's own pages under the company's number."""
    return f"external:{gateway}:{number}"[:100]


def suspense_fen(attempt: PaymentAttempt) -> int:
    """What the ledger holds of an attempt's contradicting money, in fen; 0 when nothing was booked."""
    entry = JournalEntry.objects.filter(key=f"suspense:{attempt.out_trade_no}").first()
    leg = entry.legs.filter(account=AccountKind.CLEARING).first() if entry else None
    return leg.amount_fen if leg else 0


def retry_refund(*, refund_id: int) -> RefundState:
    """Send a refund that needed people once more, under the number it has; the company moves it once.

    Talks to a gateway: call it outside transactions.
    """
    Refund.objects.filter(pk=refund_id, state=RefundState.NEEDS_MANUAL).update(
        state=RefundState.SENT, next_check_at=timezone.now()
    )
    return send_refund(refund_id=refund_id)


@transaction.atomic
def finish_by_hand(*, refund_id: int, decided_by_id: int) -> Refund:
    """A refund that would not go back was given from our bank account. Raises NothingToRefund when it has gone."""
    refund = Refund.objects.select_related("attempt__intent").get(pk=refund_id)
    intent, attempt = _locked(refund.attempt)
    refund = locks.locked_refund(refund_id)
    if refund.state != RefundState.NEEDS_MANUAL:
        raise NothingToRefund
    book_returned(intent, attempt, refund, out_of=Account(AccountKind.BANK), decided_by_id=decided_by_id)
    refund.refresh_from_db()
    return refund


@transaction.atomic
def record_external_refund(*, attempt_id: int, number: str, amount_fen: int, decided_by_id: int) -> Refund:
    """Book a refund that somebody made on the company's pages under the company's `number`; the same again is one.

    One of ours of the same amount that waited for people is taken to be it. Raises NothingToRefund for an attempt that
    brought nothing, RefundExceedsPayment when more would have gone back than came.
    """
    intent, attempt = _locked(PaymentAttempt.objects.select_related("intent").get(pk=attempt_id))
    known = Refund.objects.filter(key=external_key(attempt.gateway, number)).first()
    if known is not None:
        return known
    if attempt.state != AttemptState.SUCCEEDED:
        raise NothingToRefund
    waiting = Refund.objects.filter(attempt=attempt, state=RefundState.NEEDS_MANUAL, amount_fen=amount_fen)
    refund = waiting.first() or _claimed(attempt, number, amount_fen, decided_by_id)
    attempt = locks.locked_attempt(attempt.pk)
    book_returned(intent, attempt, refund, decided_by_id=decided_by_id)
    refund.refresh_from_db()
    return refund


def _claimed(attempt: PaymentAttempt, number: str, amount_fen: int, decided_by_id: int) -> Refund:
    claimed = PaymentAttempt.objects.filter(
        pk=attempt.pk, captured_fen__gte=F("refund_claimed_fen") + amount_fen
    ).update(refund_claimed_fen=F("refund_claimed_fen") + amount_fen)
    if not claimed:
        raise RefundExceedsPayment
    now = timezone.now()
    return Refund.objects.create(
        attempt=attempt,
        key=external_key(attempt.gateway, number),
        out_refund_no=new_refund_number(),
        amount_fen=amount_fen,
        reason=RefundReason.REVIEW,
        state=RefundState.SENT,
        initiator_id=decided_by_id,
        sent_at=now,
    )


@transaction.atomic
def book_suspense_return(*, attempt_id: int, number: str, decided_by_id: int) -> JournalEntry:
    """Money that contradicted our rows went back in full under `number`: end its attempt, close what it opened.

    Raises NothingToRefund when the attempt holds no such money (any more).
    """
    attempt = PaymentAttempt.objects.select_related("intent").get(pk=attempt_id)
    _, attempt = _locked(attempt)
    amount_fen = suspense_fen(attempt)
    if not amount_fen or not move_attempt(attempt.pk, AttemptState.RETURNED):
        raise NothingToRefund
    PaymentIncident.objects.filter(attempt=attempt, closed_at=None).update(closed_at=timezone.now())
    return post(
        key=f"suspense_return:{number}"[:150],
        kind=EntryKind.REFUND,
        legs=[
            (Account(AccountKind.SUSPENSE, attempt.gateway), amount_fen),
            (Account(AccountKind.CLEARING, attempt.gateway), -amount_fen),
        ],
        decided_by_id=decided_by_id,
    )


def _locked(attempt: PaymentAttempt) -> tuple[PaymentIntent, PaymentAttempt]:
    unlocked = attempt.intent
    payable_for(unlocked.payable_kind).lock(unlocked.payable_id)
    return locks.locked_intent(unlocked.pk), locks.locked_attempt(attempt.pk)
