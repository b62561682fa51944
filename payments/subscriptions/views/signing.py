"""Off to a company's page to allow debits, and back. What the address says on the way back counts for nothing."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from payments.gateways.base import Qr, Redirect
from payments.subscriptions import services
from payments.subscriptions.enums import OPEN_STATES, AgreementState, EndReason, SubscriptionState
from payments.subscriptions.models import Subscription
from payments.subscriptions.services import Signing
from payments.subscriptions.views.own import own_agreement
from payments.views.watching import drawn_code


def lead_to_sign(request: HttpRequest, signing: Signing) -> HttpResponse:
    """To the company, or to our page with the code that leads there."""
    if isinstance(signing.action, Redirect):
        return redirect(signing.action.url)
    text = signing.action.text if isinstance(signing.action, Qr) else ""
    request.session[f"sign:{signing.agreement.public_id}"] = text
    return redirect("subscriptions:sign_scan", signing.agreement.public_id)


@login_required
@never_cache
@require_GET
def scan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code to scan with the phone that signs."""
    agreement = own_agreement(request, public_id)
    text = request.session.get(f"sign:{public_id}", "")
    if agreement.state != AgreementState.WAITING or not text:
        return redirect("subscriptions:signed", public_id)
    page = {
        "agreement": agreement,
        "subscription": agreement.subscription,
        "code": drawn_code(text),
        # Nobody's phone reaches a simulator on this machine.
        "demo_url": text if settings.DEMO else "",
    }
    return render(request, "subscriptions/sign_scan.html", page)


@login_required
@never_cache
@require_GET
def signed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Back from the company: asks it how the agreement stands, then says so."""
    agreement = own_agreement(request, public_id)
    state = services.check_agreement(agreement_id=agreement.pk)
    subscription = Subscription.objects.select_related("plan").get(pk=agreement.subscription_id)
    if state == AgreementState.SIGNED and subscription.state in OPEN_STATES:
        messages.success(request, _welcome(subscription))
        return redirect("subscriptions:mine")
    page = {
        "agreement": agreement,
        "subscription": subscription,
        "is_waiting": state == AgreementState.WAITING,
        "trial_used": subscription.ended_reason == EndReason.TRIAL_USED,
    }
    return render(request, "subscriptions/signed.html", page)


def _welcome(subscription: Subscription) -> str:
    if subscription.state == SubscriptionState.TRIALING and not subscription.renews:
        return _("试用开始了。到期自动结束，不会扣款。")
    return _("授权好了。续费前五天会提醒你，随时可以取消。")
