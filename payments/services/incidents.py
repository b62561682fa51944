"""Keeping what a person has to look at."""

import logging
from typing import Any

from django.db.models import F
from django.utils import timezone

from payments.enums import IncidentKind
from payments.models import PaymentAttempt, PaymentIncident

logger = logging.getLogger(__name__)


def raise_incident(
    *,
    kind: IncidentKind,
    key: str,
    gateway: str,
    attempt: PaymentAttempt | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Keep one row per kind and key; seen again, its count rises. Joins the caller's transaction."""
    full_key = f"{kind}:{key}"[:150]
    row = PaymentIncident(kind=kind, key=full_key, gateway=gateway, attempt=attempt, details=details or {}, count=0)
    PaymentIncident.objects.bulk_create([row], ignore_conflicts=True)
    PaymentIncident.objects.filter(key=full_key).update(count=F("count") + 1, last_seen_at=timezone.now())
    logger.error("Payment incident %s", full_key)
