"""Children's profiles: add, edit, put away. Somebody else's child is not found."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import Refusal

from .. import selectors, services
from ..enums import GuardianshipScope
from ..errors import AlreadyGrownUp, BirthDateIsFixed, BornInTheFuture
from ..forms import ChildForm
from ..models import Child


def _way_back(request: HttpRequest) -> str:
    """Return the page of ours the person came from (?next=), or ""."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


@login_required
def add_child(request: HttpRequest) -> HttpResponse:
    """Add a child, and go back to where the person came from, a booking for instance."""
    form = ChildForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            child = services.add_child(guardian=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(_field_of(refusal), str(refusal))
        else:
            messages.success(request, _("已添加 %(name)s。") % {"name": child.nickname})
            return HttpResponseRedirect(_way_back(request) or reverse("family:children"))
    return render(request, "families/child_form.html", {"form": form, "next": _way_back(request)})


@login_required
def edit_child(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a child's profile."""
    child = _own_child(request, public_id)
    form = ChildForm(request.POST or None, initial=_values(child))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_child(user=request.user, public_id=public_id, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(_field_of(refusal), str(refusal))
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(_way_back(request) or reverse("family:children"))
    return render(request, "families/child_form.html", {"form": form, "child": child, "next": _way_back(request)})


@login_required
@require_http_methods(["GET", "POST"])
def archive_child(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask, then put a profile away."""
    child = _own_child(request, public_id)
    if request.method == "POST":
        try:
            services.archive_child(user=request.user, public_id=public_id)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("已收起 %(name)s 的档案。") % {"name": child.nickname})
        return redirect("family:children")
    return render(request, "families/archive_child.html", {"child": child})


def _own_child(request: HttpRequest, public_id: UUID) -> Child:
    """Find a child for which this person stands in full; who only books for it changes nothing."""
    child = selectors.child_of(request.user, public_id)
    if child is None or child.scope != GuardianshipScope.FULL:
        raise Http404
    return child


def _values(child: Child) -> dict[str, Any]:
    return {name: getattr(child, name) for name in ("nickname", "born_on", "relation", "school_year")}


def _field_of(refusal: Refusal) -> str | None:
    about_the_date = isinstance(refusal, (BornInTheFuture, AlreadyGrownUp, BirthDateIsFixed))
    return "born_on" if about_the_date else None
