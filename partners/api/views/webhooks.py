"""Addresses that are told what happens, what was sent to each, and sending it again."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal

from .. import services
from ..access import Managed, manager_view
from ..errors import NotYourKey
from ..forms import AddressForm
from ..models import WebhookEndpoint
from ..selectors import addresses_of, deliveries_of

PAGE_SIZE = 30


@require_http_methods(["GET", "POST"])
@manager_view
def webhooks(request: HttpRequest, partners: Managed) -> HttpResponse:
    """The addresses in use, and a form for another one."""
    form = AddressForm(partners, request.POST or None)
    made = _added(request, form) if request.method == "POST" and form.is_valid() else None
    context = {
        "page": "webhooks",
        "partners": partners,
        "made": made,
        "form": AddressForm(partners) if made else form,
        "addresses": addresses_of(partners),
    }
    return render(request, "api/webhooks.html", context, status=400 if form.errors else 200)


def _added(request: HttpRequest, form: AddressForm) -> services.MadeAddress | None:
    data = form.cleaned_data
    try:
        return services.add_address(
            partner=form.chosen, made_by=request.user, address=data["address"], events=data["events"]
        )
    except Refusal as refusal:
        form.add_error("address", str(refusal))
        return None


@require_GET
@manager_view
def log(request: HttpRequest, partners: Managed, public_id: UUID) -> HttpResponse:
    """What was sent to one address, the newest first."""
    endpoint = get_object_or_404(
        WebhookEndpoint.objects.select_related("partner"), public_id=public_id, partner__in=partners
    )
    page = Paginator(deliveries_of(endpoint), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": "webhooks", "partners": partners, "endpoint": endpoint, "page_obj": page}
    return render(request, "api/log.html", context)


@require_POST
@manager_view
def end(request: HttpRequest, partners: Managed, public_id: UUID) -> HttpResponse:
    """Send nothing more to an address."""
    try:
        services.end_address(public_id=public_id, ended_by=request.user)
    except NotYourKey:
        raise Http404 from None
    messages.success(request, _("这个地址已经停用，不再送通知。"))
    return redirect("developers:webhooks")


@require_POST
@manager_view
def ping(request: HttpRequest, partners: Managed, public_id: UUID) -> HttpResponse:
    """Send something that says nothing."""
    try:
        services.ping(public_id=public_id, asked_by=request.user)
        messages.success(request, _("已经送出一条试一试的通知，几秒后刷新就能看到结果。"))
    except NotYourKey:
        raise Http404 from None
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("developers:log", public_id)


@require_POST
@manager_view
def replay(request: HttpRequest, partners: Managed, delivery_id: UUID) -> HttpResponse:
    """Send one piece of news again, under the same id."""
    try:
        delivery = services.replay(delivery_id=delivery_id, asked_by=request.user)
    except NotYourKey:
        raise Http404 from None
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("developers:webhooks")
    messages.success(request, _("马上再送一次，编号不变。"))
    return redirect("developers:log", delivery.endpoint.public_id)
