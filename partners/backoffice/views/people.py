"""Colleagues and what they may do: a lead asks for a change, a second person agrees."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required, role_required
from marketplace.accounts.duty import changes
from marketplace.accounts.duty.selectors import changes_shown, colleagues, waiting_changes
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import DutyChange, User
from marketplace.core.errors import Refusal

from ..forms_desks import ChangeForm, PeopleSearch

PAGE_SIZE = 30
_HISTORY = 20
View = Callable[..., HttpResponseBase]


def leads_and_privacy(view: View) -> View:
    """Let our leads see a view, and whoever is on privacy duty now."""
    on_duty = duty_required(Duty.PRIVACY)(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = view if changes.may_ask_changes(cast(User, request.user)) else on_duty
        return asked(request, *args, **kwargs)

    return role_required(Role.STAFF)(guarded)


@never_cache
@require_GET
@leads_and_privacy
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, and the changes that wait."""
    form = PeopleSearch(request.GET)
    wish = form.cleaned_data if form.is_valid() else {"q": "", "duty": ""}
    page = Paginator(colleagues(wish["q"], wish["duty"]), PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = waiting_changes().select_related("person", "asked_by")
    context = {
        "page": "people",
        "form": form,
        "page_obj": page,
        "rows": [{"person": person, "duties": _labels(person.duties)} for person in page],
        "waiting": [_row(request, change) for change in waiting],
    }
    return render(request, "backoffice/people.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@leads_and_privacy
def colleague(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One colleague: what they do now, what changed when, and the form to ask for another change."""
    person = get_object_or_404(User, public_id=public_id, role=Role.STAFF)
    user = cast(User, request.user)
    may_ask = changes.may_ask_changes(user) and person.is_active
    form = ChangeForm(request.POST or None, initial={"duties": person.duties}) if may_ask else None
    if request.method == "POST" and form and form.is_valid():
        try:
            changes.ask_change(person=person, asked_by=user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提出。另一位同事同意后生效。"))
            return redirect("backoffice:colleague", public_id)
    context = {
        "page": "people",
        "person": person,
        "duties": _labels(person.duties),
        "form": form,
        "changes": [_row(request, change) for change in changes_shown(person)[:_HISTORY]],
    }
    return render(request, "backoffice/colleague.html", context, status=422 if form and form.errors else 200)


@require_POST
@leads_and_privacy
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Agree to a change or not, as the second person; or take back what one asked for."""
    change = get_object_or_404(DutyChange.objects.select_related("person"), public_id=public_id)
    act, user = request.POST.get("act"), cast(User, request.user)
    try:
        if act == "withdraw":
            changes.withdraw_change(public_id=public_id, by=user)
            messages.success(request, _("已收回。"))
        else:
            agrees = act == "agree"
            changes.decide_change(public_id=public_id, agrees=agrees, decided_by=user)
            messages.success(request, _("已生效。") if agrees else _("没有同意，什么都没有变。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("backoffice:colleague", change.person.public_id)


def _row(request: HttpRequest, change: DutyChange) -> dict[str, Any]:
    user = cast(User, request.user)
    return {
        "change": change,
        "may_decide": changes.may_decide_change(user, change),
        "is_mine": change.asked_by_id == user.pk,
    }


def _labels(duties: list[str]) -> list[str]:
    return [str(Duty(duty).label) for duty in duties]
