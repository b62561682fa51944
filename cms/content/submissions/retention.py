"""How long submissions are kept: what became a page as long as the page, the rest half a year."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted_with_keys

from ..models import Submission
from .enums import State


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return Submission.objects.filter(page=None, sent_at__lt=cutoff).exclude(state=State.WAITING)


def register_retention() -> None:
    """Register the class of submissions."""
    register(
        RetentionClass(
            key="submissions",
            title=_("给知识库的投稿"),
            basis="submissions",
            expired=_over,
            erase=deleted_with_keys,
            subjects=("child__public_id", "sent_by__public_id"),
            dated="sent_at",
        )
    )
