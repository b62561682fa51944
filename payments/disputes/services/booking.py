"""What a dispute writes into the ledger, inside the transaction that moves it."""

from django.utils import timezone

from payments.disputes.models import Dispute
from payments.enums import RefundReason, RefundState
from payments.gateways.accounting import DisputeTruth
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.services import Account, post
from payments.models import PaymentAttempt, PaymentIntent, Refund
from payments.numbers import new_refund_number
from payments.services.refunding import book_returned


def _held_account(dispute: Dispute) -> Account:
    return Account(AccountKind.DISPUTES, dispute.gateway)


def _post(dispute: Dispute, intent: PaymentIntent, legs: list[tuple[Account, int]]) -> None:
    dispute.entry_count += 1
    post(
        key=f"dispute:{dispute.gateway}:{dispute.ref}:{dispute.entry_count}",
        kind=EntryKind.DISPUTE,
        about=(intent.payable_kind, intent.payable_id),
        legs=legs,
    )


def book_held(dispute: Dispute, intent: PaymentIntent, truth: DisputeTruth) -> None:
    """Bring our books to what the company has taken by now: the sum in dispute apart, its fee as a cost.

    Won money comes back by the same way, because then less is held than was. The caller saves the dispute.
    """
    held, fee = truth.held_fen - dispute.held_fen, truth.fee_fen - dispute.fee_fen
    if not held and not fee:
        return
    _post(
        dispute,
        intent,
        [
            (_held_account(dispute), held),
            (Account(AccountKind.FEES, dispute.gateway), fee),
            (Account(AccountKind.CLEARING, dispute.gateway), -held - fee),
        ],
    )
    dispute.held_fen, dispute.fee_fen = truth.held_fen, truth.fee_fen


def book_loss(dispute: Dispute, intent: PaymentIntent, attempt: PaymentAttempt) -> None:
    """The payer has the money for good: a refund that nobody of us sent, told to the payable like any other.

    What had gone back before the bank took it again is our loss; so a refund and a chargeback together never give the
    payable more than came. A refund that waited for people, because a company refunds nothing that is disputed, is done.
    """
    left = dispute.held_fen - dispute.claimed_fen
    if dispute.claimed_fen:
        dispute.refund = _chargeback(dispute, attempt)
        book_returned(intent, attempt, dispute.refund, out_of=_held_account(dispute))
    for stuck in Refund.objects.filter(attempt=attempt, state=RefundState.NEEDS_MANUAL).order_by("pk"):
        if stuck.amount_fen <= left:
            book_returned(intent, attempt, stuck, out_of=_held_account(dispute))
            left -= stuck.amount_fen
    if left:
        _post(dispute, intent, [(Account(AccountKind.LOSSES), left), (_held_account(dispute), -left)])


def _chargeback(dispute: Dispute, attempt: PaymentAttempt) -> Refund:
    """The refund row of a chargeback. Its money was claimed when the dispute began, and nothing is ever sent for it."""
    return Refund.objects.create(
        attempt=attempt,
        key=f"chargeback:{dispute.gateway}:{dispute.ref}"[:100],
        out_refund_no=new_refund_number(),
        amount_fen=dispute.claimed_fen,
        reason=RefundReason.CHARGEBACK,
        state=RefundState.SENT,
        sent_at=timezone.now(),
    )
