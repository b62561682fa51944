"""What settling and refunding write into the ledger: one entry per fact, inside the same transaction."""

from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import JournalEntry
from payments.ledger.services import Account, post, reverse
from payments.models import PaymentAttempt, PaymentIntent, Refund


def _clearing(attempt: PaymentAttempt) -> Account:
    return Account(AccountKind.CLEARING, attempt.gateway)


def book_capture(intent: PaymentIntent, attempt: PaymentAttempt) -> None:
    """A payer's money is at the company, and we owe the payer what it is for (or the money back)."""
    assert attempt.paid_at is not None  # the database says so of a succeeded attempt
    post(
        key=f"capture:{attempt.out_trade_no}",
        kind=EntryKind.CAPTURE,
        about=(intent.payable_kind, intent.payable_id),
        occurred_at=attempt.paid_at,
        legs=[(_clearing(attempt), attempt.captured_fen), (Account(AccountKind.ORDERS), -attempt.captured_fen)],
    )


def book_refund(
    intent: PaymentIntent,
    attempt: PaymentAttempt,
    refund: Refund,
    *,
    out_of: Account | None = None,
    decided_by_id: int | None = None,
) -> None:
    """Money went back; what we owed for it is owed no more.

    It left the company's clearing, or `out_of` where people gave it back in another way. Where a partner had earned it
    already, settlement takes the partner's share back in the same transaction.
    """
    post(
        key=_refund_key(refund) + (":again" if was_undone(refund) else ""),
        kind=EntryKind.REFUND,
        about=(intent.payable_kind, intent.payable_id),
        legs=[(Account(AccountKind.ORDERS), refund.amount_fen), (out_of or _clearing(attempt), -refund.amount_fen)],
        decided_by_id=decided_by_id,
    )


def _refund_key(refund: Refund) -> str:
    return f"refund:{refund.out_refund_no}"


def was_undone(refund: Refund) -> bool:
    """Whether a refund was booked, and then came back to us."""
    return JournalEntry.objects.filter(reverses__key=_refund_key(refund)).exists()


def book_refund_undone(refund: Refund) -> None:
    """Money that had gone back to the payer came back to us: their bank would not have it."""
    reverse(entry=JournalEntry.objects.get(key=_refund_key(refund)))


def book_suspense(attempt: PaymentAttempt, *, amount_fen: int) -> None:
    """Money that contradicts our rows is at the company; people decide whose it is."""
    post(
        key=f"suspense:{attempt.out_trade_no}",
        kind=EntryKind.SUSPENSE,
        legs=[(_clearing(attempt), amount_fen), (Account(AccountKind.SUSPENSE, attempt.gateway), -amount_fen)],
    )
