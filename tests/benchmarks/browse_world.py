"""The invented catalogue the browse benchmark looks at: the same rows for the same SEED. Needs Django to be set up."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, models
from django.utils import timezone
from modelsearch.conf import get_app_config

from catalog.browse.models import Listing
from catalog.browse.services import refresh_listings
from catalog.catalogue.enums import CategoryAxis, ProductKind
from catalog.catalogue.models import Category, Product, ProductCategory
from catalog.partner.enums import OrganisationType
from catalog.partner.models import StockRecord
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService, Occupancy, Provider, WeeklyAvailability
from catalog.scheduling.timetable import SHANGHAI
from marketplace.accounts.models import User
from marketplace.families.models import Child, Guardianship
from tests.factories import make_partner, product_class

PROVIDERS = 200
PARTNERS = 20
PEOPLE = 20
_KINDS = (ProductKind.SESSION,) * 8 + (ProductKind.COURSE, ProductKind.GOODS)
_SURNAMES = "周陈林何高郑谢宋唐许邓冯韩曹曾彭萧蔡潘田"
_GIVEN = "岚一鸣知微安然若溪思远清和予宁书白子墨"
_PRICES = (98, 120, 160, 180, 240, 300, 360, 420, 480, 560, 640)


def make_world(count: int, seed: int) -> None:
    """Make `count` products by 200 providers, a third of whose time is taken, and list them."""
    dice = random.Random(seed)
    providers = _providers(dice)
    _taken_times(dice, providers)
    products = _products(dice, count, providers)
    refresh_listings(product_ids=[product.pk for product in products])
    _analyze()


def _providers(dice: random.Random) -> list[Provider]:
    types = list(OrganisationType)
    partners = [make_partner(organisation_type=types[place % 4]) for place in range(PARTNERS)]
    providers = Provider.objects.bulk_create(
        Provider(
            partner=partners[place % PARTNERS],
            name=dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, 2)),
            title="咨询师",
            biography="先听，再一起想办法；每次结束前，都说清楚下一步做什么。" * 2,
            approaches=["认知行为"],
            languages=["普通话"] if place % 5 else ["普通话", "粤语"],
            years_of_practice=dice.randrange(2, 25),
            tone=place % 6 + 1,
        )
        for place in range(PROVIDERS)
    )
    WeeklyAvailability.objects.bulk_create(
        WeeklyAvailability(provider=provider, weekday=weekday, from_time=time(begin), to_time=time(begin + length))
        for provider in providers
        for weekday in dice.sample(range(7), 4)
        for begin, length in [dice.choice([(9, 4), (14, 5), (16, 5)])]
    )
    return providers


def _taken_times(dice: random.Random, providers: Sequence[Provider]) -> None:
    today = timezone.now().astimezone(SHANGHAI).date()
    Occupancy.objects.bulk_create(
        Occupancy(
            provider=provider,
            busy_from=start,
            starts_at=start,
            ends_at=start + timedelta(minutes=50),
            busy_until=start + timedelta(hours=1),
        )
        for provider in providers
        for ahead in range(1, 15)
        for hour in dice.sample(range(9, 21), 4)
        for start in [datetime.combine(today + timedelta(days=ahead), time(hour), SHANGHAI)]
    )


def _products(dice: random.Random, count: int, providers: Sequence[Provider]) -> list[Product]:
    needs = list(Category.objects.filter(axis=CategoryAxis.NEED))
    shelves = {category.slug: category for category in Category.objects.filter(axis=CategoryAxis.KIND)}
    classes = {kind: product_class(kind) for kind in set(_KINDS)}
    products = Product.objects.bulk_create(
        Product(
            title=f"{dice.choice(needs).name}支持 {place}",
            slug=f"bench-{place}",
            upc=f"bench-{place}",
            product_class=classes[kind],
            kind=kind,
            summary="一句话说清楚这是什么，适合谁，怎么开始。",
            description="第一次先了解情况，然后一起定一个小目标。" * 6,
            how_it_works=[{"title": "第一步", "text": "选时间。"}, {"title": "第二步", "text": "见面。"}],
            age_from=6 + place % 6,
            age_to=12 + place % 7,
            is_demo=True,
        )
        for place in range(count)
        for kind in [_KINDS[place % len(_KINDS)]]
    )
    through: Any = Product.needs.through
    through.objects.bulk_create(
        through(product=product, category=need) for product in products for need in dice.sample(needs, 2)
    )
    slugs = {ProductKind.SESSION: "one-to-one", ProductKind.COURSE: "courses", ProductKind.GOODS: "calm-goods"}
    ProductCategory.objects.bulk_create(
        ProductCategory(product=product, category=shelves[slugs[ProductKind(product.kind)]]) for product in products
    )
    _offers(dice, products, providers)
    return products


def _offers(dice: random.Random, products: Sequence[Product], providers: Sequence[Provider]) -> None:
    givers = {product.pk: providers[place % len(providers)] for place, product in enumerate(products)}
    StockRecord.objects.bulk_create(
        StockRecord(
            product=product, partner=givers[product.pk].partner, partner_sku=product.upc, price=dice.choice(_PRICES)
        )
        for product in products
    )
    services = HealthcareService.objects.bulk_create(
        HealthcareService(
            product=product,
            modes=dice.choice([[Mode.IN_PERSON], [Mode.PHONE], [Mode.IN_PERSON, Mode.PHONE, Mode.VIDEO]]),
        )
        for product in products
        if product.kind == ProductKind.SESSION
    )
    through: Any = HealthcareService.providers.through
    through.objects.bulk_create(
        through(healthcareservice=service, provider=givers[service.product_id]) for service in services
    )


def multiply_world(times: int) -> None:
    """Copy every product with all that belongs to it, listing and search entry included, `times` - 1 times, in SQL."""
    step = 10_000_000
    for turn in range(1, times):
        shift = turn * step
        number = f"|| '-{turn}'"
        _copy(Product, shift, {"id": shift, "upc": number, "slug": number})
        _copy(StockRecord, shift, {"id": shift, "product_id": shift, "partner_sku": number})
        _copy(Product.needs.through, shift, {"id": shift, "product_id": shift})
        _copy(ProductCategory, shift, {"id": shift, "product_id": shift})
        _copy(HealthcareService, shift, {"id": shift, "product_id": shift})
        _copy(HealthcareService.providers.through, shift, {"id": shift, "healthcareservice_id": shift})
        _copy(Listing, shift, {"product_id": shift})
        _copy(get_app_config().get_model("IndexEntry"), shift, {"id": shift, "object_id": f"::bigint + {shift}"})
    _analyze()


def _copy(model: type[models.Model], shift: int, changes: dict[str, int | str]) -> None:
    """Insert the first generation's rows again; a number is added to a column, a text is SQL put behind it."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = [
        f"{column} + {change}" if isinstance(change, int) else f"{column}{change}" if change else column
        for column in columns
        for change in [changes.get(column, "")]
    ]
    # 10,000,000 and above are copies already.
    key = "object_id::bigint" if "object_id" in changes else model._meta.pk.column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
            f" SELECT {', '.join(values)} FROM {model._meta.db_table} WHERE {key} < 10000000"
        )


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def make_people() -> list[User]:
    """Make parents with two children each."""
    password = make_password(None)
    people = User.objects.bulk_create(User(nickname="家长", password=password) for _ in range(PEOPLE))
    children = Child.objects.bulk_create(
        Child(nickname="孩子", born_on=datetime(2012 + place % 6, 1, 1).date()) for place in range(2 * PEOPLE)
    )
    Guardianship.objects.bulk_create(
        Guardianship(guardian=people[place % PEOPLE], child=child) for place, child in enumerate(children)
    )
    return people
