"""A school's lists: bring a file, look at what it would change, let it hold, undo that, take it away as a file."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.core.spreadsheets import csv_text

from .. import selectors, services
from ..access import lists_view
from ..enums import ListKind
from ..errors import FileTooLarge, RowsWrong
from ..forms import ListForm
from ..models import SchoolList
from ..rules import School
from ..tables import MOST_BYTES, SHAPES


def _kind(kind: str) -> ListKind:
    if kind not in ListKind.values:
        raise Http404
    return ListKind(kind)


@require_http_methods(["GET", "POST"])
@lists_view
def school_list(request: HttpRequest, school: School, kind: str) -> HttpResponse:
    """One list, and the form to bring a new one."""
    chosen = _kind(kind)
    if request.method == "GET":
        return _page(request, school, chosen, ListForm())
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, school, chosen, form)
    wrong: list[Any] = []
    try:
        draft = _bring(school, chosen, form, cast(User, request.user))
    except RowsWrong as refusal:
        form.add_error("file", str(refusal))
        wrong = refusal.errors
    except Refusal as refusal:
        form.add_error("file", str(refusal))
    else:
        return redirect("schools:draft", draft.public_id)
    return _page(request, school, chosen, form, wrong=wrong)


def _bring(school: School, kind: ListKind, form: ListForm, by: User) -> SchoolList:
    upload = form.cleaned_data["file"]
    if upload.size > MOST_BYTES:  # before it is read
        raise FileTooLarge
    return services.bring_list(partner=school.partner, kind=kind, content=upload.read(), uploaded_by=by)


def _page(
    request: HttpRequest, school: School, kind: ListKind, form: ListForm, *, wrong: list[Any] | None = None
) -> HttpResponse:
    current = selectors.current_list(school.partner, kind)
    rows = selectors.rows_of(current)
    context = {
        "school": school,
        "page": kind,
        "kind": kind,
        "shape": SHAPES[kind],
        "current": current,
        "draft": selectors.draft_of(school.partner, kind),
        "rows": rows if kind == ListKind.STAFF else [],
        "classes": selectors.class_sizes(rows) if kind == ListKind.CLASSES else [],
        "has_earlier": selectors.has_earlier(school.partner, kind),
        "form": form,
        "wrong": wrong or [],
    }
    return render(request, "schools/list.html", context, status=422 if form.errors else 200)


@require_GET
@lists_view
def draft(request: HttpRequest, school: School, public_id: UUID) -> HttpResponse:
    """What a file would change, before it does."""
    found = get_object_or_404(SchoolList, partner=school.partner, public_id=public_id, state="draft")
    current = selectors.current_list(school.partner, found.kind)
    context = {
        "school": school,
        "page": found.kind,
        "draft": found,
        "shape": SHAPES[found.kind],
        "current": current,
        "differences": selectors.differences(found, current),
    }
    return render(request, "schools/draft.html", context)


@require_POST
@lists_view
def decide(request: HttpRequest, school: School, public_id: UUID) -> HttpResponse:
    """Let a draft hold, or throw it away."""
    found = get_object_or_404(SchoolList, partner=school.partner, public_id=public_id)
    try:
        if request.POST.get("act") == "discard":
            services.discard_list(partner=school.partner, public_id=public_id)
            messages.success(request, _("草稿已删除，名单没有变。"))
        else:
            services.confirm_list(partner=school.partner, public_id=public_id)
            messages.success(request, _("名单已更新。30 天内可以撤回。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("schools:list", found.kind)


@require_POST
@lists_view
def undo(request: HttpRequest, school: School, kind: str) -> HttpResponse:
    """Go back to the list before."""
    try:
        before = services.undo_list(partner=school.partner, kind=_kind(kind))
        messages.success(request, _("已回到上一份名单。") if before else _("已撤回，现在没有名单。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("schools:list", kind)


@require_GET
@lists_view
def export(request: HttpRequest, school: School, kind: str) -> HttpResponse:
    """The list in force as a file."""
    chosen = _kind(kind)
    rows = selectors.rows_of(selectors.current_list(school.partner, chosen))
    return _file(f"{chosen}.csv", chosen, rows)


@require_GET
@lists_view
def template(request: HttpRequest, school: School, kind: str) -> HttpResponse:
    """A file with the right head and two lines to copy."""
    chosen = _kind(kind)
    return _file(f"{chosen}-template.csv", chosen, list(SHAPES[chosen].examples))


def _file(name: str, kind: ListKind, rows: list[Any]) -> HttpResponse:
    response = HttpResponse(csv_text(SHAPES[kind].headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
