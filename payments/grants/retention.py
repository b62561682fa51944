"""How long a fund's papers are kept: as long as the books."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import as_they_are, deleted, deleted_with_keys

from .evidence import destroy
from .models import Allocation, Fund, SpendRequest


def _funds(cutoff: datetime) -> "QuerySet[Any]":
    return Fund.objects.filter(closed_at__lt=cutoff)


def _erase(rows: "QuerySet[Any]") -> int:
    """Delete funds with what was put in, asked for and shown as evidence, and the keys of the words."""
    chosen = list(rows.values_list("pk", flat=True))
    requests = SpendRequest.objects.filter(fund__in=chosen)
    for request in requests:
        destroy(request.evidence)
    deleted_with_keys(requests)
    Allocation.objects.filter(fund__in=chosen).delete()
    return deleted(Fund.objects.filter(pk__in=chosen))


def register_retention() -> None:
    """Register the class of grants."""
    register(
        RetentionClass(
            key="funds",
            title=_("结束的活动资金和它的凭证"),
            basis="settlements",
            expired=_funds,
            # A closed fund owes nobody anything.
            free=as_they_are,
            erase=_erase,
            subjects=("spend_requests__asked_by__public_id",),
            dated="closed_at",
        )
    )
