"""A product's page: what it is, how it goes, what it costs, and when it is free."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from catalog.catalogue.enums import ProductKind, SaleState
from catalog.catalogue.models import Product
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService, Provider
from catalog.scheduling.selectors.availability import modes_of
from marketplace.core.money import fen_from_yuan

from ..middleware import may_be_shared
from ..rendering.ways import Way, ways_to_take
from ..selectors.listings import shanghai_today
from ..selectors.products import can_be_bought, is_sold_out, partner_of, public_products, service_of
from ..selectors.saved import saved_ids
from ..selectors.weeks import free_sessions, free_week

_TIMES = "times"


@require_safe
def show(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a product; htmx asks for its free times alone."""
    product = public_products().filter(pk=pk).first()
    if product is None:
        raise Http404
    if product.get_absolute_url() != request.path:
        return HttpResponsePermanentRedirect(product.get_absolute_url())
    service = service_of(product)
    times = _times(request, product, service) if service and product.sale_state == SaleState.ON_SALE else {}
    context = {"product": product, "service": service} | times
    if times and _asks_for_times(request):
        return may_be_shared(render(request, "browse/_times.html", context))
    context |= _facts(product, service) | {"is_saved": product.pk in saved_ids(request.user)}
    context["ways"] = _ways(product, service, times) if service else []
    return may_be_shared(render(request, "browse/product.html", context))


def _asks_for_times(request: HttpRequest) -> bool:
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and htmx.target == _TIMES and not htmx.history_restore_request


def _facts(product: Product, service: HealthcareService | None) -> dict[str, Any]:
    records = list(product.stockrecords.all())
    return {
        "partner": partner_of(product),
        "providers": list(service.providers.all()) if service else [],
        "modes": [Mode(mode) for mode in modes_of(service)] if service else [],
        "price_fen": fen_from_yuan(records[0].price) if records else None,
        "can_be_bought": can_be_bought(product),
        "is_sold_out": is_sold_out(product),
        "is_coming": product.sale_state == SaleState.COMING,
        "images": list(product.images.all()),
        "lessons": list(product.lessons.all()) if product.kind == ProductKind.COURSE else [],
    }


def _times(request: HttpRequest, product: Product, service: HealthcareService) -> dict[str, Any]:
    now = timezone.now()
    if product.kind == ProductKind.GROUP:
        return {"sessions": free_sessions(service, now=now), "week": None}
    providers = list(service.providers.all())
    provider = _chosen_provider(request, providers)
    asked = _chosen_day(request)
    listing = getattr(product, "listing", None)
    if asked is None and provider is None and listing and listing.earliest_at:
        asked = shanghai_today(listing.earliest_at)
    week = free_week(service, starts_on=asked or shanghai_today(now), provider=provider, now=now)
    return {
        "week": week,
        "days": [{"date": day, "slots": times} for day, times in week.days],
        "chosen": provider,
        "choices": providers if len(providers) > 1 else [],
    }


def _ways(product: Product, service: HealthcareService, times: dict[str, Any]) -> list[Way]:
    free = times.get("sessions") or [slot for day in times.get("days", []) for slot in day["slots"]]
    return ways_to_take(service, kind=product.kind, providers=len(service.providers.all()), free=free)


def _chosen_provider(request: HttpRequest, providers: list[Provider]) -> Provider | None:
    """The provider named in the address; the only one where there is no choice; None for anyone."""
    try:
        wanted = UUID(request.GET.get("provider", ""))
    except ValueError:
        return providers[0] if len(providers) == 1 else None
    return next((provider for provider in providers if provider.public_id == wanted), None)


def _chosen_day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("week", ""))
    except ValueError:
        return None
