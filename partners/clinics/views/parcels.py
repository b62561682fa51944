"""Parcels: what to send where, and that it left."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Shipment
from catalog.fulfilment.services import mark_shipped
from marketplace.core.errors import Refusal

from ..access import manager_view
from ..forms import ShippedForm
from ..rules import Portal
from ..selectors import shipments_of
from ..sights import write_down_parcels

PAGE_SIZE = 20


@require_GET
@manager_view
def shipments(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The partner's parcels, those to send first."""
    return _page(request, portal)


def _page(request: HttpRequest, portal: Portal, wrong: ShippedForm | None = None) -> HttpResponse:
    page = Paginator(shipments_of(portal), PAGE_SIZE).get_page(request.GET.get("page"))
    write_down_parcels(portal, page.object_list)
    rows = [(shipment, _form_of(shipment, wrong)) for shipment in page]
    context = {"portal": portal, "page": "shipments", "page_obj": page, "rows": rows}
    return render(request, "clinics/shipments.html", context, status=400 if wrong else 200)


def _form_of(shipment: Shipment, wrong: ShippedForm | None) -> ShippedForm | None:
    """Return the form of a parcel that waits; many stand on one page, so each has names of its own."""
    if shipment.status != ShipmentStatus.WAITING:
        return None
    return wrong if wrong and wrong.shipment_pk == shipment.pk else ShippedForm(shipment_pk=shipment.pk)


@require_POST
@manager_view
def shipped(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say that a parcel left, with carrier and number."""
    shipment = get_object_or_404(shipments_of(portal), public_id=public_id)
    form = ShippedForm(request.POST, shipment_pk=shipment.pk)
    if not form.is_valid():
        return _page(request, portal, form)
    try:
        mark_shipped(shipment=shipment, shipped_by=portal.user, **form.cleaned_data)
        messages.success(request, _("已记录发货，并通知了家庭。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:shipments")
