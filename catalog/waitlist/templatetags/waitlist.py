"""What other pages show of the waiting list: the places where lower pages look up to it."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.catalogue.enums import SaleState
from catalog.catalogue.models import Product
from catalog.scheduling.models import HealthcareService
from catalog.waitlist.enums import LIVE_ENTRY_STATES
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.selectors import open_offers_of

register = template.Library()


@register.inclusion_tag("waitlist/_join.html", takes_context=True)
def join_waitlist(context: dict[str, Any], product: Product) -> dict[str, Any]:
    """Offer to wait where no time suits, on a product's page; where one waits already, lead there.

    Nothing for what is not booked by time, or not on sale. One query for who is signed in, none for others.
    """
    service = _service_of(context, product)
    if service is None or product.sale_state != SaleState.ON_SALE:
        return {"service": None}
    user, chosen = context.get("user"), context.get("chosen")
    entry = None
    if user is not None and user.is_authenticated:
        live = WaitlistEntry.objects.filter(joined_by=user, service=service, state__in=LIVE_ENTRY_STATES)
        entry = live.only("public_id").first()
    return {"service": service, "entry": entry, "provider": chosen}


def _service_of(context: dict[str, Any], product: Product) -> HealthcareService | None:
    service = context.get("service")
    if isinstance(service, HealthcareService) and service.product_id == product.pk:
        return service
    return HealthcareService.objects.filter(product=product).first() if product.is_bookable else None


@register.inclusion_tag("waitlist/_offers.html", takes_context=True)
def waitlist_offers(context: dict[str, Any]) -> dict[str, Any]:
    """Show the times that are kept for the person who looks and wait for an answer. One query."""
    user = context.get("user")
    if user is None or not user.is_authenticated:
        return {"offers": []}
    return {"offers": list(open_offers_of(user, now=timezone.now()))}
