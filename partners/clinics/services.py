"""What a partner's people change: words, prices and terms of what they offer."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from catalog.scheduling.models import HealthcareService
from catalog.scheduling.signals import availability_changed

PRODUCT_FIELDS = ("title", "summary", "description", "sale_state")
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
    """Save a product's words, price (yuan) and, for a session, its terms and providers.

    Bookings and orders already made keep the price and the time they were made with.
    """
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


def _update_terms(service: HealthcareService, values: dict[str, Any]) -> None:
    before = set(service.providers.values_list("pk", flat=True))
    for name in TERMS:
        setattr(service, name, values[name])
    service.save()
    service.providers.set(values["providers"])
    touched = before | {provider.pk for provider in values["providers"]}
    availability_changed.send(HealthcareService, provider_ids=sorted(touched))
