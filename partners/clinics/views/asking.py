"""Asking a family to show more than a booking opens: they answer when they like, or not at all."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.scheduling.models import Booking
from marketplace.consent.registry import Grantee, grantees_for
from marketplace.consent.rules import state_of
from marketplace.consent.selectors import consents_of
from marketplace.consent.services import propose_consent
from marketplace.core.errors import Refusal

from ..access import booking_of, portal_view
from ..forms import AskForm
from ..rules import Portal


@require_http_methods(["GET", "POST"])
@portal_view
def ask(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Ask for items of the child somebody booked for; shows what was asked and agreed before."""
    booking = booking_of(portal, public_id)
    ours = portal.partner.public_id
    grantee = next((one for one in grantees_for(booking.child) if one.id == ours), None)
    if grantee is None:
        raise Http404
    form = AskForm(request.POST or None, grantee=grantee)
    if request.method == "POST" and form.is_valid() and _asked(portal, booking, grantee, form):
        messages.success(request, _("已经问了。家庭回答以后，这里会看到。"))
        return redirect("clinics:ask", public_id)
    now = timezone.now()
    before = consents_of([booking.child]).filter(grantee_id=ours)[:20]
    asked = [{"consent": consent, "state": state_of(consent, now)} for consent in before]
    context = {"portal": portal, "page": "day", "booking": booking, "form": form, "asked": asked}
    return render(request, "clinics/ask.html", context)


def _asked(portal: Portal, booking: Booking, grantee: Grantee, form: AskForm) -> bool:
    try:
        propose_consent(
            child=booking.child,
            grantee_kind=grantee.kind,
            grantee_id=grantee.id,
            grantee_label=grantee.label,
            items=form.cleaned_data["items"],
            purpose=form.cleaned_data["purpose"],
            until=form.until,
            proposed_by=portal.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
