"""Making one listing row out of what the catalogue and scheduling say. No queries here: everything comes loaded."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from itertools import islice
from typing import Any
from uuid import UUID

from catalog.catalogue.enums import CategoryAxis, ProductKind, SaleState
from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from catalog.scheduling.models import HealthcareService, Provider
from catalog.scheduling.selectors import Slot
from catalog.scheduling.selectors.availability import modes_of
from marketplace.core.formatting import SHANGHAI
from marketplace.core.money import fen_from_yuan

from ..enums import PriceBand, When
from ..models import Listing, facet_token
from ..selectors.categories import CategoryNode
from ..selectors.listings import AFTER_SCHOOL_HOUR, BEFORE_SCHOOL_HOUR, DAYS_AHEAD, is_asked_for

NEXT_TIMES = 6
#: A card has times of its own for each of these, so that who asks for an evening sees evenings.
_WINDOWS = (
    (),
    (When.WEEKEND,),
    (When.BEFORE_SCHOOL,),
    (When.AFTER_SCHOOL,),
    (When.WEEKEND, When.BEFORE_SCHOOL),
    (When.WEEKEND, When.AFTER_SCHOOL),
)
_TAGS = 3
_NEW_DAYS = 30
#: Where a product without a category of its own kind belongs.
_KIND_SLUGS = {
    ProductKind.SESSION: "counselling",
    ProductKind.GROUP: "groups",
    ProductKind.ASSESSMENT: "check-ups",
    ProductKind.COURSE: "courses",
    ProductKind.GOODS: "calm-goods",
    ProductKind.PACKAGE: "one-to-one",
}
_MARKUP = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Source:
    """A product with all that its row is made from."""

    product: Product
    service: HealthcareService | None
    providers: Sequence[Provider]
    partner: Partner | None
    slots: Sequence[Slot]
    sessions: dict[int, UUID]
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(SHANGHAI).date()

    @property
    def is_coming(self) -> bool:
        return self.product.sale_state == SaleState.COMING

    @property
    def only_provider(self) -> Provider | None:
        """The provider, where there is exactly one."""
        return self.providers[0] if len(self.providers) == 1 else None


def listing_row(source: Source, nodes: Sequence[CategoryNode]) -> Listing:
    """Return the row, not saved."""
    product, price_fen = source.product, _price_fen(source)
    card = _card(source, price_fen)
    next_slots = _next_slots(source)
    return Listing(
        product=product,
        is_shown=_is_shown(source),
        is_coming=source.is_coming,
        facets=sorted(_facets(source, nodes, price_fen)),
        age_from=product.age_from,
        age_to=product.age_to,
        price_fen=price_fen,
        next_starts=[slot.starts_at for slot in next_slots],
        next_sessions=[source.sessions[slot.occupancy_id] for slot in next_slots if slot.occupancy_id],
        earliest_at=next_slots[0].starts_at if next_slots else None,
        free_on=_days(source, source.slots),
        after_school_on=_days(source, (slot for slot in source.slots if slot.starts_at.hour >= AFTER_SCHOOL_HOUR)),
        before_school_on=_days(source, (slot for slot in source.slots if slot.starts_at.hour < BEFORE_SCHOOL_HOUR)),
        rank=recommended_rank(source),
        card=card,
        card_version=_version(card, next_slots),
        words=_words(source, nodes),
        refreshed_at=source.now,
        stale_at=_stale_at(source),
    )


def _next_slots(source: Source) -> list[Slot]:
    """Return the first free times, and the first of each window of 可约时间, earliest first."""
    kept: dict[int, Slot] = {}
    for window in _WINDOWS:
        fitting = (
            place for place, slot in enumerate(source.slots) if is_asked_for(slot.starts_at, window, source.today)
        )
        kept |= {place: source.slots[place] for place in islice(fitting, NEXT_TIMES)}
    return [kept[place] for place in sorted(kept)]


def _version(card: dict[str, Any], slots: Sequence[Slot]) -> str:
    """Name what the card shows, its free times included."""
    shown = json.dumps([card, [int(slot.starts_at.timestamp()) for slot in slots]], sort_keys=True)
    return hashlib.blake2s(shown.encode(), digest_size=6).hexdigest()


def recommended_rank(source: Source) -> int:
    """Return the day that decides the order 推荐, smaller first; the newer product stands first among equals.

    What can be had sooner comes first: a session by the day of its first free time, a course or a thing as if in two
    days (so that they mix), what has no free time at present after two months, what is not open yet last. A product's
    first month counts one day. No stars and no money: a rating is information, never a reason for a place.
    """
    today = source.today.toordinal()
    if source.is_coming:
        place = today + 90
    elif not source.product.is_bookable:
        place = today + 2
    else:
        place = source.slots[0].starts_at.date().toordinal() if source.slots else today + 60
    is_new = (source.now - source.product.date_created).days < _NEW_DAYS
    return place - is_new


def _is_shown(source: Source) -> bool:
    product = source.product
    if not product.is_public or product.sale_state == SaleState.PAUSED or source.partner is None:
        return False
    return bool(source.providers) or not product.is_bookable or source.is_coming


def _price_fen(source: Source) -> int | None:
    prices = [record.price for record in source.product.stockrecords.all() if record.price is not None]
    return fen_from_yuan(min(prices)) if prices else None


def price_band(price_fen: int) -> PriceBand:
    """Return the band a price lies in."""
    if price_fen <= 20_000:
        return PriceBand.LOW
    return PriceBand.MIDDLE if price_fen <= 50_000 else PriceBand.HIGH


def _facets(source: Source, nodes: Sequence[CategoryNode], price_fen: int | None) -> set[str]:
    tokens = {facet_token("c", pk) for pk in _category_ids(source.product, nodes)}
    tokens |= {facet_token("m", mode) for mode in (modes_of(source.service) if source.service else ())}
    tokens |= {facet_token("l", language) for provider in source.providers for language in provider.languages}
    if price_fen is not None:
        tokens.add(facet_token("p", price_band(price_fen).value))
    if source.partner:
        tokens.add(facet_token("o", source.partner.organisation_type))
    return tokens


def _category_ids(product: Product, nodes: Sequence[CategoryNode]) -> set[int]:
    """The product's categories with their ancestors; a kind is always among them."""
    by_id = {node.pk: node for node in nodes}
    own = [by_id[row.pk] for row in (*product.needs.all(), *product.categories.all()) if row.pk in by_id]
    if not any(node.axis == CategoryAxis.KIND for node in own):
        slug = "companions" if product.is_electronic else _KIND_SLUGS[ProductKind(product.kind)]
        own += [node for node in nodes if node.slug == slug]
    return {pk for node in own for pk in (node.pk, *node.parent_ids)}


