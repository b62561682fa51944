from collections.abc import Iterable
from typing import Any

from catalog.catalogue.cancellation import CancellationPolicy, Window
from catalog.catalogue.enums import CategoryAxis, ProductKind
from catalog.catalogue.models import Category, Lesson, Product, ProductClass
from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService, Location, Provider
from marketplace.core.money import yuan_from_fen

from .counting import next_number
from .partners import make_partner, make_provider


def product_class(kind: ProductKind) -> ProductClass:
    """The product class of a kind: only goods are shipped and counted."""
    counted = kind == ProductKind.GOODS
    found, _ = ProductClass.objects.get_or_create(
        slug=kind.value, defaults={"name": kind.label, "requires_shipping": counted, "track_stock": counted}
    )
    return found


def make_category(
    *, slug: str = "", axis: CategoryAxis = CategoryAxis.NEED, parent: Category | None = None, **fields: Any
) -> Category:
    """A category; one with this slug that exists already is returned as it is."""
    number = next_number()
    slug = slug or f"category-{number}"
    if existing := Category.objects.filter(slug=slug).first():
        return existing
    fields = {"name": f"分类{number}", "axis": axis, "slug": slug, "code": slug} | fields
    return parent.add_child(**fields) if parent else Category.add_root(**fields)


def make_price(product: Product, *, partner: Partner, price_fen: int, stock: int | None = None) -> StockRecord:
    """The price of a product at a partner; `stock` only where units are counted."""
    return StockRecord.objects.create(
        product=product,
        partner=partner,
        partner_sku=f"sku-{next_number()}",
        price=yuan_from_fen(price_fen),
        num_in_stock=stock,
        num_allocated=None if stock is None else 0,
    )


def make_product(
    *,
    kind: ProductKind,
    price_fen: int = 36_000,
    partner: Partner | None = None,
    stock: int | None = None,
    needs: Iterable[Category] = (),
    categories: Iterable[Category] = (),
    **fields: Any,
) -> Product:
    """A public product on sale with one price."""
    number = next_number()
    fields = {
        "title": f"商品{number}",
        "slug": f"product-{number}",
        "how_it_works": [{"title": "第一步", "text": "开始。"}],
    } | fields
    product = Product.objects.create(product_class=product_class(kind), kind=kind, **fields)
    make_price(product, partner=partner or make_partner(), price_fen=price_fen, stock=stock)
    product.needs.set(needs)
    product.categories.set(categories)
    return product


def _windows(fields: dict[str, Any]) -> dict[str, Any]:
    """Take the two-window shorthand out of a service's fields, as a field of the product."""
    hours, percent = fields.pop("free_cancel_hours", None), fields.pop("late_refund_percent", None)
    if hours is None and percent is None:
        return {}
    windows = (Window(24 if hours is None else hours, 100), Window(0, 50 if percent is None else percent))
    return {"cancellation_windows": CancellationPolicy(windows if windows[0].hours else windows[:1]).as_json()}


def make_service(
    *providers: Provider,
    price_fen: int = 36_000,
    kind: ProductKind = ProductKind.SESSION,
    modes: Iterable[str] = Mode.values,
    location: Location | None = None,
    product: dict[str, Any] | None = None,
    **fields: Any,
) -> HealthcareService:
    """A bookable session of 50 minutes (plus 10 between), by the providers given or one of its own.

    `product` holds fields of the product, anything else goes to the service; `free_cancel_hours` and
    `late_refund_percent` make a policy of two windows.
    """
    windows = _windows(fields)
    product = windows | (product or {})
    providers = providers or (make_provider(),)
    made = make_product(kind=kind, price_fen=price_fen, partner=providers[0].partner, **product)
    service = HealthcareService.objects.create(
        product=made, modes=[str(mode) for mode in modes], location=location, **fields
    )
    service.providers.set(providers)
    return service


def make_group_service(*providers: Provider, **fields: Any) -> HealthcareService:
    """A group session; its dates are made by `make_group_occupancy`."""
    return make_service(*providers, kind=ProductKind.GROUP, **fields)


def make_course(*, lessons: int = 3, price_fen: int = 6_800, **fields: Any) -> Product:
    """A course that opens once it is bought."""
    course = make_product(kind=ProductKind.COURSE, price_fen=price_fen, **fields)
    Lesson.objects.bulk_create(
        Lesson(product=course, position=position, title=f"第 {position} 课", body="吸气，慢慢呼气。")
        for position in range(1, lessons + 1)
    )
    return course


def make_goods(*, stock: int = 1, price_fen: int = 12_800, **fields: Any) -> Product:
    """Something that is sent in a parcel, with so many units in stock."""
    return make_product(kind=ProductKind.GOODS, price_fen=price_fen, stock=stock, **fields)
