"""Paid requests that wait for a yes or a no."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.order.enums import DeclineReason
from catalog.order.services import answer_request
from marketplace.core.errors import Refusal

from ..access import booking_of, portal_view
from ..rules import Portal
from ..selectors import requests_of
from ..sights import look_at_bookings


@require_GET
@portal_view
def requests(request: HttpRequest, portal: Portal) -> HttpResponse:
    """What waits for an answer, the most urgent first."""
    found = list(requests_of(portal))
    look_at_bookings(portal, found)
    context = {"portal": portal, "page": "requests", "requests": found, "reasons": DeclineReason.choices}
    return render(request, "clinics/requests.html", context)


@require_POST
@portal_view
def answer(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say yes or no; a no gives all of the money back."""
    booking = booking_of(portal, public_id)
    accepted = request.POST.get("answer") == "yes"
    reason = request.POST.get("reason", "")
    if accepted or reason not in DeclineReason.values:
        reason = ""
    try:
        answer_request(booking_id=booking.pk, accepted=accepted, answered_by=portal.user, reason=reason)
        messages.success(
            request, _("已确认，告诉了家庭。") if accepted else _("已回复，全额退款已发起，并告诉了家庭。")
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:requests")
