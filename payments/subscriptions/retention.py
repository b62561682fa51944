"""How long plans that are over are kept: as long as their payments, with the proof that they were announced."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import needed_rows

from .models import Agreement, BillingCycle, RenewalNotice, Subscription, TrialUse

_OWN = (Agreement, BillingCycle, TrialUse)


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return Subscription.objects.filter(ended_at__lt=cutoff)


def _free(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Nobody else's record stands on them."""
    return rows.exclude(needed_rows(Subscription, besides=_OWN))


def _erase(rows: "QuerySet[Any]") -> int:
    """Delete plans with all that belongs to them; notices only here (see migration 0002)."""
    plans = Subscription.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('xinqiao.plans_retention', 'on', true)")
        RenewalNotice.objects.filter(cycle__subscription__in=plans).delete()
        cursor.execute("SELECT set_config('xinqiao.plans_retention', 'off', true)")
    for model in _OWN:
        model._base_manager.filter(subscription__in=plans).delete()
    return plans.delete()[1].get(Subscription._meta.label, 0)


def register_retention() -> None:
    """Register the class of plans."""
    register(
        RetentionClass(
            key="subscriptions",
            title=_("会员、扣款授权和续费提醒"),
            basis="payments",
            expired=_over,
            free=_free,
            erase=_erase,
            subjects=("user__public_id",),
            dated="ended_at",
        )
    )
