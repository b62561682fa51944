"""Our cashier, the way back from a gateway, and the door for its messages."""

import re
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal
from payments import rules, selectors, services
from payments.enums import Client
from payments.forms import PayForm
from payments.gateways.base import Redirect
from payments.gateways.registry import GatewayNotEnabled
from payments.models import PaymentIntent
from payments.offers import offers_for
from payments.payables import NeutralDescription, payable_for
from payments.progress import Progress, progress_of

_PHONE = re.compile(r"iPhone|iPad|Android|Mobile|HarmonyOS", re.IGNORECASE)


def _own_intent(request: HttpRequest, public_id: UUID) -> PaymentIntent:
    intent = get_object_or_404(PaymentIntent.objects.select_related("settled_by"), public_id=public_id)
    if not rules.may_pay(request.user, intent):
        raise Http404
    return intent


def _description(intent: PaymentIntent) -> NeutralDescription:
    return payable_for(intent.payable_kind).describe(intent.payable_id)


def _client(request: HttpRequest) -> Client:
    is_phone = _PHONE.search(request.headers.get("User-Agent", ""))
    return Client.PHONE if is_phone else Client.DESKTOP


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def cashier(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """What is owed and the ways to pay; a post starts one and leads to it."""
    intent = _own_intent(request, public_id)
    if progress_of(intent) not in (Progress.UNPAID, Progress.CHECKING):
        return redirect("payments:return", public_id)
    client = _client(request)
    offers = offers_for(client)
    form = PayForm(request.POST or None, offers=offers)
    if request.method == "POST" and form.is_valid():
        return _start(request, intent, form, client)
    page = {"intent": intent, "description": _description(intent), "offers": offers, "form": form}
    return render(request, "payments/cashier.html", page)


def _start(request: HttpRequest, intent: PaymentIntent, form: PayForm, client: Client) -> HttpResponse:
    gateway, method = form.chosen
    try:
        started = services.start_attempt(intent=intent, gateway_code=gateway, method=method, client=client)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("payments:return", intent.public_id)
    if isinstance(started.action, Redirect):
        return redirect(started.action.url)
    return redirect("payments:scan", intent.public_id)


@login_required
@never_cache
@require_GET
def scan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code to scan, watching whether it was paid."""
    intent = _own_intent(request, public_id)
    attempt = selectors.open_attempt_of(intent.pk)
    if attempt is None or not attempt.qr_text:
        return redirect("payments:return", public_id)
    page = {
        "intent": intent,
        "description": _description(intent),
        "code": _drawn_code(attempt.qr_text),
        "progress": Progress.CHECKING,
        "scanning": True,
        # Nobody's phone reaches a simulator on this machine.
        "demo_url": attempt.qr_text if settings.DEMO else "",
    }
    return render(request, "payments/scan.html", page)


def _drawn_code(text: str) -> SafeString:
    """A QR code as inline SVG; black on white in every theme, or scanners fail."""
    import segno  # only this page draws codes

    drawn = segno.make(text, error="m").svg_inline(scale=6, border=4, light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from numbers only


def _settled_now(intent: PaymentIntent) -> PaymentIntent:
    """The intent after asking the gateway, unless it was asked just now."""
    attempt = selectors.latest_attempt_of(intent.pk)
    if attempt is not None and attempt.is_open and selectors.is_stale(attempt):
        services.settle_payment(out_trade_no=attempt.out_trade_no)
        intent.refresh_from_db()
    return intent


@login_required
@never_cache
@require_GET
def come_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where a gateway sends the payer back to. What the address says counts for nothing."""
    intent = _settled_now(_own_intent(request, public_id))
    page = {"intent": intent, "description": _description(intent), "progress": progress_of(intent)}
    return render(request, "payments/return.html", page)


@login_required
@never_cache
@require_GET
def status(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The part of a waiting page that changes; asked for every few seconds."""
    intent = _settled_now(_own_intent(request, public_id))
    progress = progress_of(intent)
    scanning = "scan" in request.GET
    if scanning and progress != Progress.CHECKING:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect("payments:return", public_id).url
        return response
    page = {
        "intent": intent,
        "description": _description(intent),
        "progress": progress,
        "scanning": scanning,
    }
    return render(request, "payments/_status.html", page)


@login_required
@require_GET
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was paid and what went back, in neutral words, fit for printing."""
    intent = _own_intent(request, public_id)
    attempts = intent.attempts.exclude(paid_at=None).order_by("paid_at")
    if not attempts:
        raise Http404
    page = {
        "intent": intent,
        "description": _description(intent),
        "attempts": attempts,
        "refunds": selectors.refunds_of(intent.pk),
        "net_fen": sum(attempt.captured_fen - attempt.refunded_fen for attempt in attempts),
    }
    return render(request, "payments/receipt.html", page)


@csrf_exempt
@require_POST
def notify(request: HttpRequest, gateway: str) -> HttpResponse:
    """A gateway's message; its own signature takes the place of the CSRF token."""
    try:
        code, text = services.receive_webhook(gateway_code=gateway, headers=request.headers, raw=request.body)
    except GatewayNotEnabled:
        raise Http404 from None
    return HttpResponse(text, status=code, content_type="text/plain")
