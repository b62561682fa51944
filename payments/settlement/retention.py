"""How long the rules, and what partners earned and were paid, are kept: with the schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted, deleted_with_keys

from .enums import PayoutState
from .models import ClawBack, Earning, FeeLine, FeeVersion, Payout, PayoutAccount, Statement


def _fees(cutoff: datetime) -> "QuerySet[Any]":
    """Published versions that another one has replaced."""
    later = FeeVersion.objects.filter(published_at__isnull=False, valid_from__gt=OuterRef("valid_from"))
    replaced = FeeVersion.objects.filter(published_at__isnull=False).annotate(
        replaced_at=Subquery(later.order_by("valid_from").values("valid_from")[:1])
    )
    return replaced.filter(replaced_at__lt=cutoff)


def _erase_fees(rows: "QuerySet[Any]") -> int:
    """Take them out with their shares; the database lets retention alone do so, and nothing of the last three years."""
    _let_retention()
    versions = list(rows.values_list("pk", flat=True))
    FeeLine.objects.filter(version__in=versions).delete()
    return deleted(FeeVersion.objects.filter(pk__in=versions))


def _statements(cutoff: datetime) -> "QuerySet[Any]":
    """All but each partner's last: balances are carried on from it."""
    later = Statement.objects.filter(payee=OuterRef("payee"), period_on__gt=OuterRef("period_on"))
    return Statement.objects.filter(Exists(later), drawn_up_at__lt=cutoff)


def _free_statements(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Nothing of them is still to be settled: no claw-back stands on another month, no payout is retried in one."""
    elsewhere = ClawBack.objects.filter(earning__statement=OuterRef("pk")).exclude(statement=OuterRef("pk"))
    return rows.filter(~Exists(elsewhere))


def _erase_statements(rows: "QuerySet[Any]") -> int:
    """Delete statements with all they sum up."""
    _let_retention()
    chosen = list(rows.values_list("pk", flat=True))
    ClawBack.objects.filter(statement__in=chosen).delete()
    Earning.objects.filter(statement__in=chosen).delete()
    _erase_payouts(chosen)
    return deleted(Statement.objects.filter(pk__in=chosen))


def _erase_payouts(statements: list[int]) -> None:
    """Delete what was paid by these statements, and what had come to nothing before them: no statement has those."""
    Payout.objects.filter(statement__in=statements).delete()
    since = Statement.objects.filter(
        pk__in=statements, payee=OuterRef("payee"), drawn_up_at__gt=OuterRef("finished_at")
    )
    void = Payout.objects.filter(Exists(since), state__in=(PayoutState.FAILED, PayoutState.WITHDRAWN))
    gone = list(void.values_list("pk", flat=True))
    Payout.objects.filter(retries__in=gone).update(retries=None)
    Payout.objects.filter(pk__in=gone).delete()


def _accounts(cutoff: datetime) -> "QuerySet[Any]":
    """Accounts that were stopped, or replaced by one that counts."""
    newer = PayoutAccount.objects.filter(
        payee=OuterRef("payee"), stopped_at=None, effective_at__gt=OuterRef("effective_at"), effective_at__lt=cutoff
    )
    over = PayoutAccount.objects.annotate(
        # Least() passes over the missing one in PostgreSQL.
        ended_at=Least("stopped_at", Subquery(newer.order_by("effective_at").values("effective_at")[:1]))
    )
    return over.filter(ended_at__lt=cutoff)


def _let_retention() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('xinqiao.ledger_retention', 'on', true)")


_CLASSES = (
    RetentionClass(
        key="fee_rules",
        title=_("收费规则的旧版本"),
        basis="fee_rules",
        expired=_fees,
        erase=_erase_fees,
        subjects=(),
        dated="replaced_at",
    ),
    RetentionClass(
        key="statements",
        title=_("机构对账单和它的明细"),
        basis="settlements",
        expired=_statements,
        free=_free_statements,
        erase=_erase_statements,
        subjects=(),
        dated="drawn_up_at",
    ),
    RetentionClass(
        key="payout_accounts",
        title=_("不再使用的收款账户"),
        basis="payout_accounts",
        expired=_accounts,
        erase=deleted_with_keys,
        subjects=("asked_by__public_id",),
        dated="ended_at",
    ),
)


def register_retention() -> None:
    """Register the classes of settlement."""
    for retention_class in _CLASSES:
        register(retention_class)
