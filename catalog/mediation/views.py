"""A family's disputes: opening, saying more, thinking again, asking for the authority."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal

from . import selectors, services
from .enums import HEARING_STATES, CaseState, Topic
from .forms import AppealForm, OpenForm, StatementForm
from .models import Case
from .steps import STATUS_KINDS, steps_of
from .words_read import screen_words

PAGE_SIZE = 20


@require_GET
@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the person's disputes."""
    page = Paginator(selectors.cases_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(each, STATUS_KINDS.get(each.state, "")) for each in page]
    return render(request, "mediation/index.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def open_dispute(request: HttpRequest, line_id: int) -> HttpResponse:
    """Say that something of an order went wrong."""
    line = selectors.line_to_dispute(request.user, line_id)
    if line is None:
        raise Http404
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        topic, words = Topic(form.cleaned_data["topic"]), form.cleaned_data["words"]
        try:
            case = services.open_case(line=line, opened_by=request.user, topic=topic, words=words)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            screen_words(request, case, request.user)
            messages.success(request, _("已经提交。机构会在三天内说明，平台在十天内决定。"))
            return redirect("mediation:detail", case.public_id)
    context = {"line": line, "order": line.order, "form": form, "is_buyer": line.order.user_id == request.user.pk}
    return render(request, "mediation/open.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
@never_cache
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far a dispute has come, and what may be said now."""
    return _show(request, _own_case(request, public_id))


@require_POST
@login_required
def say(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add to what was said."""
    case, form = _own_case(request, public_id), StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, case, say=form, status=422)
    try:
        given = services.state(case=case, given_by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        screen_words(request, given, request.user)
        messages.success(request, _("已记下。"))
    return redirect("mediation:detail", case.public_id)


@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Settled after all."""
    case = _own_case(request, public_id)
    try:
        services.withdraw_case(case=case, withdrawn_by=request.user)
        messages.success(request, _("已撤回。"))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("mediation:detail", case.public_id)


@require_POST
@login_required
def appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for the authority."""
    case, form = _own_case(request, public_id), AppealForm(request.POST, prefix="appeal")
    if not form.is_valid():
        return _show(request, case, appeal_form=form, status=422)
    try:
        services.appeal(case=case, appealed_by=request.user, **form.cleaned_data)
        messages.success(request, _("已转给主管部门调解。已经退给你的钱不会收回。"))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("mediation:detail", case.public_id)


def _own_case(request: HttpRequest, public_id: UUID) -> Case:
    found = selectors.case_of(request.user, public_id)
    if found is None:
        raise Http404
    return found


def _show(
    request: HttpRequest,
    case: Case,
    *,
    say: StatementForm | None = None,
    appeal_form: AppealForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    may_appeal = case.state == CaseState.DECIDED and case.appeal_by is not None and now < case.appeal_by
    context: dict[str, Any] = {
        "case": case,
        "file": selectors.case_file(case),
        "steps": steps_of(case),
        "status_kind": STATUS_KINDS.get(case.state, ""),
        "say_form": (say or StatementForm()) if case.state in HEARING_STATES else None,
        "appeal_form": (appeal_form or AppealForm(prefix="appeal")) if may_appeal else None,
        "may_withdraw": case.opened_by_id == request.user.pk and case.state in (CaseState.OPEN, CaseState.DECIDING),
        "is_buyer": case.line.order.user_id == request.user.pk,
    }
    return render(request, "mediation/detail.html", context, status=status)
