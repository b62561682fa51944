"""How long is kept what the desk decided, what readers reported, and what was done in holds."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import as_they_are, deleted, deleted_with_keys
from marketplace.core.encryption.services import destroy_data_key

from ..models import Appeal, Case, Decision, HoldMode, Report


def _cases(cutoff: datetime) -> "QuerySet[Any]":
    return Case.objects.filter(settled_at__lt=cutoff)


def _erase_cases(rows: "QuerySet[Any]") -> int:
    decisions = Decision.objects.filter(case__in=rows)
    for sealed in (decisions, Appeal.objects.filter(decision__in=decisions)):
        for public_id in sealed.values_list("public_id", flat=True):
            destroy_data_key(subject_id=public_id, reason="retention", destroyed_by=None)
    return deleted(rows)


def _reports(cutoff: datetime) -> "QuerySet[Any]":
    return Report.objects.filter(reported_at__lt=cutoff)


def _holds(cutoff: datetime) -> "QuerySet[Any]":
    return HoldMode.objects.filter(ended_at__lt=cutoff)


def register_retention() -> None:
    """Register the classes of cases, reports and holds."""
    register(
        RetentionClass(
            key="community_cases",
            title=_("树洞的看护记录"),
            basis="moderation",
            expired=_cases,
            erase=_erase_cases,
            subjects=(),
            dated="settled_at",
            free=as_they_are,
        )
    )
    register(
        RetentionClass(
            key="community_reports",
            title=_("读者反映的内容"),
            basis="moderation",
            expired=_reports,
            erase=deleted_with_keys,
            subjects=(),
            dated="reported_at",
            free=as_they_are,
        )
    )
    register(
        RetentionClass(
            key="community_holds",
            title=_("特别守护的记录"),
            basis="community_holds",
            expired=_holds,
            erase=deleted_with_keys,
            subjects=(),
            dated="ended_at",
            free=as_they_are,
        )
    )
