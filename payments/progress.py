"""How a payment stands, as one word for pages."""

from enum import StrEnum

from payments import selectors
from payments.enums import AttemptState, IntentState, RefundState
from payments.models import PaymentIntent


class Progress(StrEnum):
    """What a payer is told. LATE_*: the money came too late and goes (went) back in full."""

    UNPAID = "unpaid"
    CHECKING = "checking"
    PAID = "paid"
    REFUNDED = "refunded"
    LATE_REFUNDING = "late_refunding"
    LATE_REFUNDED = "late_refunded"
    REVIEW = "review"
    ENDED = "ended"

    @property
    def is_settled(self) -> bool:
        """Nothing more will happen by waiting."""
        return self not in (Progress.CHECKING, Progress.LATE_REFUNDING)


def progress_of(intent: PaymentIntent) -> Progress:
    """How an intent stands now, by our own rows; ask the gateway first for the newest."""
    if intent.was_paid:
        return Progress.REFUNDED if intent.state == IntentState.REFUNDED else Progress.PAID
    refunds = list(selectors.refunds_of(intent.pk))
    if refunds:
        done = all(refund.state == RefundState.SUCCEEDED for refund in refunds)
        return Progress.LATE_REFUNDED if done else Progress.LATE_REFUNDING
    states = set(intent.attempts.values_list("state", flat=True))
    if AttemptState.SUSPENSE in states:
        return Progress.REVIEW
    if not intent.is_open:
        return Progress.LATE_REFUNDED if AttemptState.RETURNED in states else Progress.ENDED
    return Progress.CHECKING if selectors.open_attempt_of(intent.pk) else Progress.UNPAID
