"""The way from a booking to the talk about it."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.consultations.talk import rules, selectors
from catalog.scheduling.models import Booking

register = template.Library()


@register.inclusion_tag("talk/_link.html", takes_context=True)
def talk_link(context: template.Context, booking: Booking) -> dict[str, Any]:
    """Lead to the messages about a booking while it is open, or where something was said."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated or not rules.is_familys(request.user, booking):
        return {"shows": False}
    unread = selectors.unread_by_family(booking, request.user)
    shows = rules.is_open(booking, timezone.now()) or selectors.talk_of(booking, request.user).exists()
    return {"shows": shows, "unread": unread, "booking": booking}
