"""Disputes about the partner's things: what the family says, what we say, what was decided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.mediation import services
from catalog.mediation.enums import HEARING_STATES, CaseState
from catalog.mediation.forms import AppealForm, StatementForm
from catalog.mediation.models import Case
from catalog.mediation.selectors import case_file, cases_at
from catalog.mediation.steps import STATUS_KINDS, steps_of
from marketplace.core.errors import Refusal

from ..access import orders_view
from ..rules import Portal
from ..sights import write_down_disputes

PAGE_SIZE = 20


@require_GET
@orders_view
def disputes(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The partner's disputes, those that wait for its word first."""
    page = Paginator(cases_at(portal.partner), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(each, STATUS_KINDS.get(each.state, "")) for each in page]
    context = {"portal": portal, "page": "disputes", "page_obj": page, "rows": rows}
    return render(request, "clinics/disputes.html", context)


@require_GET
@orders_view
def dispute(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """One dispute with both sides' words."""
    return _show(request, portal, _case_of(portal, public_id))


@require_POST
@orders_view
def say(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say what happened from the partner's side."""
    case, form = _case_of(portal, public_id), StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, portal, case, say=form, status=422)
    try:
        services.state(case=case, given_by=portal.user, **form.cleaned_data)
        messages.success(request, _("已记下，并告诉了家长。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:dispute", case.public_id)


@require_POST
@orders_view
def appeal(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Ask for the authority."""
    case, form = _case_of(portal, public_id), AppealForm(request.POST, prefix="appeal")
    if not form.is_valid():
        return _show(request, portal, case, appeal_form=form, status=422)
    try:
        services.appeal(case=case, appealed_by=portal.user, **form.cleaned_data)
        messages.success(request, _("已转给主管部门调解。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:dispute", case.public_id)


def _case_of(portal: Portal, public_id: UUID) -> Case:
    return get_object_or_404(cases_at(portal.partner), public_id=public_id)


def _show(
    request: HttpRequest,
    portal: Portal,
    case: Case,
    *,
    say: StatementForm | None = None,
    appeal_form: AppealForm | None = None,
    status: int = 200,
) -> HttpResponse:
    write_down_disputes(portal, [case])
    may_appeal = case.state == CaseState.DECIDED and case.appeal_by is not None and timezone.now() < case.appeal_by
    context: dict[str, Any] = {
        "portal": portal,
        "page": "disputes",
        "case": case,
        "file": case_file(case),
        "steps": steps_of(case),
        "status_kind": STATUS_KINDS.get(case.state, ""),
        "say_form": (say or StatementForm()) if case.state in HEARING_STATES else None,
        "appeal_form": (appeal_form or AppealForm(prefix="appeal")) if may_appeal else None,
    }
    return render(request, "clinics/dispute.html", context, status=status)
