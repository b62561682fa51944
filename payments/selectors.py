"""Reads of payments."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.queries import CompiledQuery
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


_of_number = CompiledQuery(
    lambda values: PaymentAttempt.objects.select_related("intent").filter(out_trade_no=values[0])
)


def attempt_of_number(out_trade_no: str) -> PaymentAttempt:
    """The attempt a company knows under a number, with its intent. Raises PaymentAttempt.DoesNotExist."""
    attempt, intent = _of_number.one([out_trade_no], PaymentAttempt, PaymentIntent)
    attempt.intent = intent
    return attempt


@dataclass(frozen=True)
class Beside:
    """What stands beside an attempt and its intent: whether another intent for the same thing was paid, and whether
    there may be another way to pay for it still."""

    was_paid: bool
    other_ways: bool


_ways = CompiledQuery(
    lambda values: PaymentIntent.objects.filter(payable_kind=values[0], payable_id=values[1]).values_list(
        "pk", "paid_at", "attempts", "attempts__state"
    )
)


def beside(intent: PaymentIntent, attempt: PaymentAttempt) -> Beside:
    """What stands beside an attempt and its intent; stays true while their locks and their payable's are held."""
    rows = _ways.rows([intent.payable_kind, intent.payable_id])
    paid = [paid_at for intent_id, paid_at, *_ in rows if intent_id != intent.pk]
    # Attempts of another intent begin without these locks, so any such intent is a way.
    more = any(tried != attempt.pk and state in OPEN_ATTEMPT_STATES for *_, tried, state in rows)
    return Beside(was_paid=any(paid), other_ways=bool(paid) or more)


_of_reference = CompiledQuery(
    lambda values: PaymentAttempt.objects.filter(gateway=values[0], provider_ref=values[1]).values_list("pk")
)


def is_reference_of_another(attempt: PaymentAttempt, provider_ref: str) -> bool:
    """Whether a company's name of a trade stands at another attempt already."""
    rows = _of_reference.rows([attempt.gateway, provider_ref]) if provider_ref else []
    return any(pk != attempt.pk for (pk,) in rows)


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


def payments_of(user: User) -> QuerySet[PaymentIntent]:
    """What a person paid, or had paid for them, newest first; late money that went back is among it."""
    tried = PaymentAttempt.objects.filter(intent=OuterRef("pk"), paid_at__isnull=False)
    mine = Exists(tried.filter(payer=user))
    return (
        PaymentIntent.objects.filter(Q(buyer=user) & Exists(tried) | mine)
        .annotate(
            money_at=Subquery(tried.order_by("paid_at").values("paid_at")[:1]),
            gateway=Subquery(tried.order_by("paid_at").values("gateway")[:1]),
            captured_fen=Subquery(_sum_of(tried, "captured_fen")),
            back_fen=Subquery(_sum_of(tried, "refunded_fen")),
        )
        .order_by("-money_at", "-pk")
    )


def _sum_of(attempts: QuerySet[PaymentAttempt], field: str) -> QuerySet[PaymentAttempt, Any]:
    return attempts.order_by().values("intent").annotate(fen=Sum(field)).values("fen")
