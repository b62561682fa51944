"""How long asks and guardians' decisions are kept."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import GuardianDecision, PaymentRequest


def _asks(cutoff: datetime) -> "QuerySet[Any]":
    """What became of the money stands in the payment; of the ask nothing is needed once its link shows no receipt."""
    return PaymentRequest.objects.filter(ended_at__lt=cutoff)


def _decisions(cutoff: datetime) -> "QuerySet[Any]":
    return GuardianDecision.objects.filter(decided_at__lt=cutoff)


def _erase_decisions(rows: "QuerySet[Any]") -> int:
    """Delete decisions; the database lets nobody else do it (see migration 0002)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('xinqiao.payment_retention', 'on', true)")
        erased = deleted(rows)
        cursor.execute("SELECT set_config('xinqiao.payment_retention', 'off', true)")
    return erased


def register_retention() -> None:
    """Register the classes of asks."""
    register(
        RetentionClass(
            key="payment_requests",
            title=_("请人付款的请求和它的链接"),
            basis="payment_requests",
            expired=_asks,
            erase=deleted,
            subjects=("created_by__public_id",),
            dated="ended_at",
        )
    )
    register(
        RetentionClass(
            key="guardian_decisions",
            title=_("监护人对孩子自己付的款的决定"),
            basis="payments",
            expired=_decisions,
            erase=_erase_decisions,
            subjects=("intent__buyer__public_id",),
            dated="decided_at",
        )
    )
