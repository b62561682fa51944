"""What a partner's people change: words, prices and terms of what they offer."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.catalogue.enums import ProductKind, SaleState
from catalog.catalogue.models import Product
from catalog.credits.models import Package
from catalog.order.enums import OrderStatus
from catalog.order.models import Line
from catalog.partner.models import StockRecord
from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.errors import TooManySeats
from catalog.scheduling.models import HealthcareService, Occupancy
from catalog.scheduling.rules import MOST_REMOTE_SEATS, is_too_large_for_a_room
from catalog.scheduling.signals import availability_changed

from .errors import PackageBeingBought, PackageOnSale

PRODUCT_FIELDS = ("title", "summary", "description", "sale_state")
PACKAGE_FIELDS = ("sessions", "valid_days")
TERMS = (
    "modes",
    "location",
    "duration_minutes",
    "buffer_before_minutes",
    "buffer_minutes",
    "minimum_notice_minutes",
    "parent_pay_hours",
    "needs_room",
    "needs_confirmation",
    "answer_hours",
    "series_limit",
    "admits_guardian",
)


@transaction.atomic(durable=True)
def update_product(*, product: Product, stockrecord: StockRecord, values: dict[str, Any]) -> None:
    """Save a product's words, price (yuan), a session's terms and providers, and what a package holds.

    Bookings and orders already made keep the price and the time they were made with.

    Raises PackageOnSale and PackageBeingBought when a package's content would change under a buyer; TooManySeats when a
    group would be joined from afar of which larger dates are planned.
    """
    if product.is_bookable:
        _refuse_larger_than_a_room(product.service, values["modes"])
    if product.kind == ProductKind.PACKAGE:
        _refuse_under_a_buyer(product, values)
    for name in PRODUCT_FIELDS:
        setattr(product, name, values[name])
    if product.is_bookable:
        product.cancellation_windows = values["cancellation_windows"]
    product.save()
    price: Decimal = values["price"]
    if stockrecord.price != price:
        stockrecord.price = price
        stockrecord.save(update_fields=["price"])
    if product.is_bookable:
        _update_terms(product.service, values)
    elif product.kind == ProductKind.PACKAGE:
        _update_package(product.package, values)


def _refuse_larger_than_a_room(service: HealthcareService, modes: list[str]) -> None:
    larger = Occupancy.objects.filter(
        service=service,
        kind=OccupancyKind.GROUP,
        is_live=True,
        seats__gt=MOST_REMOTE_SEATS,
        starts_at__gt=timezone.now(),
    )
    if is_too_large_for_a_room(modes, MOST_REMOTE_SEATS + 1) and larger.exists():
        raise TooManySeats


def _refuse_under_a_buyer(product: Product, values: dict[str, Any]) -> None:
    package = product.package
    kept = all(getattr(package, name) == values[name] for name in PACKAGE_FIELDS)
    if kept and set(package.services.all()) == set(values["services"]):
        return
    if Product.objects.get(pk=product.pk).sale_state == SaleState.ON_SALE:
        raise PackageOnSale
    if Line.objects.filter(product=product, order__status=OrderStatus.PENDING).exists():
        raise PackageBeingBought


def _update_package(package: Package, values: dict[str, Any]) -> None:
    for name in PACKAGE_FIELDS:
        setattr(package, name, values[name])
    package.save()
    package.services.set(values["services"])


def _update_terms(service: HealthcareService, values: dict[str, Any]) -> None:
    before = set(service.providers.values_list("pk", flat=True))
    for name in TERMS:
        setattr(service, name, values[name])
    service.save()
    service.providers.set(values["providers"])
    touched = before | {provider.pk for provider in values["providers"]}
    availability_changed.send(HealthcareService, provider_ids=sorted(touched))
