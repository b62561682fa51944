"""Who the key is for, who gives care, what is offered, and when it is free."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from catalog.catalogue.enums import SaleState
from catalog.scheduling.models import HealthcareService, Occupancy, Provider
from catalog.scheduling.selectors import open_slots
from marketplace.core.money import fen_from_yuan

from .. import selectors
from ..enums import Scope
from . import words
from .keys import Key, key_of
from .limits import PER_MINUTE
from .pages import DEFAULT, page_of
from .site import PROBLEMS, api


@api.get("/me", auth=Key(), response={200: words.Me, **PROBLEMS}, tags=["about"], operation_id="me")
def me(request: HttpRequest) -> words.Me:
    """Say whose key this is and what it may do."""
    key = key_of(request)
    return words.Me(
        organisation=key.partner.name,
        organisation_id=key.partner.public_id,
        key=key.prefix,
        scopes=key.scopes,
        calls_per_minute=PER_MINUTE,
    )


def _provider(provider: Provider) -> words.Provider:
    return words.Provider(
        id=provider.public_id,
        name=provider.name,
        title=provider.title,
        languages=provider.languages,
        takes_bookings=provider.is_active,
    )


@api.get(
    "/providers",
    auth=Key(Scope.CATALOGUE_READ),
    response={200: words.Providers, **PROBLEMS},
    tags=["offer"],
    operation_id="list_providers",
)
def list_providers(
    request: HttpRequest, cursor: words.Id | None = None, limit: words.Limit = DEFAULT
) -> words.Providers:
    """List who gives care here."""
    rows, more = page_of(
        selectors.providers_of(key_of(request).partner), by="pk", cursor=cursor, limit=limit, newest_first=False
    )
    return words.Providers(items=[_provider(row) for row in rows], next=more)


@api.get(
    "/providers/{provider_id}",
    auth=Key(Scope.CATALOGUE_READ),
    response={200: words.Provider, **PROBLEMS},
    tags=["offer"],
    operation_id="get_provider",
)
def get_provider(request: HttpRequest, provider_id: words.Id) -> words.Provider:
    """One who gives care here."""
    return _provider(own_provider(request, provider_id))


def own_provider(request: HttpRequest, provider_id: UUID) -> Provider:
    """Return one of the organisation's providers; 404 for anybody else's."""
    found = selectors.providers_of(key_of(request).partner).filter(public_id=provider_id).first()
    if found is None:
        raise Http404
    return found


def _service(service: HealthcareService) -> words.Service:
    price = next((each.price for each in service.product.own_prices if each.price is not None), None)
    return words.Service(
        id=service.product_id,
        title=service.product.title,
        kind=service.product.kind,
        minutes=service.duration_minutes,
        modes=service.modes,
        price_fen=None if price is None else fen_from_yuan(price),
        is_on_sale=service.product.is_public and service.product.sale_state == SaleState.ON_SALE,
        providers=[each.public_id for each in service.own_providers],  # type: ignore[attr-defined]
    )


@api.get(
    "/services",
    auth=Key(Scope.CATALOGUE_READ),
    response={200: words.Services, **PROBLEMS},
    tags=["offer"],
    operation_id="list_services",
)
def list_services(
    request: HttpRequest,
    cursor: words.Number | None = None,
    limit: words.Limit = DEFAULT,
) -> words.Services:
    """List what can be booked here, with its price and who gives it."""
    rows, more = page_of(
        selectors.services_of(key_of(request).partner),
        by="product_id",
        cursor=cursor,
        limit=limit,
        named="product_id",
        newest_first=False,
    )
    return words.Services(items=[_service(row) for row in rows], next=more)


@api.get(
    "/services/{service_id}/slots",
    auth=Key(Scope.CALENDAR_READ),
    response={200: words.Slots, **PROBLEMS},
    tags=["calendar"],
    operation_id="list_slots",
)
def list_slots(
    request: HttpRequest,
    service_id: words.Number,
    from_on: words.Day | None = None,
    days: words.Days = 7,
    provider: words.Id | None = None,
) -> words.Slots:
    """List the free times of a service from a day on (Shanghai's; today unless said)."""
    service = selectors.services_of(key_of(request).partner).filter(product_id=service_id).first()
    if service is None:
        raise Http404
    only = own_provider(request, provider) if provider else None
    day = words.within(from_on or timezone.localdate())
    slots = open_slots(service=service, from_on=day, to_on=day + timedelta(days=days - 1), provider=only)
    ids = dict(selectors.providers_of(key_of(request).partner).values_list("pk", "public_id"))
    sessions = dict(
        Occupancy.objects.filter(pk__in=[slot.occupancy_id for slot in slots if slot.occupancy_id]).values_list(
            "pk", "public_id"
        )
    )
    return words.Slots(
        items=[
            words.Slot(
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                modes=list(slot.modes),
                providers=[ids[pk] for pk in slot.provider_ids if pk in ids],
                seats_left=slot.seats_left,
                session=sessions.get(slot.occupancy_id) if slot.occupancy_id else None,
            )
            for slot in slots
        ]
    )
