"""What other pages show of plans: the places where lower pages look up to them."""

from typing import Any

from django import template

from catalog.plans.models import StepBooking
from catalog.plans.sights import is_open_to_family
from catalog.scheduling.models import Booking

register = template.Library()


@register.inclusion_tag("plans/_step_of.html", takes_context=True)
def plan_step(context: template.Context, booking: Booking) -> dict[str, Any]:
    """Lead from a booking to the plan it was made for, where this person may see that there is one.

    Nothing of the plan is shown, so no look is written. One query for a booking without a plan, two for one with it.
    """
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return {"plan": None}
    links = StepBooking.objects.filter(booking=booking).select_related("step__plan__child")
    link = links.first()
    if link is None or not is_open_to_family(request.user, link.step.plan.child):
        return {"plan": None}
    return {"plan": link.step.plan}
