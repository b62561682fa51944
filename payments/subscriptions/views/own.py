"""What the pages of plans begin with."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from payments.clients import client_of, ip_of
from payments.enums import Client
from payments.forms import PayForm
from payments.subscriptions import rules
from payments.subscriptions.models import Agreement, Plan
from payments.subscriptions.offers import signing_offers
from payments.subscriptions.selectors import plans_on_sale
from payments.subscriptions.services import SigningPayer


def signing_form(request: HttpRequest, *, is_posted: bool = False) -> PayForm:
    """The choice among the accounts that can take debits."""
    return PayForm(request.POST if is_posted else None, offers=signing_offers(client_of(request)))


def signing_payer(request: HttpRequest) -> SigningPayer:
    """Who is about to sign."""
    return SigningPayer(is_phone=client_of(request) != Client.DESKTOP, ip=ip_of(request))


def own_agreement(request: HttpRequest, public_id: UUID) -> Agreement:
    """The agreement, or 404 for anybody but who was asked for it."""
    agreement = get_object_or_404(Agreement.objects.select_related("subscription__plan"), public_id=public_id)
    if not rules.may_manage(request.user, agreement.subscription):
        raise Http404
    return agreement


def plan_of(request: HttpRequest) -> Plan | None:
    """The plan that `plan` names, else the first on sale."""
    plans = list(plans_on_sale())
    wanted = request.POST.get("plan") or request.GET.get("plan")
    return next((plan for plan in plans if str(plan.public_id) == wanted), plans[0] if plans else None)
