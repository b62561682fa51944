"""What a booking's page and the lobby show of measures: the one place where lower pages look up to them."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.consultations.measures import rules, selectors
from catalog.consultations.measures.models import Invitation
from catalog.scheduling.models import Booking

register = template.Library()


@register.inclusion_tag("measures/_prompt.html", takes_context=True)
def measure_prompt(context: template.Context, booking: Booking) -> dict[str, Any]:
    """Ask for a minute's answers before a session; nothing when it is not the time, not theirs, answered or declined."""
    request, now = context.get("request"), timezone.now()
    if request is None or not rules.is_open(booking, now) or not rules.may_answer(request.user, booking.child):
        return {"asked": False}
    declined = Invitation.objects.filter(booking=booking, declined_at__isnull=False).exists()
    return {"asked": not declined and bool(selectors.still_to_answer(booking, now)), "booking": booking}
