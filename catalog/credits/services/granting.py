"""Giving a family sessions to book."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Product
from catalog.order.models import Line, Order
from catalog.partner.models import Partner
from catalog.scheduling.models import HealthcareService
from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..enums import GrantSource
from ..models import CreditGrant, Package
from ..rules import unit_of


@transaction.atomic
def grant_credits(
    *,
    owner: User,
    source: tuple[GrantSource, int],
    count: int,
    unit_fen: int,
    expires_at: datetime,
    value_fen: int | None = None,
    child: Child | None = None,
    product: Product | None = None,
    order_line: Line | None = None,
    partner: Partner | None = None,
    services: Collection[HealthcareService] = (),
    max_price_fen: int | None = None,
) -> CreditGrant:
    """Give `count` sessions, once per source (kind, id): repeats return what there is. Joins the caller's transaction.

    They cover `services`; without them any individual session of `partner`; without both any; up to a price. Each is
    worth `unit_fen`, together `value_fen` (count times unit when not given).
    """
    kind, source_id = source
    grant, is_new = CreditGrant.objects.get_or_create(
        source_kind=kind,
        source_id=source_id,
        defaults={
            "owner": owner,
            "child": child,
            "product": product,
            "order_line": order_line,
            "partner": partner,
            "max_price_fen": max_price_fen,
            "total": count,
            "unit_fen": unit_fen,
            "value_fen": count * unit_fen if value_fen is None else value_fen,
            "expires_at": expires_at,
        },
    )
    if is_new:
        grant.services.set(services)
    return grant


@transaction.atomic
def grant_packages(*, order: Order) -> list[CreditGrant]:
    """Give what a paid order's packages promise, as they are sold today; a line grants once. Joins the settlement."""
    if order.user is None or order.paid_at is None:
        return []
    lines = Line.objects.filter(order=order, product__kind=ProductKind.PACKAGE).select_related(
        "product", "child", "partner"
    )
    packages = Package.objects.prefetch_related("services").in_bulk(
        [line.product_id for line in lines], field_name="product_id"
    )
    return [
        grant_credits(
            owner=order.user,
            source=(GrantSource.ORDER_LINE, line.pk),
            count=package.sessions,
            unit_fen=unit_of(line.price_fen, package.sessions),
            value_fen=line.price_fen,
            expires_at=order.paid_at + timedelta(days=package.valid_days),
            child=line.child,
            product=line.product,
            order_line=line,
            partner=line.partner,
            services=list(package.services.all()),
        )
        for line in lines.order_by("pk")
        if (package := packages.get(line.product_id)) is not None
    ]
