"""What the partner offers: words, prices, terms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord

from ..access import manager_view
from ..forms import ProductForm, ServiceForm
from ..policy_form import policy_initial
from ..rules import Portal
from ..selectors import products_of
from ..services import PRODUCT_FIELDS, TERMS, update_product


@require_GET
@manager_view
def services(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Everything the partner offers, with its price."""
    context = {"portal": portal, "page": "services", "products": products_of(portal)}
    return render(request, "clinics/services.html", context)


def _initial(product: Product, stockrecord: StockRecord) -> dict[str, Any]:
    values = {name: getattr(product, name) for name in PRODUCT_FIELDS} | {"price": stockrecord.price}
    if product.is_bookable:
        values |= {name: getattr(product.service, name) for name in TERMS}
        values |= policy_initial(product.cancellation_windows)
        values["providers"] = product.service.providers.all()
    return values


@require_http_methods(["GET", "POST"])
@manager_view
def service_edit(request: HttpRequest, portal: Portal, pk: int) -> HttpResponse:
    """Edit one product of the partner."""
    product = get_object_or_404(products_of(portal), pk=pk)
    stockrecord = product.stockrecords.get(partner=portal.partner)
    initial = _initial(product, stockrecord)
    data = request.POST or None
    form = (
        ServiceForm(data, initial=initial, portal=portal) if product.is_bookable else ProductForm(data, initial=initial)
    )
    if request.method == "POST" and form.is_valid():
        update_product(product=product, stockrecord=stockrecord, values=form.cleaned_data)
        messages.success(request, _("已保存。已经约好的不受影响。"))
        return redirect("clinics:services")
    context = {"portal": portal, "page": "services", "product": product, "form": form}
    return render(request, "clinics/service_edit.html", context)
