"""A community's money for activities: what is left, and asking for it with a receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import Refusal
from payments.grants.evidence import take_out
from payments.grants.models import SpendRequest
from payments.grants.selectors import free_in, fund_moves, funds_of, left_in, left_in_each, spend_requests_of
from payments.grants.services import ask_to_spend

from ..access import manager_view
from ..money_forms import SpendForm
from ..rules import Portal


@require_GET
@manager_view
def funds(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The partner's funds."""
    found = list(funds_of(portal.partner.public_id))
    left = left_in_each(found)
    rows = [(fund, left[fund.pk]) for fund in found]
    return render(request, "clinics/funds.html", {"portal": portal, "page": "funds", "rows": rows})


@require_http_methods(["GET", "POST"])
@never_cache
@manager_view
def fund(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """One fund: its statement, what was asked, and asking for more."""
    shown = get_object_or_404(funds_of(portal.partner.public_id), public_id=public_id)
    form = SpendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_spend(
                fund=shown,
                amount_fen=form.amount_fen,
                purpose=form.cleaned_data["purpose"],
                evidence=form.cleaned_data["evidence"],
                asked_by=portal.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提交，我们会尽快答复。"))
            return redirect("clinics:fund", public_id)
    context = {
        "portal": portal,
        "page": "funds",
        "fund": shown,
        "left_fen": left_in(shown),
        "free_fen": free_in(shown),
        "moves": fund_moves(shown),
        "requests": spend_requests_of(shown),
        "form": form,
    }
    return render(request, "clinics/fund.html", context, status=400 if form.errors else 200)


@require_GET
@never_cache
@manager_view
def evidence(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """The receipt the partner handed in."""
    asked = get_object_or_404(SpendRequest, public_id=public_id, fund__payee=portal.partner.public_id)
    try:
        content = take_out(asked.evidence)
    except Refusal as refusal:
        raise Http404 from refusal
    response = HttpResponse(content, content_type=asked.evidence_type)
    response["Content-Disposition"] = "attachment" if asked.evidence_type == "application/pdf" else "inline"
    return response
