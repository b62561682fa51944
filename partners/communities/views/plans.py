"""A community's activities: the list, writing a plan, its versions, publishing and calling off."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal

from .. import selectors, services
from ..access import community_view, manager_view
from ..forms import PlanForm
from ..models import Activity
from ..rules import Portal

PAGE_SIZE = 20


@require_GET
@community_view
def home(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The way in: a manager's plans, a worker's rounds."""
    if not portal.is_manager:
        return redirect("communities:rounds")
    page = Paginator(selectors.activities_of(portal.partner), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "communities/home.html", {"portal": portal, "page": "home", "page_obj": page})


@require_http_methods(["GET", "POST"])
@manager_view
def plan_new(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Begin an activity."""
    return _write(request, portal, None)


@require_http_methods(["GET", "POST"])
@manager_view
def plan_edit(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Change a plan; what stood before stays as a version."""
    return _write(request, portal, activity_of(portal, public_id))


def _write(request: HttpRequest, portal: Portal, activity: Activity | None) -> HttpResponse:
    form = PlanForm(request.POST or None, activity=activity, district=portal.partner.district)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_activity(
                plan=form.plan(), partner=portal.partner, written_by=portal.user, activity=activity
            )
            return redirect("communities:plan", saved.public_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"portal": portal, "page": "home", "form": form, "activity": activity}
    return render(request, "communities/plan_form.html", context, status=400 if form.errors else 200)


@require_GET
@manager_view
def plan(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """One activity: the plan, who comes in numbers, what they thought, proposal and money."""
    activity = activity_of(portal, public_id)
    context = {
        "portal": portal,
        "page": "home",
        "activity": activity,
        "resources": activity.resources.all(),
        "versions": activity.versions.all(),
        "attendance": selectors.attendance_of(activity),
        "opinion": selectors.opinion_of(activity),
        "proposal": activity.proposals.first(),
    }
    return render(request, "communities/plan.html", context)


@require_GET
@manager_view
def version(request: HttpRequest, portal: Portal, public_id: UUID, number: int) -> HttpResponse:
    """The plan as it was saved once."""
    activity = activity_of(portal, public_id)
    shown = get_object_or_404(activity.versions, number=number)
    context = {"portal": portal, "page": "home", "activity": activity, "version": shown}
    return render(request, "communities/version.html", context | {"content": selectors.readable(shown)})


@require_POST
@manager_view
def publish(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Put an activity on the public page."""
    try:
        services.publish_activity(activity=activity_of(portal, public_id))
        messages.success(request, _("发布了，大家可以报名了。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("communities:plan", public_id)


@require_POST
@manager_view
def call_off(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Call an activity off."""
    services.cancel_activity(activity=activity_of(portal, public_id))
    messages.success(request, _("取消了，并告诉了报名的人。"))
    return redirect("communities:plan", public_id)


def activity_of(portal: Portal, public_id: UUID) -> Activity:
    """One of the community's own activities; 404 for anybody else's."""
    return get_object_or_404(selectors.activities_of(portal.partner), public_id=public_id)
