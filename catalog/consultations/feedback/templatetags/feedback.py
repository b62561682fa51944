"""What a booking's page and a product's page show of feedback: the one place where lower pages look up to it."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.consultations.feedback import rules, selectors
from catalog.scheduling.models import Booking

register = template.Library()

#: How many of the newest stand on a product's page.
SHOWN = 3


@register.inclusion_tag("feedback/_prompt.html", takes_context=True)
def feedback_prompt(context: template.Context, booking: Booking) -> dict[str, Any]:
    """Lead to feedback on a session that took place; nothing for anybody else, or when it is long ago."""
    request = context.get("request")
    if request is None or not rules.is_held(booking) or rules.role_of(request.user, booking) is None:
        return {"shows": False}
    given = selectors.feedback_by(request.user, booking)
    return {"shows": given is not None or rules.is_in_time(booking, timezone.now()), "given": given, "booking": booking}


@register.inclusion_tag("feedback/_product.html")
def product_feedback(product: Product) -> dict[str, Any]:
    """Show how a product was rated and the newest words; nothing for one that nobody has said anything about."""
    summary = selectors.summary_of(product)
    shown = list(selectors.shown_feedback(product)[:SHOWN]) if summary.total else []
    return {"product": product, "summary": summary, "shown": shown}


@register.inclusion_tag("feedback/_link.html", takes_context=True)
def feedback_link(context: template.Context, booking: Booking) -> dict[str, Any]:
    """Lead to feedback from a list of past bookings while there is time for it; asks the database nothing."""
    request = context.get("request")
    shows = (
        request is not None
        and rules.is_held(booking)
        and rules.role_of(request.user, booking) is not None
        and rules.is_in_time(booking, timezone.now())
    )
    return {"shows": shows, "booking": booking}
