"""Keys, addresses and what was sent to them, for the pages of those who manage an organisation."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from catalog.partner.models import Partner
from marketplace.core.encryption.keys import prefetch_keys

from ..enums import DeliveryState
from ..models import ApiKey, WebhookDelivery, WebhookEndpoint


def keys_of(partners: Iterable[Partner]) -> QuerySet[ApiKey]:
    """Return the keys of organisations, those in use first, newest first."""
    found = ApiKey.objects.filter(partner__in=partners).select_related("partner", "made_by")
    return found.order_by("revoked_at", "-made_at", "-pk")


def addresses_of(partners: Iterable[Partner]) -> list[WebhookEndpoint]:
    """Return the addresses in use with how much waits and how much failed; sealed words opened together."""
    found: list[WebhookEndpoint] = list(
        WebhookEndpoint.objects.filter(partner__in=partners, ended_at=None)
        .select_related("partner")
        .annotate(
            waiting_count=Count("deliveries", Q(deliveries__state=DeliveryState.WAITING)),
            failed_count=Count("deliveries", Q(deliveries__state=DeliveryState.FAILED)),
        )
    )
    prefetch_keys(found)
    return found


def deliveries_of(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """Return what was sent to an address, the newest first."""
    return WebhookDelivery.objects.filter(endpoint=endpoint).order_by("-happened_at", "-pk")
