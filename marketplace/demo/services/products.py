"""The shelves: products with price, stock, lessons, and how sessions are booked."""

from catalog.catalogue.cancellation import CancellationPolicy, Window, default_windows
from catalog.catalogue.enums import ProductKind, SaleState
from catalog.catalogue.models import Category, Lesson, Product, ProductClass  # type: ignore[attr-defined]
from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.models import HealthcareService, Location, Provider
from marketplace.core.money import yuan_from_fen

from ..data.everything import COURSES, ITEMS, ORGANISATIONS, SESSIONS
from ..data.shapes import CheckUp, Course, Goods, Group, Item, Package, Session
from ..keys import product_code
from .bulk import replace_links, upsert
from .packages import load_packages


def load_products(partners: dict[str, Partner], providers: dict[str, Provider]) -> None:
    """Write all products, and everything that hangs on them."""
    classes = dict(ProductClass.objects.values_list("slug", "pk"))
    rows = [_product(item, classes[kind_of(item).value]) for item in ITEMS]
    upsert(Product, rows, key=["upc"], keep=["date_created", "rating"])
    products = {product.upc: product for product in Product.objects.filter(upc__in=[row.upc for row in rows])}
    by_key = {item.key: products[product_code(item.key)] for item in ITEMS}
    _load_categories(by_key)
    _load_prices(by_key, partners)
    _load_lessons(by_key)
    _load_services(by_key, providers)
    load_packages(by_key)


def kind_of(item: Item) -> ProductKind:
    """What buying this item means."""
    match item:
        case Group():
            return ProductKind.GROUP
        case Session():
            return ProductKind.SESSION
        case CheckUp():
            return ProductKind.ASSESSMENT
        case Course():
            return ProductKind.COURSE
        case Package():
            return ProductKind.PACKAGE
        case _:
            return ProductKind.GOODS


def _product(item: Item, product_class_id: int) -> Product:
    kind = kind_of(item)
    return Product(
        upc=product_code(item.key),
        slug=item.key,
        title=item.title,
        product_class_id=product_class_id,
        kind=kind,
        sale_state=SaleState.COMING if kind == ProductKind.ASSESSMENT else SaleState.ON_SALE,
        summary=item.summary,
        description=item.description,
        how_it_works=[{"title": title, "text": text} for title, text in item.steps],
        illustration=item.illustration,
        age_from=item.ages[0],
        age_to=item.ages[1],
        is_electronic=isinstance(item, Goods) and item.is_electronic,
        data_collected=item.data_collected if isinstance(item, Goods) else "",
        cancellation_windows=_windows_of(item),
        is_demo=True,
    )


def _windows_of(item: Item) -> list[dict[str, int]]:
    """The cancellation policy of a session; what is no session keeps the house's."""
    if not isinstance(item, Session):
        return default_windows()
    late = (Window(*window) for window in item.late_windows)
    return CancellationPolicy((Window(item.free_cancel_hours, 100), *late)).as_json()


def _load_categories(products: dict[str, Product]) -> None:
    ids = dict(Category.objects.values_list("slug", "pk"))
    needs = {products[item.key].pk: [ids[slug] for slug in item.needs] for item in ITEMS}
    shelves = {products[item.key].pk: [ids[slug] for slug in item.shelves] for item in ITEMS}
    replace_links(Product.needs.through, owner="product", other="category", links=needs)
    replace_links(Product.categories.through, owner="product", other="category", links=shelves)


def _load_prices(products: dict[str, Product], partners: dict[str, Partner]) -> None:
    rows = [
        StockRecord(
            product=products[item.key],
            partner=partners[item.organisation],
            partner_sku=product_code(item.key),
            price=yuan_from_fen(item.price_fen),
            num_in_stock=item.stock if isinstance(item, Goods) else None,
            num_allocated=0 if isinstance(item, Goods) else None,
        )
        for item in ITEMS
    ]
    # What has been sold meanwhile stays sold.
    upsert(StockRecord, rows, key=["partner", "partner_sku"], keep=["num_in_stock", "num_allocated", "date_created"])


def _load_lessons(products: dict[str, Product]) -> None:
    rows = [
        Lesson(
            product=products[course.key],
            position=position,
            title=lesson.title,
            body=lesson.body,
            duration_minutes=lesson.minutes,
        )
        for course in COURSES
        for position, lesson in enumerate(course.lessons, start=1)
    ]
    upsert(Lesson, rows, key=["product", "position"])
    for course in COURSES:
        Lesson.objects.filter(product=products[course.key], position__gt=len(course.lessons)).delete()


def _load_services(products: dict[str, Product], providers: dict[str, Provider]) -> None:
    places = _places()
    rows = [
        HealthcareService(
            product=products[session.key],
            location=places.get(session.place),
            modes=list(session.modes),
            duration_minutes=session.minutes,
            buffer_minutes=session.buffer_minutes,
            series_limit=session.series_limit,
            needs_confirmation=session.needs_confirmation,
            admits_guardian=session.admits_guardian,
        )
        for session in SESSIONS
    ]
    upsert(HealthcareService, rows, key=["product"], keep=["needs_room"])
    services = dict(HealthcareService.objects.filter(product__is_demo=True).values_list("product_id", "pk"))
    links = {services[products[session.key].pk]: [providers[key].pk for key in session.people] for session in SESSIONS}
    replace_links(HealthcareService.providers.through, owner="healthcareservice", other="provider", links=links)


def _places() -> dict[str, Location]:
    rows = Location.objects.filter(partner__is_demo=True)
    by_name = {(row.partner_id, row.name): row for row in rows.select_related("partner")}
    partners = {row.partner.code: row.partner_id for row in by_name.values()}
    return {
        place.key: by_name[partners[product_code(organisation.key)], place.name]
        for organisation in ORGANISATIONS
        for place in organisation.places
    }
