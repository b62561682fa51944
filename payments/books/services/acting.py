"""What each resolution does. Each returns the key of its entry in the ledger, or "" where none is needed."""

from collections.abc import Callable

from django.utils import timezone

from payments.books.enums import DecisionAbout, Resolution
from payments.books.enums import DifferenceKind as Kind
from payments.books.errors import NothingInSuspense, NotWaitingForPeople, RefundNotBookable, StillDiffers
from payments.books.models import Decision, Difference
from payments.books.rules import effect_fen
from payments.books.services.comparing import is_right
from payments.books.services.fees import correct_fee
from payments.books.services.returning import open_suspense_return
from payments.enums import AttemptState, RefundState
from payments.errors import NothingToRefund, RefundExceedsPayment
from payments.gateways.base import GatewayRefused, GatewayUnclear, TradeStatus
from payments.gateways.registry import gateway_for
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import JournalEntry
from payments.ledger.services import Account, post
from payments.models import PaymentAttempt, Refund
from payments.services import send_refund, settle_payment
from payments.services.asking import ask
from payments.services.by_hand import (
    book_suspense_return,
    finish_by_hand,
    record_external_refund,
    retry_refund,
    suspense_fen,
)
from payments.services.presenting import trade_ref


def act(decision: Decision, *, decided_by_id: int) -> str:
    """Do what was decided. Joins the caller's transaction; the caller holds the locks of the books."""
    return _ACTS[Resolution(decision.resolution)](decision, decided_by_id)


def ask_again(difference: Difference) -> None:
    """Let the company tell once more what a difference is about, and book what it says. Outside transactions."""
    attempt = PaymentAttempt.objects.filter(gateway=difference.gateway, out_trade_no=difference.out_trade_no).first()
    match Kind(difference.kind):
        case Kind.MISSING_HERE | Kind.AMOUNT_DIFFERS if attempt is not None:
            settle_payment(out_trade_no=attempt.out_trade_no)
        case Kind.MISSING_THERE if attempt is not None:
            _require_paid_there(attempt)
        case Kind.REFUND_DIFFERS | Kind.REFUND_MISSING:
            _ask_about_refund(difference)


def _require_paid_there(attempt: PaymentAttempt) -> None:
    """The company says that it has this money: then its bill was at fault. Raises StillDiffers."""
    try:
        truth = ask(gateway_for(attempt.gateway).query, trade_ref(attempt))
    except (GatewayRefused, GatewayUnclear) as error:
        raise StillDiffers from error
    if truth.status != TradeStatus.PAID or truth.amount_fen != attempt.captured_fen or truth.foreign:
        raise StillDiffers


def _ask_about_refund(difference: Difference) -> None:
    refund = Refund.objects.filter(out_refund_no=difference.out_refund_no).first()
    if refund is None:
        return
    if refund.state == RefundState.NEEDS_MANUAL:
        retry_refund(refund_id=refund.pk)
    elif refund.state != RefundState.SUCCEEDED:
        send_refund(refund_id=refund.pk)


def _settle_now(decision: Decision, decided_by_id: int) -> str:
    difference = _difference_of(decision)
    if difference.kind == Kind.FEE_DIFFERS:
        return correct_fee(difference, decided_by_id=decided_by_id).key
    # Asked before the transaction: the company says that it has the money, whatever its bill forgot.
    if difference.kind != Kind.MISSING_THERE and not is_right(difference):
        raise StillDiffers
    return ""


def _book_external_refund(decision: Decision, decided_by_id: int) -> str:
    difference = _difference_of(decision)
    fen = difference.theirs_fen or 0
    attempt = PaymentAttempt.objects.filter(gateway=difference.gateway, out_trade_no=difference.out_trade_no).first()
    if attempt is None:
        raise RefundNotBookable
    # A company that gives no number to what was done on its pages: the difference itself names it.
    number = difference.out_refund_no or difference.key
    try:
        if attempt.state == AttemptState.SUSPENSE:
            return _suspense_given_back(attempt, number, fen, decided_by_id)
        refund = record_external_refund(
            attempt_id=attempt.pk, number=number, amount_fen=fen, decided_by_id=decided_by_id
        )
    except (NothingToRefund, RefundExceedsPayment) as error:
        raise RefundNotBookable from error
    return _entry_key(refund)


def _suspense_given_back(attempt: PaymentAttempt, number: str, fen: int, decided_by_id: int) -> str:
    """Somebody gave contradicting money back on the company's pages: only all of it ends the matter."""
    if suspense_fen(attempt) != fen:
        raise RefundNotBookable
    return book_suspense_return(attempt_id=attempt.pk, number=number, decided_by_id=decided_by_id).key


def _refund_suspense(decision: Decision, decided_by_id: int) -> str:
    attempt = PaymentAttempt.objects.filter(out_trade_no=decision.subject_key).first()
    if decision.about != DecisionAbout.INCIDENT or attempt is None or attempt.state != AttemptState.SUSPENSE:
        raise NothingInSuspense
    back = open_suspense_return(decision, attempt)
    return f"suspense_return:{back.out_refund_no}"


def _accept_loss(decision: Decision, decided_by_id: int) -> str:
    """Our clearing becomes what the company says; the rest is ours to bear (or, the other way, to keep)."""
    difference = _difference_of(decision)
    effect = effect_fen(difference)
    entry = post(
        key=f"difference:{difference.public_id}",
        kind=EntryKind.ADJUSTMENT,
        legs=[
            (Account(AccountKind.CLEARING, difference.gateway), effect),
            (Account(AccountKind.LOSSES), -effect),
        ],
        occurred_at=timezone.now(),
        decided_by_id=decided_by_id,
    )
    return entry.key


def _nothing_to_do(decision: Decision, decided_by_id: int) -> str:
    return ""


def _given_by_hand(decision: Decision, decided_by_id: int) -> str:
    refund = Refund.objects.get(out_refund_no=decision.subject_key)
    try:
        finish_by_hand(refund_id=refund.pk, decided_by_id=decided_by_id)
    except NothingToRefund as error:
        raise NotWaitingForPeople from error
    return _entry_key(refund)


def _entry_key(refund: Refund) -> str:
    """The key of a refund's newest entry: one that came back and went again has two."""
    keys = [f"refund:{refund.out_refund_no}{end}" for end in ("", ":again")]
    return str(JournalEntry.objects.filter(key__in=keys).order_by("-pk").values_list("key", flat=True)[0])


def _difference_of(decision: Decision) -> Difference:
    assert decision.difference is not None  # the database says so of a decision about a difference
    return decision.difference


_ACTS: dict[Resolution, Callable[[Decision, int], str]] = {
    Resolution.SETTLE_NOW: _settle_now,
    Resolution.BOOK_EXTERNAL_REFUND: _book_external_refund,
    Resolution.REFUND_SUSPENSE: _refund_suspense,
    Resolution.ACCEPT_LOSS: _accept_loss,
    Resolution.NOTHING_TO_DO: _nothing_to_do,
    Resolution.GIVEN_BY_HAND: _given_by_hand,
}
