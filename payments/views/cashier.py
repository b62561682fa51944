"""What is owed and the ways to pay it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import Refusal
from payments import selectors, services
from payments.clients import client_of, ip_of
from payments.enums import Client, Method
from payments.forms import PayForm
from payments.models import PaymentIntent
from payments.offers import offers_for
from payments.progress import progress_of
from payments.views.leading import lead_payer
from payments.views.own import description_of, own_intent
from payments.views.wechat import ask_openid, openid_of


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def cashier(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """What is owed and the ways to pay; a post starts one and leads to it."""
    intent = own_intent(request, public_id)
    if not progress_of(intent).takes_money or intent.expires_at <= timezone.now():
        return redirect("payments:return", public_id)
    client = client_of(request)
    offers = offers_for(client)
    form = PayForm(request.POST or None, offers=offers, initial={"way": _way_tried(intent)})
    if request.method == "POST" and form.is_valid():
        return _start(request, intent, form, client)
    page = {"intent": intent, "description": description_of(intent), "offers": offers, "form": form}
    return render(request, "payments/cashier.html", page)


def _way_tried(intent: PaymentIntent) -> str:
    """How the payer began to pay, if they turned round half-way."""
    attempt = selectors.open_attempt_of(intent.pk)
    return f"{attempt.gateway}:{attempt.method}" if attempt else ""


def _start(request: HttpRequest, intent: PaymentIntent, form: PayForm, client: Client) -> HttpResponse:
    gateway, method = form.chosen
    here = reverse("payments:cashier", args=[intent.public_id])
    openid = openid_of(request)
    if method == Method.JSAPI and not openid:
        return ask_openid(request, way=f"{gateway}:{method}", back_path=here)
    payer = services.Payer(user_id=request.user.pk, ip=ip_of(request), openid=openid)
    try:
        started = services.start_attempt(intent=intent, gateway_code=gateway, method=method, client=client, payer=payer)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("payments:return", intent.public_id)
    return lead_payer(
        request,
        started,
        scan_path=reverse("payments:scan", args=[intent.public_id]),
        return_path=reverse("payments:return", args=[intent.public_id]),
        other_path=here,
    )
