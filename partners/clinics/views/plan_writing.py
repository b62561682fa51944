"""Writing on one's own plan: its words, goals and steps, letting the family see it, and its end."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from catalog.plans import services
from catalog.plans.enums import GoalStatus
from catalog.plans.models import CarePlan
from marketplace.core.errors import Refusal

from ..access import portal_view
from ..plan_forms import EndForm, GoalForm, StepForm, WordsForm
from ..rules import Portal
from .plans import own_plan


def _open_plan(portal: Portal, public_id: UUID) -> CarePlan:
    """One's own plan that consent opens: no form shows, or takes, words of one that is closed."""
    plan = own_plan(portal, public_id)
    if not plan.sight.words:  # type: ignore[attr-defined]
        raise Http404
    return plan


def _page(request: HttpRequest, portal: Portal, plan: CarePlan, form: forms.Form, title: str, act: str) -> HttpResponse:
    context = {"portal": portal, "page": "plans", "plan": plan, "form": form, "heading": title, "act": act}
    return render(request, "clinics/plan_form.html", context, status=422 if form.errors else 200)


def _written(
    request: HttpRequest,
    portal: Portal,
    plan: CarePlan,
    form: forms.Form,
    do: Callable[[], Any],
    said: str,
    *,
    title: str,
    act: str,
) -> HttpResponse:
    """Write what a form says once it says it well, and go back to the plan; else show the form."""
    if request.method == "POST" and form.is_valid() and _done(request, form, do, said):
        return redirect("clinics:plan", plan.public_id)
    return _page(request, portal, plan, form, title, act)


def _done(request: HttpRequest, form: forms.Form, do: Callable[[], Any], said: str) -> bool:
    """Whether it was done; where it was refused, the form says why."""
    try:
        do()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, said)
    return True


@sensitive_post_parameters("title", "about")
@never_cache
@require_http_methods(["GET", "POST"])
@portal_view
def words(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Change what the plan says as a whole."""
    plan = _open_plan(portal, public_id)
    first = {"title": plan.title, "about": plan.about, "review_on": plan.review_on}
    form = WordsForm(request.POST or None, initial=first)

    def change() -> None:
        services.change_words(plan=plan, changed_by=portal.user, **form.cleaned_data)

    title = _("计划的说明")
    return _written(request, portal, plan, form, change, _("已保存。"), title=title, act=_("保存"))


@sensitive_post_parameters("text")
@never_cache
@require_http_methods(["GET", "POST"])
@portal_view
def goal_add(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Add a goal."""
    plan = _open_plan(portal, public_id)
    form = GoalForm(request.POST or None)
    del form.fields["status"]  # what is new has not begun

    def add() -> None:
        services.add_goal(plan=plan, text=form.cleaned_data["text"], added_by=portal.user)

    return _written(request, portal, plan, form, add, _("目标加好了。"), title=_("加一个目标"), act=_("加上"))


@sensitive_post_parameters("text")
@never_cache
@require_http_methods(["GET", "POST"])
@portal_view
def goal(request: HttpRequest, portal: Portal, public_id: UUID, part_id: UUID) -> HttpResponse:
    """Change a goal, or say how it stands."""
    plan = _open_plan(portal, public_id)
    found = get_object_or_404(plan.goals.select_related("plan__child"), public_id=part_id)
    form = GoalForm(request.POST or None, initial={"text": found.text, "status": GoalStatus(found.status)})

    def change() -> None:
        services.change_goal(goal=found, changed_by=portal.user, **form.cleaned_data)

    return _written(request, portal, plan, form, change, _("已保存。"), title=_("改目标"), act=_("保存"))


@sensitive_post_parameters("text")
@never_cache
@require_http_methods(["GET", "POST"])
@portal_view
def step_add(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Add a step."""
    plan = _open_plan(portal, public_id)
    form = StepForm(request.POST or None, plan=plan)
    del form.fields["status"]  # what is new has not begun

    def add() -> None:
        services.add_step(plan=plan, words=form.words(), added_by=portal.user)

    return _written(request, portal, plan, form, add, _("步骤加好了。"), title=_("加一个步骤"), act=_("加上"))


@sensitive_post_parameters("text")
@never_cache
@require_http_methods(["GET", "POST"])
@portal_view
def step(request: HttpRequest, portal: Portal, public_id: UUID, part_id: UUID) -> HttpResponse:
    """Change a step, or say how it stands."""
    plan = _open_plan(portal, public_id)
    found = get_object_or_404(plan.steps.select_related("plan__child"), public_id=part_id)
    first = {
        "text": found.text,
        "status": found.status,
        "review_on": found.review_on,
        "service": found.service_id,
        "provider": found.provider_id,
    }
    form = StepForm(request.POST or None, initial=first, plan=plan, step=found)

    def change() -> None:
        status = form.cleaned_data["status"]
        services.change_step(step=found, words=form.words(), status=status, changed_by=portal.user)

    return _written(request, portal, plan, form, change, _("已保存。"), title=_("改步骤"), act=_("保存"))


@require_POST
@portal_view
def move(request: HttpRequest, portal: Portal, public_id: UUID, part_id: UUID) -> HttpResponse:
    """Let a step change places with its neighbour."""
    plan = _open_plan(portal, public_id)
    found = get_object_or_404(plan.steps.select_related("plan"), public_id=part_id)
    try:
        services.move_step(step=found, up=request.POST.get("to") == "up", moved_by=portal.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:plan", public_id)


@require_POST
@portal_view
def start(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Let the family see it."""
    plan = _open_plan(portal, public_id)
    try:
        services.start_plan(plan=plan, started_by=portal.user)
        messages.success(request, _("家庭现在看得到了，也收到了消息。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:plan", public_id)


@sensitive_post_parameters("closing")
@never_cache
@require_http_methods(["GET", "POST"])
@portal_view
def end(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """End a plan that runs, or throw a draft away."""
    plan = _open_plan(portal, public_id)
    form: forms.Form = EndForm(request.POST or None) if plan.is_active else forms.Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not plan.is_active:
            discard = partial(services.discard_draft, plan=plan, discarded_by=portal.user)
            if _done(request, form, discard, _("草稿已经丢掉了。")):
                return redirect("clinics:plans")
        else:
            words = {"reached": form.cleaned_data["reached"] == "yes", "closing": form.cleaned_data["closing"]}
            finish = partial(services.end_plan, plan=plan, ended_by=portal.user, **words)
            if _done(request, form, finish, _("计划结束了。家庭还看得到它说过的话。")):
                return redirect("clinics:plan", public_id)
    title = _("结束计划") if plan.is_active else _("丢掉草稿")
    return _page(request, portal, plan, form, title, title)
