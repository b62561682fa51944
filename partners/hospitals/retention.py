"""How long referral letters are kept once they are over: half a year; each side keeps its own."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import ReferralLetter


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return ReferralLetter.objects.filter(ended_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of letters."""
    register(
        RetentionClass(
            key="referral_letters",
            title=_("转介信"),
            basis="referral_letters",
            expired=_over,
            erase=deleted,
            subjects=("child__public_id",),
            dated="ended_at",
        )
    )
