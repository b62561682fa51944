"""What settling and refunding write into the ledger: one entry per fact, inside the same transaction."""

from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.services import Account, post
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


def book_refund(intent: PaymentIntent, attempt: PaymentAttempt, refund: Refund) -> None:
    """Money went back; what we owed for it is owed no more.

    Where a partner had earned it already, settlement takes the partner's share back in the same transaction.
    """
    post(
        key=f"refund:{refund.out_refund_no}",
        kind=EntryKind.REFUND,
        about=(intent.payable_kind, intent.payable_id),
        legs=[(Account(AccountKind.ORDERS), refund.amount_fen), (_clearing(attempt), -refund.amount_fen)],
    )


def book_suspense(attempt: PaymentAttempt, *, amount_fen: int) -> None:
    """Money that contradicts our rows is at the company; people decide whose it is."""
    post(
        key=f"suspense:{attempt.out_trade_no}",
        kind=EntryKind.SUSPENSE,
        legs=[(_clearing(attempt), amount_fen), (Account(AccountKind.SUSPENSE, attempt.gateway), -amount_fen)],
    )
