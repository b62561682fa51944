"""How long what we know of a fapiao is kept: with its schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .enums import FapiaoState
from .models import FapiaoRequest


def _finished(cutoff: datetime) -> "QuerySet[Any]":
    """Nothing is to be done about them any more."""
    done = FapiaoRequest.objects.exclude(state=FapiaoState.REQUESTED).exclude(
        state=FapiaoState.ISSUED, reversal_asked_at__isnull=False
    )
    # Greatest() passes over what is missing.
    dated = done.annotate(finished_at=Greatest("requested_at", "issued_at", "reversed_at", "ended_at"))
    return dated.filter(finished_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of fapiao."""
    register(
        RetentionClass(
            key="fapiao",
            title=_("发票"),
            basis="fapiao",
            expired=_finished,
            erase=deleted,
            subjects=("asked_by__public_id",),
            dated="finished_at",
        )
    )
