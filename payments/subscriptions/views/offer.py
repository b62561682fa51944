"""The plan's page: what is in it, what it costs when, and how to get out again, before anything is asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.errors import Refusal
from payments.subscriptions import selectors, services
from payments.subscriptions.enums import OPEN_STATES
from payments.subscriptions.errors import NotForMinors, PlanNotOffered
from payments.subscriptions.models import Plan
from payments.subscriptions.rules import may_take_plan
from payments.subscriptions.timing import NOTICE_AHEAD
from payments.subscriptions.views.own import plan_of, signing_form, signing_payer
from payments.subscriptions.views.signing import lead_to_sign


@dataclass(frozen=True)
class TrialDays:
    """The days of a trial that began now."""

    notice_at: datetime
    ends_at: datetime


def trial_days(plan: Plan) -> TrialDays:
    """When a trial begun now is announced to end, and ends."""
    ends_at = timezone.now() + timedelta(days=plan.trial_days)
    return TrialDays(ends_at - NOTICE_AHEAD, ends_at)


@never_cache
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Price, contents, the first debit and the way out; a young person reads that a parent decides."""
    user = request.user
    live = selectors.live_subscription_of(user) if user.is_authenticated else None
    if live is not None and live.state in OPEN_STATES:
        return redirect("subscriptions:mine")
    shown = plan_of(request)
    page = {
        "plan": shown,
        "plans": selectors.plans_on_sale(),
        "days": trial_days(shown) if shown else None,
        "may_take": user.is_authenticated and may_take_plan(user),
        "access": selectors.plan_access(user) if user.is_authenticated else None,
        "had_trial": user.is_authenticated and selectors.had_trial(user),
        "form": signing_form(request),
    }
    return render(request, "subscriptions/plan.html", page)


@login_required
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a trial: off to the company's page."""
    shown, form = plan_of(request), signing_form(request, is_posted=True)
    try:
        if not may_take_plan(request.user):
            raise NotForMinors
        if shown is None or not form.is_valid():
            raise PlanNotOffered
        signing = services.begin_trial(
            user=request.user,
            plan=shown,
            gateway_code=form.chosen[0],
            payer=signing_payer(request),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("subscriptions:plan")
    return lead_to_sign(request, signing)


@login_required
@never_cache
@require_POST
def buy(request: HttpRequest) -> HttpResponse:
    """One period, paid by hand at the cashier; it ends by itself."""
    shown = plan_of(request)
    try:
        if shown is None:
            raise PlanNotOffered
        intent = services.buy_period(user=request.user, plan=shown)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("subscriptions:plan")
    return redirect("payments:cashier", intent.public_id)
