"""Locked reads of keys' calls and of what waits to be sent."""

from datetime import datetime

from django.db.models import QuerySet

from catalog.partner.models import Partner

from .enums import DeliveryState
from .models import WebhookDelivery


def lock_partner(partner_id: int) -> None:
    """Let one at a time count and add an organisation's keys or addresses."""
    Partner.objects.select_for_update().get(pk=partner_id)


def due_deliveries(now: datetime) -> QuerySet[WebhookDelivery]:
    """News to send now, oldest first; rows that another worker is claiming are passed over."""
    return (
        WebhookDelivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state=DeliveryState.WAITING, next_attempt_at__lte=now, endpoint__ended_at__isnull=True)
        .order_by("next_attempt_at", "pk")
    )
