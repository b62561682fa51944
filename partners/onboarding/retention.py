"""How long applications and their papers are kept: while the organisation works here, and three years after."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import as_they_are, deleted_with_keys
from marketplace.core.uploads.models import StoredFile
from marketplace.core.uploads.services import destroy

from .models import Agreement, Application, Paper


def _applications(cutoff: datetime) -> "QuerySet[Any]":
    return Application.objects.filter(closed_at__lt=cutoff)


def _erase(rows: "QuerySet[Any]") -> int:
    """Delete applications with their papers, agreements and keys."""
    chosen = list(rows.values_list("pk", flat=True))
    files = list(StoredFile.objects.filter(pk__in=Paper.objects.filter(application__in=chosen).values("file")))
    Paper.objects.filter(application__in=chosen).delete()
    for file in files:
        destroy(file)
    Agreement.objects.filter(application__in=chosen).delete()
    return deleted_with_keys(Application.objects.filter(pk__in=chosen))


def register_retention() -> None:
    """Register the class of onboarding."""
    register(
        RetentionClass(
            key="onboarding_documents",
            title=_("入驻申请、材料和合作协议"),
            basis="onboarding_documents",
            expired=_applications,
            free=as_they_are,
            erase=_erase,
            subjects=("applicant__public_id",),
            dated="closed_at",
        )
    )
