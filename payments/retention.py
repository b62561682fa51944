"""How long what was owed, paid and sent back is kept: with its schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted, needed_rows

from .enums import OPEN_ATTEMPT_STATES, AttemptState, IntentState, RefundState
from .models import PaymentAttempt, PaymentIncident, PaymentIntent, ProviderEvent, Refund

#: While one of an intent's attempts is like this, its money is not settled.
_UNSETTLED = (*OPEN_ATTEMPT_STATES, AttemptState.SUSPENSE)


def _intents(cutoff: datetime) -> "QuerySet[Any]":
    """Settled to the last fen: no attempt, refund or incident of theirs is open."""
    attempts = PaymentAttempt.objects.filter(intent=OuterRef("pk"), state__in=_UNSETTLED)
    refunds = Refund.objects.filter(attempt__intent=OuterRef("pk")).exclude(state=RefundState.SUCCEEDED)
    incidents = PaymentIncident.objects.filter(attempt__intent=OuterRef("pk"), closed_at=None)
    settled = PaymentIntent.objects.exclude(state=IntentState.OPEN).filter(
        ~Exists(attempts), ~Exists(refunds), ~Exists(incidents)
    )
    # Greatest() passes over what is missing.
    dated = settled.annotate(
        settled_at=Greatest("created_at", "expires_at", "paid_at", Max("attempts__refunds__finished_at"))
    )
    return dated.filter(settled_at__lt=cutoff)


def _free_intents(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """No order's record stands on one of their refunds, no dispute on an attempt, no ask or decision on the intent."""
    needed = Refund.objects.filter(needed_rows(Refund), attempt__intent=OuterRef("pk"))
    ours = (PaymentIntent, Refund, PaymentIncident)
    disputed = PaymentAttempt.objects.filter(needed_rows(PaymentAttempt, besides=ours), intent=OuterRef("pk"))
    own = (PaymentAttempt,)
    return rows.filter(~Exists(needed), ~Exists(disputed)).exclude(needed_rows(PaymentIntent, besides=own))


def _erase_intents(rows: "QuerySet[Any]") -> int:
    """Delete intents with all that belongs to them.

    An intent and the attempt that settled it point at each other and protect each other; the database looks at the end
    of the transaction only, so the rows go as they stand, without Django's collector.
    """
    intents = PaymentIntent.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    attempts = PaymentAttempt.objects.filter(intent__in=intents)
    events = ProviderEvent.objects.filter(out_trade_no__in=attempts.values("out_trade_no"))
    parts = (
        events,
        PaymentIncident.objects.filter(attempt__in=attempts),
        Refund.objects.filter(attempt__in=attempts),
        attempts,
        intents,
    )
    erased = 0
    for part in parts:
        erased = part._raw_delete(part.db)
    return erased


def _lone_events(cutoff: datetime) -> "QuerySet[Any]":
    """Messages of gateways that belong to no attempt of ours (any more)."""
    attempts = PaymentAttempt.objects.filter(out_trade_no=OuterRef("out_trade_no"))
    return ProviderEvent.objects.filter(~Exists(attempts), received_at__lt=cutoff)


def _lone_incidents(cutoff: datetime) -> "QuerySet[Any]":
    return PaymentIncident.objects.filter(attempt=None, closed_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="payments",
        title=_("付款和退款"),
        basis="payments",
        expired=_intents,
        free=_free_intents,
        erase=_erase_intents,
        subjects=("buyer__public_id",),
        dated="settled_at",
    ),
    RetentionClass(
        key="payment_events",
        title=_("支付机构的通知"),
        basis="payments",
        expired=_lone_events,
        erase=deleted,
        subjects=(),
        dated="received_at",
    ),
    RetentionClass(
        key="payment_incidents",
        title=_("处理完的付款异常"),
        basis="payments",
        expired=_lone_incidents,
        erase=deleted,
        subjects=(),
        dated="closed_at",
    ),
)


def register_retention() -> None:
    """Register the classes of payments."""
    for retention_class in _CLASSES:
        register(retention_class)
