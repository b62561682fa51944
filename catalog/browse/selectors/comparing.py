"""Products laid side by side, and others for the same need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService
from catalog.scheduling.selectors import Slot, next_open_slots
from catalog.scheduling.selectors.availability import modes_of
from marketplace.core.money import fen_from_yuan

from ..models import Listing
from .products import partner_of, public_products, service_of

#: More do not fit beside one another.
MOST = 3
_SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """One column: what a family asks first about a product."""

    product: Product
    service: HealthcareService | None
    partner: Partner | None
    price_fen: int | None
    modes: Sequence[Mode]
    soonest: Slot | None


def compared(product_ids: Sequence[int], *, now: datetime) -> list[Compared]:
    """Return the columns of these public products in their order, three at most; the same number of queries for all."""
    found = {product.pk: product for product in public_products().filter(pk__in=list(product_ids)[:MOST])}
    products = [found[pk] for pk in dict.fromkeys(product_ids) if pk in found]
    services = [service for product in products if (service := service_of(product))]
    times = next_open_slots(services=services, count=1, now=now) if services else {}
    return [_column(product, times) for product in products]


def _column(product: Product, times: dict[int, list[Slot]]) -> Compared:
    service, records = service_of(product), list(product.stockrecords.all())
    return Compared(
        product=product,
        service=service,
        partner=partner_of(product),
        price_fen=fen_from_yuan(records[0].price) if records else None,
        modes=[Mode(mode) for mode in modes_of(service)] if service else [],
        soonest=next(iter(times.get(service.pk, [])), None) if service else None,
    )


def comparable(columns: Sequence[Compared], *, but: Collection[int]) -> list[Product]:
    """Return products of the same kind for any of the same needs, in recommended order; two queries."""
    if not columns:
        return []
    needs = {need.pk for column in columns for need in column.product.needs.all()}
    shown = Listing.objects.filter(is_shown=True, product__kind=columns[0].product.kind, product__needs__in=needs)
    ids = list(shown.exclude(pk__in=but).order_by("rank", "-pk").values_list("pk", flat=True).distinct()[:_SUGGESTED])
    found = Product.objects.in_bulk(ids)
    return [found[pk] for pk in ids]
