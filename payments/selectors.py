"""Reads of payments."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from payments.enums import OPEN_ATTEMPT_STATES, IntentState
from payments.models import PaymentAttempt, PaymentIntent, Refund


def open_intent_of(payable_kind: str, payable_id: int) -> PaymentIntent | None:
    """The intent on which this payable can be paid now."""
    return PaymentIntent.objects.filter(
        payable_kind=payable_kind, payable_id=payable_id, state=IntentState.OPEN
    ).first()


def latest_intent_of(payable_kind: str, payable_id: int) -> PaymentIntent | None:
    """The newest intent of a payable, whatever became of it."""
    return PaymentIntent.objects.filter(payable_kind=payable_kind, payable_id=payable_id).order_by("-pk").first()


def open_attempt_of(intent_id: int) -> PaymentAttempt | None:
    """The attempt through which money may come now; the database allows one."""
    return PaymentAttempt.objects.filter(intent_id=intent_id, state__in=OPEN_ATTEMPT_STATES).first()


def latest_attempt_of(intent_id: int) -> PaymentAttempt | None:
    """The newest attempt of an intent."""
    return PaymentAttempt.objects.filter(intent_id=intent_id).order_by("-pk").first()


def refunds_of(intent_id: int) -> QuerySet[Refund]:
    """All refunds of an intent, late and duplicate ones too, oldest first."""
    return Refund.objects.filter(attempt__intent_id=intent_id).order_by("pk")


def refundable_fen(intent: PaymentIntent) -> int:
    """What of the accepted money has not been asked back, in fen."""
    paid = intent.settled_by
    return paid.captured_fen - paid.refund_claimed_fen if paid else 0


def is_stale(attempt: PaymentAttempt, *, seconds: int = 3) -> bool:
    """Whether the gateway was last asked so long ago that a waiting page may ask again."""
    asked = attempt.last_checked_at
    return asked is None or asked < timezone.now() - timedelta(seconds=seconds)


def intents_of_buyer(buyer_id: int) -> Iterable[PaymentIntent]:
    """Paid intents of a person, newest first, with their attempt."""
    return (
        PaymentIntent.objects.filter(buyer_id=buyer_id, paid_at__isnull=False)
        .select_related("settled_by")
        .order_by("-paid_at")
    )
