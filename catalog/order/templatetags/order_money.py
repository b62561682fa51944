"""What a booking's page shows of money: the one place where a lower page looks up to its order."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.order.cancellations import lines_cancelled_with, quote_cancellation
from catalog.order.selectors import booked_line_of
from catalog.scheduling.models import Booking

register = template.Library()


@register.inclusion_tag("order/_cancellation_quote.html", takes_context=True)
def cancellation_quote(context: template.Context, booking: Booking) -> dict[str, Any]:
    """Say what comes back if the session is cancelled now, by the arithmetic of the act itself; nothing to others."""
    request = context.get("request")
    line = booked_line_of(request.user, booking.public_id) if request is not None else None
    if line is None:
        return {"quote": None}
    return {"quote": quote_cancellation(lines_cancelled_with(line), now=timezone.now())}
