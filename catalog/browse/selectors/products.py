"""One product, one provider, with what their pages show."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from catalog.catalogue.enums import SaleState
from catalog.catalogue.models import Product
from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.models import HealthcareService, Provider

from ..models import Listing


def public_products() -> QuerySet[Product]:
    """Return products whose pages may be looked at; paused ones included, so that old links explain themselves."""
    providers = Provider.objects.filter(is_active=True).select_related("partner").order_by("pk")
    return (
        Product.objects.filter(is_public=True)
        .select_related("service__location", "listing")
        .prefetch_related(
            "needs",
            "images",
            Prefetch("stockrecords", queryset=StockRecord.objects.select_related("partner").order_by("price", "pk")),
            Prefetch("service__providers", queryset=providers),
        )
    )


def service_of(product: Product) -> HealthcareService | None:
    """Return how a product is booked, None where it is not."""
    return getattr(product, "service", None)


def partner_of(product: Product) -> Partner | None:
    """Return the organisation behind a product that came from `public_products`."""
    service = service_of(product)
    providers = list(service.providers.all()) if service else []
    records = list(product.stockrecords.all())
    return providers[0].partner if providers else (records[0].partner if records else None)


def is_sold_out(product: Product) -> bool:
    """Whether no unit is left of something whose units are counted."""
    records = [record for record in product.stockrecords.all() if record.num_in_stock is not None]
    return bool(records) and all(record.net_stock_level <= 0 for record in records)


def can_be_bought(product: Product) -> bool:
    """Whether the product has an offer and its delivery works."""
    return product.sale_state == SaleState.ON_SALE and bool(product.stockrecords.all()) and not is_sold_out(product)


def provider_with_services(public_id: UUID) -> Provider | None:
    """Return an active provider with needs and partner; None for anybody else."""
    found = Provider.objects.filter(public_id=public_id, is_active=True).select_related("partner")
    return found.prefetch_related("needs").first()


def listings_of_provider(provider: Provider) -> list[int]:
    """Return the product ids of what a provider gives, in the order of the listing."""
    gives = HealthcareService.objects.filter(product=OuterRef("pk"), providers=provider)
    shown = Listing.objects.filter(Q(Exists(gives)), is_shown=True)
    return list(shown.order_by("rank", "-product_id").values_list("pk", flat=True))
