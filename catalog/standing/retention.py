"""How long it is kept who was allowed what: with the schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Licence


def _licences(cutoff: datetime) -> "QuerySet[Any]":
    """Licences that ended, or were taken back, before then."""
    ended = Licence.objects.filter(valid_until_on__lt=cutoff.date())
    return ended | Licence.objects.filter(withdrawn_at__lt=cutoff)


def register_retention() -> None:
    """Register what standing keeps."""
    register(
        RetentionClass(
            key="licences",
            title=_("机构的证照信息"),
            basis="standing",
            expired=_licences,
            erase=deleted,
            subjects=("checked_by__public_id",),
            dated="valid_until_on",
        )
    )
