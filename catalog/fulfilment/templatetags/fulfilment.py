"""What an order's page shows of its delivery: the one place where a lower page looks up to fulfilment."""

from typing import Any

from django import template

from catalog.fulfilment.selectors import entitlements_from, parcels_from
from catalog.order.models import Order

register = template.Library()


@register.inclusion_tag("fulfilment/_deliveries.html")
def order_deliveries(order: Order) -> dict[str, Any]:
    """Show what a paid order opened and sent; nothing for an order of sessions only."""
    return {"entitlements": list(entitlements_from(order)), "parcels": list(parcels_from(order))}
