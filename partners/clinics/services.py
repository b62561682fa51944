"""What a partner's people change: words, prices and terms of what they offer."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.catalogue.enums import ProductKind, SaleState
from catalog.catalogue.models import Product, ProductClass  # type: ignore[attr-defined]
from catalog.credits.models import Package
from catalog.order.enums import OrderStatus
from catalog.order.models import Line
from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.errors import TooManySeats
from catalog.scheduling.models import HealthcareService, Occupancy
from catalog.scheduling.rules import MOST_REMOTE_SEATS, is_too_large_for_a_room
from catalog.scheduling.signals import availability_changed
from catalog.standing.errors import NotReadyToPublish
from catalog.standing.services import hindrances, refuse_words

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
    group would be joined from afar of which larger dates are planned; WordsNotAllowed and NotReadyToPublish where words
    may not stand there or something is missing before it can be sold.
    """
    if product.is_bookable:
        _refuse_larger_than_a_room(product.service, values["modes"])
    _refuse_unpublishable(product, stockrecord.partner, values)
    if product.kind == ProductKind.PACKAGE:
        _refuse_under_a_buyer(product, values)
    for name in PRODUCT_FIELDS:
        setattr(product, name, values[name])
    if product.is_bookable:
        product.cancellation_windows = values["cancellation_windows"]
    # What others write about it in the same moment (that it is withheld) stays.
    product.save(update_fields=[*PRODUCT_FIELDS, "cancellation_windows", "date_updated"])
    price: Decimal = values["price"]
    if stockrecord.price != price:
        stockrecord.price = price
        stockrecord.save(update_fields=["price"])
    if product.is_bookable:
        _update_terms(product.service, values)
    elif product.kind == ProductKind.PACKAGE:
        _update_package(product.package, values)


def _refuse_unpublishable(product: Product, partner: Partner, values: dict[str, Any]) -> None:
    """Refuse words the organisation may not use, and to begin selling what is not explained yet."""
    before = Product.objects.get(pk=product.pk)
    texts = {_("名称"): values["title"], _("一句话介绍"): values["summary"], _("介绍"): values["description"]}
    refuse_words(partner=partner, texts=texts)
    begins = values["sale_state"] == SaleState.ON_SALE and before.sale_state != SaleState.ON_SALE
    if begins and (missing := hindrances(product=before, partner=partner)):
        raise NotReadyToPublish(missing)


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


@transaction.atomic(durable=True)
def set_prices(*, partner: Partner, prices: dict[int, Decimal]) -> int:
    """Set the prices (yuan) of an organisation's products, by product id; return how many changed."""
    changed = 0
    for stockrecord in StockRecord.objects.select_for_update().filter(partner=partner, product_id__in=prices):
        price = prices[stockrecord.product_id]
        if stockrecord.price != price:
            stockrecord.price = price
            stockrecord.save(update_fields=["price"])
            changed += 1
    return changed


@transaction.atomic(durable=True)
def create_product(*, partner: Partner, kind: ProductKind, values: dict[str, Any]) -> Product:
    """Make a session, group or package of an organisation. It is not on sale before somebody says so on its own page."""
    product = Product.objects.create(
        product_class=ProductClass.objects.get(slug=kind.value),
        kind=kind,
        title=values["title"],
        summary=values["summary"],
        slug=f"{kind.value}-{uuid4().hex[:10]}",
        sale_state=SaleState.PAUSED,
        age_from=values["age_from"],
        age_to=values["age_to"],
    )
    product.needs.set(values["needs"])
    StockRecord.objects.create(
        product=product, partner=partner, partner_sku=f"{kind.value}-{uuid4().hex[:12]}", price=values["price"]
    )
    if kind == ProductKind.PACKAGE:
        package = Package.objects.create(product=product, sessions=values["sessions"], valid_days=values["valid_days"])
        package.services.set(values["services"])
        return product
    service = HealthcareService.objects.create(
        product=product,
        modes=values["modes"],
        location=values["location"],
        duration_minutes=values["duration_minutes"],
    )
    service.providers.set(values["providers"])
    availability_changed.send(HealthcareService, provider_ids=sorted(each.pk for each in values["providers"]))
    return product
