"""My plan: how it stands, what comes next, what was announced and paid, and every way out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal
from payments.subscriptions import selectors, services
from payments.subscriptions.enums import OPEN_STATES, CycleState
from payments.subscriptions.errors import NeedsAgreement, NoPlan
from payments.subscriptions.forms import RefundForm, RenewalForm
from payments.subscriptions.models import Subscription
from payments.subscriptions.refunds import refund_offer
from payments.subscriptions.views.own import signing_form, signing_payer
from payments.subscriptions.views.signing import lead_to_sign

_PERIODS_SHOWN = 12


@login_required
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The plan that runs, or the one that ran last; the offer's page for who never had one."""
    subscription = selectors.latest_subscription_of(request.user)
    if subscription is None or not (subscription.state in OPEN_STATES or subscription.period_ends_at):
        return redirect("subscriptions:plan")
    return render(request, "subscriptions/mine.html", _page(request, subscription))


def _page(request: HttpRequest, subscription: Subscription) -> dict[str, Any]:
    is_open = subscription.state in OPEN_STATES
    paid = Paginator(selectors.paid_cycles_of(request.user), _PERIODS_SHOWN)
    coming = selectors.coming_cycle_of(subscription)
    return {
        "subscription": subscription,
        "plan": subscription.plan,
        "is_open": is_open,
        "agreement": selectors.signed_agreement_of(subscription),
        "coming": coming,
        "owed": coming.intent if coming and coming.state == CycleState.DUE else None,
        "notices": selectors.notices_of(subscription)[:_PERIODS_SHOWN],
        "page": paid.get_page(request.GET.get("page")),
        "offer": refund_offer(subscription) if is_open else None,
    }


def _own_live(request: HttpRequest) -> Subscription:
    live = selectors.live_subscription_of(request.user)
    if live is None:
        raise NoPlan
    return live


@login_required
@never_cache
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Renew at the end, or end there."""
    form = RenewalForm(request.POST)
    try:
        subscription = _own_live(request)
        if form.is_valid():
            services.choose_renewal(subscription=subscription, renews=form.cleaned_data["renews"])
            messages.success(
                request,
                _("记下了：到期自动续费。") if form.cleaned_data["renews"] else _("记下了：到期结束，不会扣款。"),
            )
    except NeedsAgreement:
        return redirect("subscriptions:renew")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("subscriptions:mine")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """Which account the renewal is to come from; a post leads to its company."""
    subscription = selectors.live_subscription_of(request.user)
    if subscription is None or subscription.state not in OPEN_STATES:
        return redirect("subscriptions:mine")
    form = signing_form(request, is_posted=request.method == "POST")
    if request.method == "POST" and form.is_valid():
        try:
            signing = services.sign_for_renewal(
                subscription=subscription,
                gateway_code=form.chosen[0],
                payer=signing_payer(request),
            )
            return lead_to_sign(request, signing)
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return render(
        request, "subscriptions/renew.html", {"subscription": subscription, "plan": subscription.plan, "form": form}
    )


@login_required
@never_cache
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Take the permission to debit back; one tap, no question."""
    try:
        services.cancel_plan(subscription=_own_live(request))
        messages.success(request, _("扣款授权已取消，不会再扣款。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("subscriptions:mine")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def refund(request: HttpRequest) -> HttpResponse:
    """What goes back when the plan ends now, and how it is counted; a post does it."""
    subscription = selectors.live_subscription_of(request.user)
    offer = refund_offer(subscription) if subscription else None
    if subscription is None or offer is None:
        return redirect("subscriptions:mine")
    form = RefundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.refund_plan(subscription=subscription, shown_fen=form.cleaned_data["shown_fen"])
            messages.success(request, _("会员已结束，款项会原路退回。"))
            return redirect("subscriptions:mine")
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("subscriptions:refund")
    return render(
        request, "subscriptions/refund.html", {"subscription": subscription, "plan": subscription.plan, "offer": offer}
    )
