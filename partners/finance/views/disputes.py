"""Disputed cards: what a bank asks, until when, and our answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from partners.finance.forms_disputes import EvidenceForm
from partners.finance.sights import write_down_bill
from payments.disputes import selectors, services
from payments.disputes.enums import DisputeState
from payments.disputes.models import Dispute
from payments.disputes.proof import drafted_evidence

PAGE_SIZE = 20


@require_GET
@duty_required(Duty.FINANCE)
def disputes(request: HttpRequest) -> HttpResponse:
    """All disputes, what waits for us first."""
    page = Paginator(selectors.disputes_to_work_on(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "finance/disputes.html", {"page": "disputes", "page_obj": page})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def dispute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One dispute: its payment, what the bank holds, and the answer or the form for it."""
    found = get_object_or_404(
        Dispute.objects.select_related("attempt__intent__buyer", "answered_by", "refund"), public_id=public_id
    )
    form = _form(request, found)
    if request.method == "POST" and form is not None and form.is_valid():
        return _answer(request, found, form.cleaned_data["evidence"])
    prefetch_keys([found])
    write_down_bill(request.user, person=found.attempt.intent.buyer, record=found.public_id)
    context = {"page": "disputes", "dispute": found, "form": form}
    return render(request, "finance/dispute.html", context)


def _form(request: HttpRequest, found: Dispute) -> EvidenceForm | None:
    if found.state != DisputeState.NEEDS_RESPONSE or found.answered_at is not None:
        return None
    return EvidenceForm(request.POST or None, initial={"evidence": found.evidence or drafted_evidence(found.attempt)})


def _answer(request: HttpRequest, found: Dispute, evidence: str) -> HttpResponse:
    try:
        services.answer_dispute(public_id=found.public_id, evidence=evidence, answered_by_id=request.user.pk)
        messages.success(request, _("已发给银行。结果出来会告诉你。"))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("finance:dispute", found.public_id)
