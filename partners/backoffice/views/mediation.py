"""Disputes about orders: what waits, both sides' words, and the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.mediation import services
from catalog.mediation.enums import CaseState
from catalog.mediation.forms import MediationForm, RulingForm
from catalog.mediation.models import Case, Ruling
from catalog.mediation.rules import deciding_limit_fen
from catalog.mediation.selectors import case_file, cases_to_work_on, ended_cases
from catalog.mediation.steps import STATUS_KINDS, steps_of
from catalog.order.selectors import claimed_fen
from marketplace.accounts.access import duty_required
from marketplace.accounts.duty.selectors import duties_now
from marketplace.accounts.enums import Duty
from marketplace.core.errors import Refusal

from ..sights import write_down_disputes

PAGE_SIZE = 20


@require_GET
@duty_required(Duty.SUPPORT, Duty.FINANCE)
def mediation(request: HttpRequest) -> HttpResponse:
    """Disputes that go on, the most urgent first; or those that ended."""
    ended = request.GET.get("show") == "ended"
    found = ended_cases() if ended else cases_to_work_on()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(case, STATUS_KINDS.get(case.state, "")) for case in page]
    context = {"page_obj": page, "rows": rows, "ended": ended, "now": timezone.now(), "page": "mediation"}
    return render(request, "backoffice/mediation.html", context)


@require_GET
@duty_required(Duty.SUPPORT, Duty.FINANCE)
@never_cache
def mediation_case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One dispute with both sides' words."""
    return _show(request, _case(public_id))


@require_POST
@duty_required(Duty.SUPPORT, Duty.FINANCE)
def decide_mediation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide a dispute, or carry out what the authority mediated."""
    case = _case(public_id)
    is_mediated = case.state == CaseState.MEDIATING
    form = _form_of(case, request.POST)
    if form is None or not form.is_valid():
        return _show(request, case, form=form, status=422)
    try:
        if is_mediated:
            ruling = services.note_mediation(case=case, noted_by=request.user, **form.decision)
        else:
            ruling = services.decide_case(case=case, decided_by=request.user, **form.decision)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, ruling)
    return redirect("backoffice:mediation_case", case.public_id)


@require_POST
@duty_required(Duty.FINANCE)
def confirm_mediation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Agree to a decision above one person's sum as the second one, or not."""
    case = _case(public_id)
    waiting = case_file(case).waiting
    if waiting is None:
        messages.error(request, _("这个争议的状态刚刚变了，请刷新看看。"))
        return redirect("backoffice:mediation_case", case.public_id)
    try:
        ruling = services.confirm_ruling(
            ruling=waiting, agrees=request.POST.get("agrees") == "yes", confirmed_by=request.user
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, ruling)
    return redirect("backoffice:mediation_case", case.public_id)


def _say(request: HttpRequest, ruling: Ruling) -> None:
    words = {
        "waiting": _("已记下。超过一个人能决定的金额，等财务第二人确认。"),
        "in_force": _("已决定，双方会收到消息。"),
        "refused": _("没有同意，没有退款。"),
    }
    messages.success(request, words[ruling.state])


def _case(public_id: UUID) -> Case:
    found = Case.objects.select_related("line__order__user", "line__partner", "line__product", "opened_by")
    return get_object_or_404(found, public_id=public_id)


def _left_fen(case: Case) -> int:
    return case.line.price_fen - claimed_fen(case.line)


def _form_of(case: Case, data: Any = None) -> RulingForm | None:
    """The form of what our staff can do now; None while somebody else has to do something."""
    if case.state == CaseState.MEDIATING:
        return MediationForm(data, left_fen=_left_fen(case))
    heard = case.state == CaseState.DECIDING or (case.state == CaseState.OPEN and case.answer_by <= timezone.now())
    return RulingForm(data, left_fen=_left_fen(case)) if heard else None


def _show(request: HttpRequest, case: Case, *, form: RulingForm | None = None, status: int = 200) -> HttpResponse:
    write_down_disputes(request.user, [case])
    file, duties = case_file(case), duties_now(request.user)
    context = {
        "case": case,
        "file": file,
        "steps": steps_of(case),
        "status_kind": STATUS_KINDS.get(case.state, ""),
        "form": form or _form_of(case),
        "limit_fen": deciding_limit_fen(duties) or 0,
        "left_fen": _left_fen(case),
        "may_confirm": file.waiting is not None
        and Duty.FINANCE in duties
        and file.waiting.made_by_id != request.user.pk,
        "page": "mediation",
    }
    return render(request, "backoffice/mediation_case.html", context, status=status)
