"""Parcels: what to send where, and that it left."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.fulfilment.services import mark_shipped
from marketplace.core.errors import Refusal

from ..access import manager_view
from ..forms import ShippedForm
from ..rules import Portal
from ..selectors import shipments_of


@require_GET
@manager_view
def shipments(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The partner's parcels, those to send first."""
    context = {"portal": portal, "page": "shipments", "shipments": shipments_of(portal), "form": ShippedForm()}
    return render(request, "clinics/shipments.html", context)


@require_POST
@manager_view
def shipped(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say that a parcel left, with carrier and number."""
    shipment = get_object_or_404(shipments_of(portal), public_id=public_id)
    form = ShippedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写快递公司和运单号。"))
        return redirect("clinics:shipments")
    try:
        mark_shipped(shipment=shipment, shipped_by=portal.user, **form.cleaned_data)
        messages.success(request, _("已记录发货，并通知了家庭。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:shipments")
