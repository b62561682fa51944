"""What an order's page shows of returns: the one place where a lower page looks up to them."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.order.models import Order
from catalog.returns.selectors import line_returns

register = template.Library()


@register.inclusion_tag("returns/_order.html")
def order_returns(order: Order) -> dict[str, Any]:
    """Show what of a paid order's goods may be cancelled or sent back; nothing for an order without goods."""
    now = timezone.now()
    return {"rows": [{"found": found, "may_return": found.may_return(now)} for found in line_returns(order)]}
