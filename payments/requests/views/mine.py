"""The one who asks: whom, how it stands, the link, what is shown, taking it back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal
from marketplace.families.rules import has_others_pay
from payments.models import PaymentIntent
from payments.payables import payable_for
from payments.requests import selectors, services
from payments.requests.forms import AskForm, ShownForm
from payments.requests.models import PaymentRequest
from payments.requests.rules import may_fill_a_basket
from payments.rules import may_pay
from payments.views.own import settled_now
from payments.views.watching import drawn_code

_REFUSED, _WRONG_INPUT = 409, 422


def _own_ask(request: HttpRequest, public_id: UUID) -> PaymentRequest:
    ask = selectors.ask_of_person(request.user, public_id)
    if ask is None:
        raise Http404
    return ask


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for something already ordered, as long as its time is kept."""
    intent = get_object_or_404(PaymentIntent, public_id=public_id)
    if not may_pay(request.user, intent) or not has_others_pay(request.user) or not may_fill_a_basket(request.user):
        raise Http404
    open_ask = selectors.latest_ask_of_intent(intent.pk)
    if open_ask is not None:
        return redirect("payment_requests:mine", open_ask.public_id)
    description = payable_for(intent.payable_kind).describe(intent.payable_id)
    if not intent.is_open or intent.expires_at <= timezone.now():
        return redirect(description.return_path)
    form = AskForm(request.POST or None, user=request.user)
    status = 200
    if request.method == "POST":
        status = _WRONG_INPUT
        if form.is_valid():
            try:
                with transaction.atomic():
                    asked = services.ask_for_payment(intent=intent, asked_by=request.user, ask=form.ask)
                return redirect("payment_requests:mine", asked.request.public_id)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = _REFUSED
    page = {"form": form, "intent": intent, "description": description}
    return render(request, "asks/new.html", page, status=status)


@login_required
@never_cache
@require_GET
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The link, its code, what is shown, and how it stands."""
    row = _own_ask(request, public_id)
    settled_now(row.intent)
    row = _own_ask(request, public_id)
    return render(request, "asks/mine.html", _page(row) | {"form": ShownForm(initial={"shown": row.shown})})


@login_required
@never_cache
@require_GET
def status(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Nothing while it waits; a wish for the whole page once something happened."""
    row = _own_ask(request, public_id)
    if row.state == request.GET.get("seen", ""):
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Redirect": reverse("payment_requests:mine", args=[row.public_id])})


@login_required
@require_POST
def new_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a new link; the old one is dead."""
    row = _own_ask(request, public_id)
    try:
        services.new_link(request=row, asked_by=request.user)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("换好了。原来的链接和二维码不能再用。"))
    return redirect("payment_requests:mine", public_id)


@login_required
@require_POST
def change_shown(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a payer more, or less."""
    row = _own_ask(request, public_id)
    form = ShownForm(request.POST)
    if not form.is_valid():
        return render(request, "asks/mine.html", _page(row) | {"form": form}, status=_WRONG_INPUT)
    try:
        services.change_shown(request=row, asked_by=request.user, shown=form.ticked)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("改好了，对方再打开就是新的。"))
    return redirect("payment_requests:mine", public_id)


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the ask back, after asking once: what was kept is free again."""
    row = _own_ask(request, public_id)
    if request.method != "POST":
        if not row.is_active:
            return redirect("payment_requests:mine", public_id)
        return render(request, "asks/revoke.html", _page(row))
    try:
        services.revoke_ask(request=row, revoked_by=request.user)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("已撤回，没有扣款。想再选的时候随时可以。"))
    return redirect("payment_requests:mine", public_id)


def _page(row: PaymentRequest) -> dict[str, Any]:
    token = services.link_of(row)
    link = settings.PUBLIC_BASE_URL + reverse("payment_requests:link", args=[token]) if token else ""
    return {
        "ask": row,
        "intent": row.intent,
        "description": payable_for(row.intent.payable_kind).describe(row.intent.payable_id),
        "link": link,
        "code": drawn_code(link) if link else "",
        "told": [person.nickname for person in selectors.addressees_of(row)],
        "opened": selectors.opened_count(row),
        "is_past": row.expires_at <= timezone.now(),
    }
