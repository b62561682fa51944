"""A family's returns: asking, following, thinking again."""

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

from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.core.formatting import yuan_text

from . import selectors, services
from .enums import ReturnState
from .forms import ReturnForm, SentForm
from .models import ReturnRequest
from .selectors import LineReturn

PAGE_SIZE = 20
STATUS_KINDS: dict[str, str] = {
    ReturnState.ASKED: "wait",
    ReturnState.APPROVED: "wait",
    ReturnState.SENT_BACK: "wait",
    ReturnState.RECEIVED: "wait",
    ReturnState.REFUNDED: "good",
    ReturnState.REFUSED: "note",
}


@require_GET
@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the person's returns."""
    page = Paginator(selectors.returns_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(each, STATUS_KINDS.get(each.state, "")) for each in page]
    return render(request, "returns/index.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def ask(request: HttpRequest, line_id: int) -> HttpResponse:
    """Ask to send units of a line back."""
    found = _own_line(request, line_id)
    if found.open_request:
        return redirect("returns:detail", found.open_request.public_id)
    now = timezone.now()
    if not found.may_return(now):
        return render(request, "returns/closed.html", {"found": found, "order": found.line.order})
    form = ReturnForm(request.POST or None, line=found, initial={"quantity": found.units})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_return(line=found.line, asked_by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已经申请。最晚三天内答复，通常很快。"))
            return redirect("returns:detail", made.public_id)
    before = found.line.quantity - found.units
    context = {
        "found": found,
        "order": found.line.order,
        "form": form,
        "whole_fen": selectors.worth_fen(found.line, units=found.units, before=before),
    }
    return render(request, "returns/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def cancel(request: HttpRequest, line_id: int) -> HttpResponse:
    """Take a line out of a parcel that has not left, after asking once."""
    found = _own_line(request, line_id)
    if not found.may_cancel:
        return redirect("orders:detail", found.line.order.public_id)
    if request.method != "POST":
        return render(request, "returns/cancel.html", {"found": found, "order": found.line.order})
    try:
        fen = services.cancel_unsent(line=found.line, asked_by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("已取消，{amount} 会原路退回。").format(amount=yuan_text(fen)))
    return redirect("orders:detail", found.line.order.public_id)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def course(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a course back within the week, before anything of it was learned."""
    found = selectors.course_to_give_back(request.user, public_id, now=timezone.now())
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "returns/course.html", {"entitlement": found, "line": found.order_line})
    try:
        fen = services.give_course_back(entitlement=found, asked_by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("课程已退，{amount} 会原路退回。").format(amount=yuan_text(fen)))
    return redirect("mine:library")


@require_GET
@login_required
@never_cache
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far a return has come, and what to do next."""
    return _show(request, _own_return(request, public_id), SentForm())


@require_POST
@login_required
def sent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that the parcel was handed in."""
    found = _own_return(request, public_id)
    form = SentForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    return _done(request, found, services.mark_sent_back, sent_by=request.user, **form.cleaned_data)


@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep it after all."""
    return _done(request, _own_return(request, public_id), services.withdraw_return, withdrawn_by=request.user)


def _done(request: HttpRequest, found: ReturnRequest, service: Any, **fields: Any) -> HttpResponse:
    try:
        service(request=found, **fields)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("已记下。"))
    return redirect("returns:detail", found.public_id)


def _own_line(request: HttpRequest, line_id: int) -> LineReturn:
    found = selectors.line_return_of(request.user, line_id)
    if found is None:
        raise Http404
    return found


def _own_return(request: HttpRequest, public_id: UUID) -> ReturnRequest:
    found = selectors.return_of(request.user, public_id)
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, found: ReturnRequest, form: SentForm, *, status: int = 200) -> HttpResponse:
    prefetch_keys([found])
    context = {
        "request_": found,
        "order": found.line.order,
        "steps": _steps(found),
        "status_kind": STATUS_KINDS.get(found.state, ""),
        "form": form,
        "may_withdraw": found.state in (ReturnState.ASKED, ReturnState.APPROVED),
    }
    return render(request, "returns/detail.html", context, status=status)


def _steps(found: ReturnRequest) -> list[dict[str, Any]]:
    """The road of a return, with what is done, what is now, and what is to come."""
    road = [
        (_("申请"), found.asked_at),
        (_("可以寄回"), found.answered_at if found.state != ReturnState.REFUSED or found.sent_at else None),
        (_("寄出"), found.sent_at),
        (_("收到"), found.received_at),
        (_("退款"), found.ended_at if found.state == ReturnState.REFUNDED else None),
    ]
    is_open = found.ended_at is None
    next_index = next((index for index, (_label, at) in enumerate(road) if at is None), len(road))
    return [
        {"label": label, "at": at, "state": "done" if at else "now" if is_open and index == next_index else "todo"}
        for index, (label, at) in enumerate(road)
    ]
