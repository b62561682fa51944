"""What an order's page shows of its delivery: the one place where a lower page looks up to fulfilment."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.fulfilment.entitlement import CLOSED, Access, entitlement_for
from catalog.fulfilment.selectors import entitlements_from, parcels_from
from catalog.fulfilment.story import order_story as steps_of
from catalog.fulfilment.story import refunded_lines
from catalog.order.models import Order
from catalog.order.selectors import OrderView
from payments.story import refund_story

register = template.Library()


@register.inclusion_tag("fulfilment/_deliveries.html")
def order_deliveries(order: Order) -> dict[str, Any]:
    """Show what a paid order opened and sent; nothing for an order of sessions only."""
    return {"entitlements": list(entitlements_from(order)), "parcels": list(parcels_from(order))}


@register.inclusion_tag("fulfilment/_story.html")
def order_story(view: OrderView) -> dict[str, Any]:
    """Show how far an order has come, and how far money of its lines has gone back."""
    order = view.order
    delivered = {"entitlements": entitlements_from(order), "parcels": parcels_from(order)} if order.paid_at else {}
    return {
        "steps": steps_of(view, **({"entitlements": (), "parcels": ()} | delivered), now=timezone.now()),
        "refunds": [
            (line, [refund_story(asked.refund) for asked in line.refunds.all()]) for line in refunded_lines(view)
        ],
        "late_refunds": [refund_story(refund) for refund in view.late_refunds],
        "intent": view.intent,
    }


@register.simple_tag(takes_context=True)
def access_to(context: template.Context, product: Product) -> Access:
    """What opens a product for whoever reads the page."""
    request = context.get("request")
    return entitlement_for(request.user, product) if request is not None else CLOSED
