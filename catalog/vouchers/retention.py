"""How long rewards are kept: with the vouchers they gave, as long as an order."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from oscar.apps.voucher.models import Voucher

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Reward


def _rewards(cutoff: datetime) -> "QuerySet[Any]":
    return Reward.objects.filter(voucher__end_datetime__lt=cutoff)


def _erase(rows: "QuerySet[Any]") -> int:
    """Delete rewards and the codes made for them."""
    vouchers = list(rows.values_list("voucher", flat=True))
    erased = deleted(rows)
    Voucher.objects.filter(pk__in=vouchers).delete()
    return erased


def register_retention() -> None:
    """Register the class of rewards."""
    register(
        RetentionClass(
            key="rewards",
            title=_("送出的优惠券"),
            basis="orders",
            expired=_rewards,
            erase=_erase,
            subjects=("person__public_id",),
            dated="voucher__end_datetime",
        )
    )