def _days(source: Source, slots: Iterable[Slot]) -> list[date]:
    end = source.today + timedelta(days=DAYS_AHEAD)
    return sorted({day for slot in slots if (day := slot.starts_at.date()) < end})


def _stale_at(source: Source) -> datetime:
    midnight = datetime.combine(source.today + timedelta(days=1), datetime.min.time(), SHANGHAI)
    if not source.slots or source.service is None:
        return midnight
    return min(midnight, source.slots[0].starts_at - timedelta(minutes=source.service.minimum_notice_minutes))


def _card(source: Source, price_fen: int | None) -> dict[str, Any]:
    product, partner, provider = source.product, source.partner, source.only_provider
    picture = next(iter(product.images.all()), None)
    return {
        "title": product.title,
        "slug": product.slug or product.kind,
        "kind": product.kind,
        "summary": product.summary,
        "org": partner.name if partner else "",
        "org_en": (partner.name_en or partner.name) if partner else "",
        "provider": _provider_card(provider, product) if provider and product.kind == ProductKind.SESSION else None,
        "providers": len(source.providers),
        "provider_id": provider.pk if provider else "",
        "service": source.service.pk if source.service else None,
        "minutes": source.service.duration_minutes if source.service else None,
        "lessons": len(product.lessons.all()) if product.kind == ProductKind.COURSE else 0,
        "tags": [[need.name, need.name_en or need.name] for need in product.needs.all()][:_TAGS],
        "price_fen": price_fen,
        "age": [product.age_from, product.age_to],
        "picture": picture.original.url if picture else "",
        "illustration": product.illustration,
        "is_coming": source.is_coming,
        "is_electronic": product.is_electronic,
        "is_demo": product.is_demo,
    }


def _provider_card(provider: Provider, product: Product) -> dict[str, Any]:
    return {
        # The name stands above it already.
        "what": product.title.removeprefix(provider.name).lstrip(" ·：:—-"),
        "name": provider.name,
        "name_en": provider.name_en or provider.name,
        "title": provider.title,
        "years": provider.years_of_practice,
        "tone": provider.tone,
        "biography": provider.biography[:120],
        "approach": provider.approaches[0] if provider.approaches else "",
    }


def _words(source: Source, nodes: Sequence[CategoryNode]) -> str:
    product = source.product
    ids = _category_ids(product, nodes)
    parts = [product.summary, unescape(_MARKUP.sub(" ", product.description or ""))]
    parts += [word for node in nodes if node.pk in ids for word in (node.name, node.name_en)]
    parts += [source.partner.name, source.partner.name_en] if source.partner else []
    for provider in source.providers:
        parts += [provider.name, provider.name_en, provider.title, *provider.approaches]
    return "\n".join(part for part in parts if part)
