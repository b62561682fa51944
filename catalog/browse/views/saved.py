"""收藏: what a person put aside, and the heart that puts it there. Without scripts a heart leads back to where it was pressed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.catalogue.models import Product
from marketplace.core.errors import Refusal

from ..rendering.cards import cards
from ..rendering.hearts import with_hearts
from ..selectors.comparing import MOST
from ..selectors.saved import saved_products
from ..services import drop_saved_product, save_product


@require_safe
@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show what one saved, newest first: with free times where it is on offer, and with its name where it is not."""
    products = saved_products(request.user)
    ids = [product.pk for product in products]
    shown = cards(ids, now=timezone.now())
    hearts = dict(zip(shown, with_hearts(shown, ids), strict=True))
    context = {
        "cards": [(pk, mark_safe(html)) for pk, html in hearts.items()],  # noqa: S308 - our templates
        "resting": [product for product in products if product.pk not in shown],
        "dropped": _dropped(request, ids),
        "can_compare": len(shown) > 1,
        "most": MOST,
    }
    return render(request, "browse/saved.html", context)


def _dropped(request: HttpRequest, ids: list[int]) -> Product | None:
    """What was taken away just now, to be put back with one press."""
    pk = _number(request.GET.get("dropped", ""))
    return Product.objects.filter(pk=pk, is_public=True).first() if pk and pk not in ids else None


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


@require_POST
@login_required
def change(request: HttpRequest) -> HttpResponse:
    """Save the product that `keep` names, or take back the one that `drop` names."""
    keeps = "keep" in request.POST
    pk = _number(request.POST.get("keep" if keeps else "drop", ""))
    product = Product.objects.filter(pk=pk, is_public=True).first() if pk else None
    if product is None:
        raise Http404
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    try:
        if keeps:
            save_product(product=product, saved_by=request.user)
        else:
            drop_saved_product(product=product, dropped_by=request.user)
    except Refusal as refusal:
        return _refused(request, refusal, is_part=is_part)
    if is_part:
        context = {"pk": product.pk, "title": product.title, "is_saved": keeps}
        return render(request, "browse/_heart.html", context)
    messages.success(request, _("收藏好了，在「我的」里找得到。") if keeps else _("已经拿掉了。"))
    return redirect(_way_back(request, product, keeps=keeps))


def _refused(request: HttpRequest, refusal: Refusal, *, is_part: bool) -> HttpResponse:
    messages.info(request, str(refusal))
    saved = reverse("browse:saved")
    return HttpResponse(headers={"HX-Redirect": saved}) if is_part else redirect(saved)


def _way_back(request: HttpRequest, product: Product, *, keeps: bool) -> str:
    """Return where the heart was pressed; on the page of what is saved, with what was taken away."""
    saved, target = reverse("browse:saved"), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = saved
    if target.split("?")[0] == saved:
        return saved if keeps else f"{saved}?{urlencode({'dropped': product.pk})}"
    return f"{target.split('#')[0]}#heart-{product.pk}"
