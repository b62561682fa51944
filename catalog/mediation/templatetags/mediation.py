"""What an order's page shows of disputes: the one place where a lower page looks up to them."""

from typing import Any

from django import template

from catalog.mediation.selectors import line_cases
from catalog.order.models import Order

register = template.Library()


@register.inclusion_tag("mediation/_order.html")
def order_disputes(order: Order) -> dict[str, Any]:
    """Show the disputes of a paid order, and where one may be opened."""
    return {"rows": line_cases(order)}
