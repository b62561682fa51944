"""What the partner offers: words, prices, terms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from marketplace.core.errors import Refusal

from ..access import manager_view
from ..forms import PackageForm, ProductForm, ServiceForm
from ..policy_form import policy_initial
from ..rules import Portal
from ..selectors import products_of
from ..services import PACKAGE_FIELDS, PRODUCT_FIELDS, TERMS, update_product


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
    elif product.kind == ProductKind.PACKAGE:
        values |= {name: getattr(product.package, name) for name in PACKAGE_FIELDS}
        values["services"] = product.package.services.all()
    return values


def _form(product: Product, portal: Portal, data: QueryDict | None, initial: dict[str, Any]) -> ProductForm:
    if product.is_bookable:
        return ServiceForm(data, initial=initial, portal=portal)
    if product.kind == ProductKind.PACKAGE:
        return PackageForm(data, initial=initial, portal=portal)
    return ProductForm(data, initial=initial)


@require_http_methods(["GET", "POST"])
@manager_view
def service_edit(request: HttpRequest, portal: Portal, pk: int) -> HttpResponse:
    """Edit one product of the partner."""
    product = get_object_or_404(products_of(portal), pk=pk)
    stockrecord = product.stockrecords.get(partner=portal.partner)
    form = _form(product, portal, request.POST or None, _initial(product, stockrecord))
    if request.method == "POST" and form.is_valid():
        try:
            update_product(product=product, stockrecord=stockrecord, values=form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存。已经约好的不受影响。"))
            return redirect("clinics:services")
    context = {"portal": portal, "page": "services", "product": product, "form": form}
    return render(request, "clinics/service_edit.html", context)
