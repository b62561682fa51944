"""How a payment stands, as one word for pages."""

from enum import StrEnum

from django.utils import timezone

from payments import selectors
from payments.enums import AttemptState, IntentState, RefundState
from payments.models import PaymentIntent


class Progress(StrEnum):
    """What a payer is told.

    WAITING: a trade is open and its company, asked just now, has no money yet; most such payers turned round.
    CHECKING: the company's answer is unclear. DECLINED: it said no to the last try. LATE_*: the money came too late
    and goes (went) back in full.
    """

    UNPAID = "unpaid"
    WAITING = "waiting"
    CHECKING = "checking"
    DECLINED = "declined"
    PAID = "paid"
    REFUNDED = "refunded"
    LATE_REFUNDING = "late_refunding"
    LATE_REFUNDED = "late_refunded"
    REVIEW = "review"
    ENDED = "ended"

    @property
    def is_settled(self) -> bool:
        """Nothing more will happen by waiting."""
        return self not in (Progress.WAITING, Progress.CHECKING, Progress.LATE_REFUNDING)

    @property
    def takes_money(self) -> bool:
        """Trying (again) to pay is all right; an earlier trade is closed first."""
        return self in (Progress.UNPAID, Progress.WAITING, Progress.CHECKING, Progress.DECLINED)


def progress_of(intent: PaymentIntent) -> Progress:
    """How an intent stands now, by our own rows; ask the gateway first for the newest."""
    if intent.was_paid:
        return Progress.REFUNDED if intent.state == IntentState.REFUNDED else Progress.PAID
    refunds = list(selectors.refunds_of(intent.pk))
    if refunds:
        done = all(refund.state == RefundState.SUCCEEDED for refund in refunds)
        return Progress.LATE_REFUNDED if done else Progress.LATE_REFUNDING
    if intent.attempts.filter(state=AttemptState.SUSPENSE).exists():
        return Progress.REVIEW
    return _unpaid_progress(intent) if intent.is_open else Progress.ENDED


def _unpaid_progress(intent: PaymentIntent) -> Progress:
    attempt = selectors.latest_attempt_of(intent.pk)
    if intent.expires_at <= timezone.now():
        # Nobody may begin to pay any more; money of an open trade may still be on its way.
        return Progress.CHECKING if attempt and attempt.is_open else Progress.ENDED
    if attempt is None or attempt.state == AttemptState.CLOSED:
        return Progress.UNPAID
    if attempt.state == AttemptState.FAILED:
        return Progress.DECLINED
    return Progress.WAITING if attempt.state == AttemptState.PENDING else Progress.CHECKING
