"""How long a report is kept: as long as the record of the danger it told of."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.core.encryption.services import destroy_data_key

from .models import Report

REASON = "retention"


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return Report.objects.filter(latest_at__lt=cutoff)


def _erase(rows: "QuerySet[Any]") -> int:
    """Delete reports with all that was added, and destroy both of their keys."""
    found = list(rows)
    for report in found:
        for key in (report.public_id, report.reporter_id):
            destroy_data_key(subject_id=key, reason=REASON, destroyed_by=None)
    Report.objects.filter(pk__in=[report.pk for report in found]).delete()
    return len(found)


def register_retention() -> None:
    """Register the class of reports. They name nobody, so that no hold on a person can keep one."""
    register(
        RetentionClass(
            key="worried_reports",
            title=_("对一个人的担心"),
            basis="crisis_cases",
            expired=_over,
            erase=_erase,
            subjects=(),
            dated="latest_at",
        )
    )
