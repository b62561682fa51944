"""How long bills, differences and what was decided are kept: as long as the payments they are about."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import as_they_are, deleted, deleted_with_keys

from .enums import BillState, DecisionState, DifferenceState
from .models import BookedBill, Decision, Difference, IncidentCase, SuspenseReturn


def _bills(cutoff: datetime) -> "QuerySet[Any]":
    """Compared, and nothing of their day waits for people."""
    waiting = Difference.objects.exclude(state=DifferenceState.RESOLVED).filter(
        gateway=OuterRef("gateway"), day=OuterRef("day")
    )
    return BookedBill.objects.filter(~Exists(waiting), state=BillState.BOOKED, booked_at__lt=cutoff)


def _differences(cutoff: datetime) -> "QuerySet[Any]":
    return Difference.objects.filter(state=DifferenceState.RESOLVED, resolved_at__lt=cutoff)


def _erase_differences(rows: "QuerySet[Any]") -> int:
    """With each difference go the words of its decisions."""
    _erase_decisions(Decision.objects.filter(difference__in=list(rows)))
    return deleted(rows)


def _decisions(cutoff: datetime) -> "QuerySet[Any]":
    """About incidents and refunds; what was sent back by one has arrived."""
    on_its_way = SuspenseReturn.objects.filter(decision=OuterRef("pk"), finished_at=None)
    over = Decision.objects.exclude(state=DecisionState.PROPOSED)
    return over.filter(~Exists(on_its_way), difference=None, decided_at__lt=cutoff)


def _erase_decisions(rows: "QuerySet[Any]") -> int:
    chosen = list(rows.values_list("pk", flat=True))
    SuspenseReturn.objects.filter(decision__in=chosen).delete()
    return deleted_with_keys(Decision.objects.filter(pk__in=chosen))


def _cases(cutoff: datetime) -> "QuerySet[Any]":
    return IncidentCase.objects.filter(closed_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="payment_bills",
        title=_("支付机构的账单"),
        basis="payments",
        expired=_bills,
        erase=deleted,
        subjects=(),
        dated="booked_at",
        free=as_they_are,
    ),
    RetentionClass(
        key="payment_differences",
        title=_("对账差异和处理决定"),
        basis="payments",
        expired=_differences,
        erase=_erase_differences,
        subjects=(),
        dated="resolved_at",
        free=as_they_are,
    ),
    RetentionClass(
        key="payment_decisions",
        title=_("付款异常和退款的处理决定"),
        basis="payments",
        expired=_decisions,
        erase=_erase_decisions,
        subjects=(),
        dated="decided_at",
        free=as_they_are,
    ),
    RetentionClass(
        key="payment_cases",
        title=_("付款异常的处理说明"),
        basis="payments",
        expired=_cases,
        erase=deleted_with_keys,
        subjects=(),
        dated="closed_at",
        free=as_they_are,
    ),
)


def register_retention() -> None:
    """Register the classes of the books."""
    for retention_class in _CLASSES:
        register(retention_class)
