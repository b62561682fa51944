"""A family's plans: what was set out to do, the next step, and a time for it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.basket.errors import GuardianPays
from catalog.basket.offers import current_offer
from catalog.scheduling.errors import SlotTaken
from catalog.scheduling.forms import WeekForm
from catalog.scheduling.rules import HOLD_FOR
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from payments.requests.rules import may_fill_a_basket

from . import selectors, services
from .errors import BookedAlready, NothingToBook
from .forms import BookForm
from .models import CarePlan, PlanStep
from .sights import look_as_family, opened_to_family
from .wording import GOAL_KINDS, PLAN_KINDS, said, step_card, step_cards

DAYS_SHOWN = 7
#: So many changes are shown at most; the copy of one's data has all.
VERSIONS_SHOWN = 40


@never_cache
@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The plans this person may see, of each young person of the family."""
    children = opened_to_family(request.user, selectors.family_children(request.user))
    plans = list(selectors.plans_of_family(children))
    prefetch_keys(plans)
    rows = [{"plan": each, "kind": PLAN_KINDS.get(each.status, "")} for each in plans]
    return render(request, "plans/index.html", {"rows": rows})


@never_cache
@require_GET
@login_required
def plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One plan: goals, steps with what is booked and what can be, and the day to look back."""
    found = _plan(request, public_id)
    prefetch_keys([found, *found.goals.all(), *found.steps.all()])
    context = {
        "plan": found,
        "kind": PLAN_KINDS.get(found.status, ""),
        "goals": [(goal, GOAL_KINDS.get(goal.status, "")) for goal in found.goals.all()],
        "cards": step_cards(found, now=timezone.now()),
        "is_own": found.child.account_id == request.user.pk,
        "may_book": may_fill_a_basket(request.user),
    }
    return render(request, "plans/plan.html", context)


@never_cache
@require_GET
@login_required
def history(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the plan said before, since it was shown, and who changed it when."""
    found = _plan(request, public_id)
    versions = list(selectors.versions_of(found, since_shown=True)[:VERSIONS_SHOWN])
    prefetch_keys(versions)
    told = [{"version": version, "said": said(version)} for version in versions]
    return render(request, "plans/history.html", {"plan": found, "told": told})


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def book(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose a time for a step; it is kept, and the checkout follows as for any other."""
    step = _step(request, public_id)
    now = timezone.now()
    if step.service is None or not step_card(step, now=now).can_be_booked:
        messages.info(request, str(NothingToBook()))
        return redirect("plans:plan", step.plan.public_id)
    if not may_fill_a_basket(request.user):
        messages.info(request, str(GuardianPays()))
        return redirect("plans:plan", step.plan.public_id)
    form = BookForm(request.POST or None, modes=step.service.modes)
    if request.method == "POST" and form.is_valid():
        try:
            services.book_step(
                step=step,
                booked_by=request.user,
                starts_at=form.cleaned_data["slot"],
                mode=form.cleaned_data["mode"],
            )
        except BookedAlready as refusal:
            messages.info(request, str(refusal))
            return redirect("plans:plan", step.plan.public_id)
        except SlotTaken as refusal:
            form.add_error(None, _("%(sentence)s 请另选一个。") % {"sentence": refusal})
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("checkout:index")
    status = 422 if form.errors else 200
    return render(request, "plans/book.html", _times(request, step) | {"form": form}, status=status)


def _plan(request: HttpRequest, public_id: UUID) -> CarePlan:
    """A shown plan that this person may see; anything else does not exist. The look is written down."""
    try:
        found = selectors.plan_of_family(request.user, public_id)
    except CarePlan.DoesNotExist:
        raise Http404 from None
    if not look_as_family(request.user, found):
        raise Http404
    return found


def _step(request: HttpRequest, public_id: UUID) -> PlanStep:
    try:
        found = selectors.step_of_family(request.user, public_id)
    except PlanStep.DoesNotExist:
        raise Http404 from None
    if not look_as_family(request.user, found.plan):
        raise Http404
    return found


def _times(request: HttpRequest, step: PlanStep) -> dict[str, Any]:
    """A week of free times; at first the week in which the first one lies."""
    today = timezone.localdate()
    last = selectors.last_day_for(step, today=today)
    week = WeekForm(request.GET)
    asked = week.cleaned_data["week"] if week.is_valid() else None
    first = min(max(asked or _first_day(step, today, last), today), last)
    days = [first + timedelta(days=offset) for offset in range(DAYS_SHOWN)]
    slots: dict[date, list[dict[str, Any]]] = {}
    for slot in selectors.free_times(step, from_on=days[0], to_on=days[-1]):
        item = {"starts_at": slot.starts_at, "is_free": True, "value": slot.starts_at.isoformat()}
        slots.setdefault(slot.starts_at.date(), []).append(item)
    earlier, later = max(first - timedelta(days=DAYS_SHOWN), today), first + timedelta(days=DAYS_SHOWN)
    return {
        "step": step,
        "plan": step.plan,
        "days": [{"date": day, "slots": slots.get(day, [])} for day in days],
        "open_day": next((index for index, day in enumerate(days) if slots.get(day)), 0),
        "has_slots": bool(slots),
        "chosen": request.POST.get("slot", "") or request.GET.get("slot", ""),
        "earlier": earlier if first > today else None,
        "later": later if later <= last else None,
        "fen": _price(step),
        "hold_minutes": int(HOLD_FOR.total_seconds() // 60),
    }


def _first_day(step: PlanStep, today: date, last: date) -> date:
    """The promised days come first; where they are full, whatever is next."""
    if selectors.free_times(step, from_on=today, to_on=min(today + timedelta(days=DAYS_SHOWN - 1), last)):
        return today
    later = selectors.free_times(step, from_on=today, to_on=last)
    return later[0].starts_at.date() if later else today


def _price(step: PlanStep) -> int | None:
    try:
        return current_offer(step.service.product).unit_fen if step.service else None
    except Refusal:
        return None
