"""How long sign-ups for communities' activities are kept: thirty days after the activity."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import SignUp


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return SignUp.objects.filter(activity__ends_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of sign-ups."""
    register(
        RetentionClass(
            key="activity_sign_ups",
            title=_("社区活动报名"),
            basis="event_seats",
            expired=_over,
            erase=deleted,
            subjects=("person__public_id",),
            dated="activity__ends_at",
        )
    )
