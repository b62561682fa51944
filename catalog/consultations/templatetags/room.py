"""The way from a booking that is shown into its room: where lower pages look up to it."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.consultations.selectors import guarded_children, room_of
from catalog.scheduling.models import Booking

register = template.Library()


@register.inclusion_tag("room/_join_button.html", takes_context=True)
def join_button(context: template.Context, booking: Booking) -> dict[str, Any]:
    """Lead into the room, or say from when it is open; nothing for whoever it is not for, in person, or afterwards.

    The booking comes with its occupancy's provider and its child. One query for a page, however many bookings it shows.
    """
    request, now = context.get("request"), timezone.now()
    if request is None or not request.user.is_authenticated:
        return {"entry": None}
    if not hasattr(request, "guarded_children"):
        request.guarded_children = guarded_children(request.user)
    entry = room_of(request.user, booking, now=now, guarded=request.guarded_children)
    return {"entry": entry, "is_open": entry is not None and entry.is_open(now), "booking": booking}
