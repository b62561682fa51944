"""How long a screening is kept: half a year. What came of it is kept with the concern, under its own row of the table."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Screening


def _screened(cutoff: datetime) -> "QuerySet[Any]":
    return Screening.objects.filter(screened_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of screenings. They name nobody, so that no hold on a person can keep one."""
    register(
        RetentionClass(
            key="gate_screenings",
            title=_("文字的安全把关结果"),
            basis="screenings",
            expired=_screened,
            erase=deleted,
            subjects=(),
            dated="screened_at",
        )
    )
