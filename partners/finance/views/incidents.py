"""Payments whose facts contradict ours, unknown trades, bad signatures: who looks, and how it ends."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from partners.finance.forms_books import WhyForm
from partners.finance.selectors.sides import neutral_words
from partners.finance.views.differences import decisions_for
from payments.books import selectors, services
from payments.books.enums import DecisionAbout
from payments.books.models import IncidentCase, SuspenseReturn
from payments.enums import AttemptState, RefundState
from payments.models import PaymentIncident
from payments.services.by_hand import suspense_fen

PAGE_SIZE = 20


@require_GET
@duty_required(Duty.FINANCE)
def incidents(request: HttpRequest) -> HttpResponse:
    """Open incidents, or those that were closed."""
    closed = request.GET.get("show") == "closed"
    page = Paginator(selectors.incidents(closed=closed), PAGE_SIZE).get_page(request.GET.get("page"))
    cases = selectors.cases_of(page.object_list)
    context = {
        "page": "incidents",
        "page_obj": page,
        "closed": closed,
        "rows": [(incident, cases.get(incident.key)) for incident in page],
    }
    return render(request, "finance/incidents.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """One incident: what the company told, whose it is here; close it with words, or propose to give money back."""
    found = get_object_or_404(PaymentIncident.objects.select_related("attempt__intent"), pk=pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _note_down(request, found, form.cleaned_data["note"])
            return redirect("finance:incident", pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = _context(found) | {"form": None if found.closed_at else form}
    return render(request, "finance/incident.html", context, status=422 if form.errors else 200)


def _note_down(request: HttpRequest, found: PaymentIncident, note: str) -> None:
    """Close, or propose to give the money back: what is possible follows from whether money is held."""
    if _held_fen(found):
        services.propose_for_incident(incident_id=found.pk, note=note, proposed_by_id=request.user.pk)
        messages.success(request, _("已提出退回。需要另一位同事确认，确认以后才会退款。"))
    else:
        services.close_incident(incident_id=found.pk, note=note, closed_by_id=request.user.pk)
        messages.success(request, _("已结束这条异常。"))


def _held_fen(found: PaymentIncident) -> int:
    attempt = found.attempt
    return suspense_fen(attempt) if attempt and attempt.state == AttemptState.SUSPENSE else 0


def _context(found: PaymentIncident) -> dict[str, Any]:
    attempt = found.attempt
    number = attempt.out_trade_no if attempt else ""
    decisions = list(selectors.decisions_about(DecisionAbout.INCIDENT, number)) if number else []
    case = IncidentCase.objects.filter(incident_key=found.key).select_related("taken_by", "closed_by").first()
    prefetch_keys([*decisions, *([case] if case else [])])
    return {
        "page": "incidents",
        "incident": found,
        "attempt": attempt,
        "description": neutral_words(attempt) if attempt else None,
        "case": case,
        "held_fen": _held_fen(found),
        "returned": SuspenseReturn.objects.filter(out_trade_no=number).first() if number else None,
    } | decisions_for(decisions)


@require_POST
@duty_required(Duty.FINANCE)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one looks after it."""
    get_object_or_404(PaymentIncident, pk=pk)
    try:
        services.take_incident(incident_id=pk, taken_by_id=request.user.pk)
        messages.success(request, _("这条异常由你来看。"))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("finance:incident", pk)


@require_POST
@duty_required(Duty.FINANCE)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a return that the company refused once more, under the number it has."""
    found = get_object_or_404(PaymentIncident.objects.select_related("attempt"), pk=pk, attempt__isnull=False)
    back = get_object_or_404(SuspenseReturn, out_trade_no=found.attempt.out_trade_no)  # type: ignore[union-attr]
    try:
        state = services.retry_suspense_return(return_id=back.pk)
        done = state == RefundState.SUCCEEDED
        messages.info(request, _("已退回。") if done else _("支付机构还没有办成，请稍后再看。"))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("finance:incident", pk)
