"""How long the words of a complaint are kept: with their schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.services import destroy_data_key

from ..retention.registry import RetentionClass, register
from .models import Complaint, Entry

REASON = "retention"


def _closed(cutoff: datetime) -> "QuerySet[Any]":
    return Complaint.objects.filter(erased_at=None, closed_at__lt=cutoff)


def _erase(rows: "QuerySet[Any]") -> int:
    """Destroy each complaint's key and everything that leads to a person; what it counts as stays."""
    complaints = list(rows)
    Entry.objects.filter(complaint__in=complaints).delete()
    for complaint in complaints:
        erase_words(complaint, reason=REASON)
    return len(complaints)


def erase_words(complaint: Complaint, *, reason: str) -> None:
    """Leave of a complaint only its dates, topic, cause and side."""
    complaint.what_happened = complaint.contact = ""
    complaint.code_digest = ""
    complaint.complainant = complaint.handler = complaint.answered_by = None
    complaint.erased_at = timezone.now()
    complaint.save()
    destroy_data_key(subject_id=complaint.public_id, reason=reason, destroyed_by=None)


def register_retention() -> None:
    """Register the class of complaints."""
    register(
        RetentionClass(
            key="complaints",
            title=_("投诉"),
            basis="complaints",
            expired=_closed,
            erase=_erase,
            subjects=("complainant__public_id",),
            dated="closed_at",
        )
    )
