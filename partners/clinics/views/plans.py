"""Plans as their writers see them: whose there are, beginning one, the plan itself and what it said before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.plans import selectors, services
from catalog.plans.enums import Promise
from catalog.plans.models import CarePlan
from catalog.plans.wording import GOAL_KINDS, PLAN_KINDS, said, step_cards
from catalog.scheduling.models import Booking, Provider
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from ..access import booking_of, portal_view
from ..plan_forms import PathwayForm, WordsForm
from ..plan_sights import look_at_plans
from ..rules import Portal
from ..sights import WEEK_ITEMS, look_at_bookings

SHOWN = 60
VERSIONS_SHOWN = 60


@never_cache
@require_GET
@portal_view
def plans(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The plans of the portal's providers, what was promised first; and for whom one could be begun."""
    now = timezone.now()
    found = list(selectors.plans_of(portal.providers())[:SHOWN])
    look_at_plans(portal, found)
    prefetch_keys([plan for plan in found if plan.sight.words])  # type: ignore[attr-defined]
    without = selectors.children_in_care(portal.providers(), now=now)[:SHOWN]
    look_at_bookings(portal, without, WEEK_ITEMS)
    rows = [_row(plan, now) for plan in found]
    context = {
        "portal": portal,
        "page": "plans",
        "rows": sorted(rows, key=lambda row: not row["is_late"]),
        "without": without,
        "numbers": selectors.pathway_numbers(portal.providers(), now=now),
    }
    return render(request, "clinics/plans.html", context)


def _row(plan: CarePlan, now: Any) -> dict[str, Any]:
    promised = [card for card in step_cards(plan, now=now) if card.promise]
    return {
        "plan": plan,
        "kind": PLAN_KINDS.get(plan.status, ""),
        "promised": promised,
        "is_late": any(card.promise in (Promise.UNMET, Promise.MISSING) for card in promised),
    }


@never_cache
@require_http_methods(["GET", "POST"])
@portal_view
def plan_new(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Begin a plan for somebody with a session here: an empty one, or from the middle pathway's template with a reason."""
    booking = booking_of(portal, public_id)
    provider = booking.occupancy.provider
    is_own = provider.user_id == portal.user.pk
    act = request.POST.get("act") if request.method == "POST" else None
    words = WordsForm(request.POST if act == "own" and is_own else None)
    pathway = PathwayForm(request.POST if act == "pathway" else None, provider=provider)
    done = _begin(request, portal, booking, words) if words.is_bound and words.is_valid() else None
    if pathway.is_bound and pathway.is_valid():
        done = _start_pathway(request, portal, booking, pathway)
    if done is not None:
        return done
    context = {
        "portal": portal,
        "page": "plans",
        "booking": booking,
        "is_own": is_own,
        "live": selectors.live_plan_of(booking.child, provider),
        "is_shared": selectors.may_see_plan(provider, booking.child),
        "words": words,
        "pathway": pathway,
    }
    return render(request, "clinics/plan_new.html", context, status=422 if words.errors or pathway.errors else 200)


def _begin(request: HttpRequest, portal: Portal, booking: Booking, form: WordsForm) -> HttpResponse | None:
    provider: Provider = booking.occupancy.provider
    try:
        plan = services.begin_plan(child=booking.child, provider=provider, begun_by=portal.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("草稿开始了，只有你看得到。写好目标和步骤，再给家庭看。"))
    return redirect("clinics:plan", plan.public_id)


def _start_pathway(request: HttpRequest, portal: Portal, booking: Booking, form: PathwayForm) -> HttpResponse | None:
    provider: Provider = booking.occupancy.provider
    try:
        step = services.start_middle_pathway(
            child=booking.child,
            provider=provider,
            service=form.cleaned_data["service"],
            reason=form.cleaned_data["reason"],
            started_by=portal.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    if step.offered_at:
        messages.success(request, _("开始了。七天之内有空的时间，家庭已经可以选。"))
    elif step.waitlist_entry_id:
        messages.info(request, _("开始了。七天之内没有空的时间，已经排进候补，一有就先留给 TA。"))
    else:
        messages.warning(request, _("开始了，但七天之内没有空的时间，也没能排进候补。请加一个时间，或者联系家庭。"))
    is_own = provider.user_id == portal.user.pk
    return redirect("clinics:plan", step.plan.public_id) if is_own else redirect("clinics:plans")


@never_cache
@require_GET
@portal_view
def plan(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """One's own plan, as far as consent opens it now."""
    found = own_plan(portal, public_id)
    now = timezone.now()
    is_open = bool(found.sight.words)  # type: ignore[attr-defined]
    if is_open:
        prefetch_keys([found, *found.goals.all(), *found.steps.all()])
    cards = step_cards(found, now=now)
    context = {
        "portal": portal,
        "page": "plans",
        "plan": found,
        "sight": found.sight,  # type: ignore[attr-defined]
        "kind": PLAN_KINDS.get(found.status, ""),
        "goals": [(goal, GOAL_KINDS.get(goal.status, "")) for goal in found.goals.all()] if is_open else [],
        "cards": [(card, _next_free(card, now)) for card in cards] if is_open else [],
        "may_edit": is_open and found.is_live,
    }
    return render(request, "clinics/plan.html", context)


def _next_free(card: Any, now: Any) -> list[Any]:
    """The next free times of a promised step until its day: what the family sees too."""
    step, today = card.step, timezone.localdate(now)
    if not card.can_be_booked or step.needed_by is None or step.needed_by < today:
        return []
    return selectors.free_times(step, from_on=today, to_on=step.needed_by, now=now)[:3]


@never_cache
@require_GET
@portal_view
def plan_history(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """What one's plan said after each change, and who made it."""
    found = own_plan(portal, public_id)
    is_open = bool(found.sight.words)  # type: ignore[attr-defined]
    versions = list(selectors.versions_of(found, since_shown=False)[:VERSIONS_SHOWN]) if is_open else []
    prefetch_keys(versions)
    context = {
        "portal": portal,
        "page": "plans",
        "plan": found,
        "sight": found.sight,  # type: ignore[attr-defined]
        "told": [{"version": version, "said": said(version)} for version in versions],
    }
    return render(request, "clinics/plan_history.html", context)


def own_plan(portal: Portal, public_id: UUID) -> CarePlan:
    """Return a plan this person writes, looked at; 404 for anybody else's, their organisation's too."""
    try:
        found = selectors.plan_of_carer(portal.user, public_id)
    except CarePlan.DoesNotExist:
        raise Http404 from None
    look_at_plans(portal, [found])
    return found
