"""How long sessions paid for ahead are kept once they ended: as the orders they came from."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted, standing_alone

from .models import CreditGrant, CreditRefund, CreditUse


def _grants(cutoff: datetime) -> "QuerySet[Any]":
    return CreditGrant.objects.filter(ended_at__lt=cutoff)


def _free(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return standing_alone(rows, besides=(CreditUse, CreditRefund))


def _erase(rows: "QuerySet[Any]") -> int:
    chosen = list(rows.values_list("pk", flat=True))
    CreditUse.objects.filter(grant__in=chosen).delete()
    CreditRefund.objects.filter(grant__in=chosen).delete()
    return deleted(CreditGrant.objects.filter(pk__in=chosen))


def register_retention() -> None:
    """Register the class of grants, with what became of them."""
    register(
        RetentionClass(
            key="credits",
            title=_("用完或到期的次卡"),
            basis="orders",
            expired=_grants,
            free=_free,
            erase=_erase,
            subjects=("owner__public_id", "child__public_id"),
            dated="ended_at",
        )
    )
