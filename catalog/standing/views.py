"""Public pages: what was stopped, by whom and why, and what was said against it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.accounts.security.second_step import way_to_second_step
from marketplace.core.errors import Refusal

from . import selectors, services
from .checklist import POINTS
from .enums import AppealState
from .forms import AnswerForm, AppealForm
from .models import StandardsVersion, Withholding
from .rules import may_appeal, may_decide_for

PAGE_SIZE = 20


@require_GET
def standards(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Show the standards in force, or an earlier version, with what associations said to it."""
    published = StandardsVersion.objects.filter(published_at__isnull=False)
    version = get_object_or_404(published, number=number) if number is not None else published.first()
    context = {
        "version": version,
        "says": version.says.select_related("body") if version else [],
        "versions": published.only("number", "published_at"),
        "points": POINTS,
    }
    return render(request, "standing/standards.html", context)


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """List what professional bodies have decided, the newest first."""
    page = Paginator(selectors.decisions(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "standing/decisions.html", {"page": page})


@require_GET
@never_cache
def decision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one decision; those it is about may appeal, its association may answer."""
    row = _decision(public_id)
    open_appeal = row.is_live and row.appeal_state == AppealState.OPEN
    context = {
        "row": row,
        "may_appeal": row.is_live
        and row.appeal_state == AppealState.NONE
        and request.user.is_authenticated
        and may_appeal(request.user, row),
        "may_answer": open_appeal and request.user.is_authenticated and may_decide_for(request.user, row.body),
    }
    return render(request, "standing/decision.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Speak against a decision, for those it is about."""
    row = _decision(public_id)
    if not may_appeal(request.user, row):
        raise Http404
    if way := way_to_second_step(request):
        return way
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.appeal(withholding=row, appealed_by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("申诉已经送到，协会里另一个人会答复。"))
            return redirect("standing:decision", row.public_id)
    context = {"row": row, "form": form, "title": _("申诉")}
    return render(request, "standing/words.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer an appeal, for somebody else of the association than who decided."""
    row = _decision(public_id)
    if not may_decide_for(request.user, row.body):
        raise Http404
    if way := way_to_second_step(request):
        return way
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_appeal(withholding=row, answered_by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("答复已经发出。"))
            return redirect("standing:decision", row.public_id)
    context = {"row": row, "form": form, "title": _("答复申诉")}
    return render(request, "standing/words.html", context, status=422 if form.errors else 200)


def _decision(public_id: UUID) -> Withholding:
    return get_object_or_404(selectors.decisions(), public_id=public_id)
