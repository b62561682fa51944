"""What companies' bills tell otherwise than our books: listed, looked at from both sides, proposed, confirmed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from partners.finance.forms_books import ProposalForm
from partners.finance.selectors.sides import sides_of
from payments.books import selectors, services
from payments.books.enums import BillState, DecisionAbout, DecisionState, DifferenceState
from payments.books.models import BookedBill, Decision, Difference
from payments.books.rules import fitting_resolutions
from payments.models import PaymentIncident, Refund

PAGE_SIZE = 20
_SHOWN_BILLS = 9


@require_GET
@duty_required(Duty.FINANCE)
def differences(request: HttpRequest) -> HttpResponse:
    """Differences of one state, and the newest bills."""
    asked = request.GET.get("state", "")
    state = asked if asked in DifferenceState.values else DifferenceState.OPEN
    page = Paginator(selectors.differences(state), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": "differences",
        "page_obj": page,
        "state": state,
        "tabs": [
            {"label": each.label, "href": f"?state={each.value}", "on": each == state, "count": None}
            for each in DifferenceState
        ],
        "bills": selectors.bills()[:_SHOWN_BILLS],
    }
    return render(request, "finance/differences.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def difference(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One difference with both sides; whoever looks may propose."""
    found = get_object_or_404(Difference, public_id=public_id)
    form = ProposalForm(request.POST or None, fitting=fitting_resolutions(found.kind))
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_for_difference(public_id=public_id, proposed_by_id=request.user.pk, **form.cleaned_data)
            messages.success(request, _("已提出。需要另一位同事确认，确认以后才会入账。"))
            return redirect("finance:difference", public_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    decisions = list(found.decisions.select_related("proposed_by", "decided_by").order_by("-pk"))
    prefetch_keys(decisions)
    context = {
        "page": "differences",
        "difference": found,
        "sides": sides_of(found),
        "form": form if found.state == DifferenceState.OPEN else None,
    }
    context |= decisions_for(decisions)
    return render(request, "finance/difference.html", context, status=422 if form.errors else 200)


def decisions_for(decisions: list[Decision]) -> dict[str, Any]:
    """What a page shows of decisions: the one that waits, and those that are over."""
    waiting = next((each for each in decisions if each.state == DecisionState.PROPOSED), None)
    return {"proposal": waiting, "decisions": [each for each in decisions if each is not waiting]}


#: By name, what each step does and what is said when it is done.
_STEPS: dict[str, tuple[Callable[[UUID, int], Decision], Callable[[], str]]] = {
    "confirm": (
        lambda public_id, user: services.confirm(public_id=public_id, decided_by_id=user),
        lambda: _("已确认并处理。"),
    ),
    "decline": (
        lambda public_id, user: services.decline(public_id=public_id, decided_by_id=user),
        lambda: _("已退回，等新的处理办法。"),
    ),
    "withdraw": (
        lambda public_id, user: services.withdraw(public_id=public_id, withdrawn_by_id=user),
        lambda: _("已收回。"),
    ),
}


@require_POST
@duty_required(Duty.FINANCE)
def decide(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Confirm or decline as the second person, or take one's own proposal back."""
    if step not in _STEPS:
        raise Http404
    decision = get_object_or_404(Decision.objects.select_related("difference"), public_id=public_id)
    act, said = _STEPS[step]
    try:
        act(public_id, request.user.pk)
        messages.success(request, said())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(_page_of(decision))


def _page_of(decision: Decision) -> str:
    """Where a decision is shown."""
    if decision.difference is not None:
        return reverse("finance:difference", args=[decision.difference.public_id])
    if decision.about == DecisionAbout.REFUND:
        refund = Refund.objects.get(out_refund_no=decision.subject_key)
        return reverse("finance:refund", args=[refund.public_id])
    incident = PaymentIncident.objects.filter(attempt__out_trade_no=decision.subject_key).order_by("pk").first()
    return reverse("finance:incident", args=[incident.pk]) if incident else reverse("finance:incidents")


@require_POST
@duty_required(Duty.FINANCE)
def fetch_bill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch a company's bill now; one that is booked is compared once more."""
    bill = get_object_or_404(BookedBill, pk=pk)
    if services.fetch_bill(bill_id=bill.pk) == BillState.BOOKED:
        messages.success(request, _("账单已取到并核对。"))
    else:
        messages.info(request, _("支付机构还没有出这一天的账单，稍后会自动再取。"))
    return redirect("finance:differences")
