"""What is sold: found by name, taken off sale or put back, and put where families look for it."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.catalogue.models import Product
from catalog.catalogue.services import place_product
from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from ..forms_desks import ProductSearch, ShelfForm
from ..selectors import products_at_desk

PAGE_SIZE = 30


@never_cache
@require_GET
@duty_required(Duty.REVIEW)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every product with its organisation, its state and where it is found."""
    form = ProductSearch(request.GET)
    wish = form.cleaned_data if form.is_valid() else {"q": "", "state": ""}
    found = products_at_desk(words=wish["q"], state=wish["state"])
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "backoffice/catalogue.html", {"page": "catalogue", "form": form, "page_obj": page})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.REVIEW)
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """One product: sold or not, and under which needs and kinds."""
    found = get_object_or_404(Product.objects.browsable(), pk=pk)
    initial = {"sale_state": found.sale_state, "needs": found.needs.all(), "categories": found.categories.all()}
    form = ShelfForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            place_product(product_id=found.pk, placed_by=cast(User, request.user), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存。"))
            return redirect("backoffice:catalogue")
    context = {"page": "catalogue", "product": found, "form": form}
    return render(request, "backoffice/product.html", context, status=422 if form.errors else 200)
