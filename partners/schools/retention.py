"""How long a school's lists are kept: the one in force as long as it is, others thirty days."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted_with_keys

from .models import SchoolList


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return SchoolList.objects.filter(ended_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of lists."""
    register(
        RetentionClass(
            key="school_lists",
            title=_("学校换下的名单和没有确认的草稿"),
            basis="school_lists",
            expired=_over,
            erase=deleted_with_keys,
            subjects=("uploaded_by__public_id",),
            dated="ended_at",
        )
    )
