"""State tables. A move is one conditional UPDATE, so a repeat or a loser of a race does nothing."""

from typing import Any

from payments.enums import AttemptState as A
from payments.enums import IntentState as I
from payments.enums import RefundState as R
from payments.models import PaymentAttempt, PaymentIntent, Refund

# Money that did arrive beats what we believed: closed and failed attempts can still succeed.
ATTEMPT_SOURCES: dict[A, tuple[A, ...]] = {
    A.PENDING: (A.CREATED, A.UNKNOWN),
    A.UNKNOWN: (A.CREATED, A.PENDING, A.UNKNOWN),
    A.CLOSED: (A.CREATED, A.PENDING, A.UNKNOWN),
    A.FAILED: (A.CREATED, A.UNKNOWN),
    A.SUCCEEDED: (A.CREATED, A.PENDING, A.UNKNOWN, A.CLOSED, A.FAILED),
    A.SUSPENSE: (A.CREATED, A.PENDING, A.UNKNOWN, A.CLOSED, A.FAILED),
    A.RETURNED: (A.SUSPENSE,),
}
INTENT_SOURCES: dict[I, tuple[I, ...]] = {
    I.PAID: (I.OPEN, I.EXPIRED, I.CANCELLED),
    I.EXPIRED: (I.OPEN,),
    I.CANCELLED: (I.OPEN,),
    I.REFUNDED_PART: (I.PAID, I.REFUNDED_PART),
    I.REFUNDED: (I.PAID, I.REFUNDED_PART),
}
REFUND_SOURCES: dict[R, tuple[R, ...]] = {
    R.SENT: (R.REQUESTED, R.SENT),
    R.SUCCEEDED: (R.REQUESTED, R.SENT, R.NEEDS_MANUAL),
    R.NEEDS_MANUAL: (R.REQUESTED, R.SENT),
}


def move_attempt(attempt_id: int, to: A, **fields: Any) -> bool:
    """Move an attempt and set `fields`; False when it stands where this move does not start."""
    rows = PaymentAttempt.objects.filter(pk=attempt_id, state__in=ATTEMPT_SOURCES[to])
    return rows.update(state=to, **fields) == 1


def move_intent(intent_id: int, to: I, **fields: Any) -> bool:
    """Move an intent and set `fields`; False when it stands where this move does not start."""
    rows = PaymentIntent.objects.filter(pk=intent_id, state__in=INTENT_SOURCES[to])
    return rows.update(state=to, **fields) == 1


def move_refund(refund_id: int, to: R, **fields: Any) -> bool:
    """Move a refund and set `fields`; False when it stands where this move does not start."""
    rows = Refund.objects.filter(pk=refund_id, state__in=REFUND_SOURCES[to])
    return rows.update(state=to, **fields) == 1
