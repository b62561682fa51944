"""The coping plan: written and kept in the browser by anybody, and in the account by whoever wishes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST, require_safe

from marketplace.core.errors import Refusal
from marketplace.safeguarding.hotlines import HOTLINES

from ..coping import PLAN_FAMILIES, PLAN_SOURCES, SECTION_LENGTH
from ..forms.coping import PlanForm
from ..selectors.coping import earlier_plans, filled, plan_of
from ..services.coping import forget_plan, note_plan_used, restore_plan, save_plan


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan to be written, read and printed; no login, nothing recorded."""
    found = plan_of(request.user)
    if found is not None:
        note_plan_used(owner=found.owner)
    return _page(request, found.sections if found else {}, found)


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the empty plan page and the crisis page for when there is no network.

    It fetches both without cookies: nothing about anybody gets into the browser's store.
    """
    context = {"pages": [reverse("wellbeing:plan"), reverse("crisis")]}
    answer = render(request, "wellbeing/plan/worker.js", context, content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@sensitive_post_parameters()
@never_cache
@require_POST
@login_required
def keep(request: HttpRequest) -> HttpResponse:
    """Save the plan to one's account."""
    form = PlanForm(request.POST)
    found = plan_of(request.user)
    if not form.is_valid():
        return _page(request, {key: request.POST.get(key, "") for key in form.fields}, found, form, status=422)
    try:
        save_plan(owner=request.user, sections=form.sections, revision=form.cleaned_data["revision"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form.sections, found, form, status=422)
    messages.success(request, _("存到你的账号里了，加密的，只有你自己看得到。"))
    return redirect("wellbeing:plan")


@never_cache
@require_GET
@login_required
def earlier(request: HttpRequest) -> HttpResponse:
    """Show earlier versions of one's plan."""
    versions = [(version, filled(version.sections)) for version in earlier_plans(request.user)]
    return render(request, "wellbeing/plan/earlier.html", {"versions": versions, "plan": plan_of(request.user)})


@never_cache
@require_POST
@login_required
def restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make an earlier version the plan again."""
    if restore_plan(owner=request.user, public_id=public_id) is None:
        raise Http404
    messages.success(request, _("换回来了。刚才那一份也还留着。"))
    return redirect("wellbeing:plan")


@never_cache
@require_POST
@login_required
def forget(request: HttpRequest) -> HttpResponse:
    """Delete one's plan with all earlier versions."""
    forget_plan(owner=request.user)
    messages.success(request, _("账号里的应对卡删掉了。这台设备上的那一份，要在这里另外清除。"))
    return redirect("wellbeing:plan")


def _page(
    request: HttpRequest, sections: dict[str, str], found: Any, form: PlanForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "rows": filled(sections),
        "plan": found,
        "form": form,
        "most": SECTION_LENGTH,
        "hotlines": HOTLINES,
        "sources": PLAN_SOURCES,
        "families": [family.label for family in PLAN_FAMILIES],
    }
    return render(request, "wellbeing/plan/plan.html", context, status=status)
