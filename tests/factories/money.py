"""Vouchers and packages for tests."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from catalog.catalogue.enums import ProductKind
from catalog.credits.models import Package
from catalog.scheduling.models import HealthcareService
from catalog.vouchers.rules import Terms
from catalog.vouchers.services import make_voucher as _make_voucher

from .catalogue import make_product
from .counting import next_number


def make_voucher(*, code: str = "", **terms: Any) -> Any:
    """A voucher in force; ten per cent off unless the terms say otherwise."""
    now = timezone.now()
    return _make_voucher(
        code=code or f"TEST{next_number()}",
        name="测试优惠",
        terms=Terms(**(terms or {"percent": 10})),
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=30),
    )


def make_package(
    *services: HealthcareService, sessions: int = 5, price_fen: int = 160_000, valid_days: int = 180, **fields: Any
) -> Package:
    """A package of sessions of these services, sold by the partner of the first."""
    partner = services[0].providers.all()[0].partner
    product = make_product(kind=ProductKind.PACKAGE, price_fen=price_fen, partner=partner, **fields)
    package = Package.objects.create(product=product, sessions=sessions, valid_days=valid_days)
    package.services.set(services)
    return package
