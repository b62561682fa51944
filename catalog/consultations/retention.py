"""How long what sessions leave is kept: encounters, visits and emergencies with their booking; whereabouts for days only."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Whereabouts


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return Whereabouts.objects.filter(booking__ends_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of whereabouts."""
    register(
        RetentionClass(
            key="session_whereabouts",
            title=_("为会面留的所在地点和联系人"),
            basis="session_whereabouts",
            expired=_over,
            erase=deleted,
            subjects=("booking__child__public_id", "given_by__public_id"),
            dated="booking__ends_at",
        )
    )
