"""What everybody may read. Every page, list, search and link takes its items from `published_items`."""

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need

from ..enums import Kind
from ..models import Item

LEADING_LANGUAGE = "zh-hans"


def shown_items() -> "QuerySet[Item]":
    """Return what is published in any language: live, and outside the demo read by a named professional."""
    items = Item.objects.live()
    if not settings.LIBRARY_SHOWS_UNREVIEWED:
        items = items.filter(reviewed_on__isnull=False, reviewer__is_demo=False)
    return items


def published_items(
    *, need: Need | None = None, band: AgeBand | None = None, kind: Kind | None = None, language: str | None = None
) -> "QuerySet[Item]":
    """Return what readers of a language (the present one unless named) are offered, each item once.

    Where an item exists in their language it is that page, otherwise the Chinese one.
    """
    items = _in_language(shown_items(), language or get_language() or LEADING_LANGUAGE)
    if need is not None:
        items = items.filter(needs__contains=[need])
    if band is not None:
        items = items.filter(bands__contains=[band])
    if kind is not None:
        items = items.filter(kind=kind)
    return items


def _in_language(items: "QuerySet[Item]", language: str) -> "QuerySet[Item]":
    if language == LEADING_LANGUAGE:
        return items.filter(locale__language_code=LEADING_LANGUAGE)
    own = shown_items().filter(locale__language_code=language, translation_key=OuterRef("translation_key"))
    leading = Q(locale__language_code=LEADING_LANGUAGE) & ~Exists(own)
    return items.filter(Q(locale__language_code=language) | leading)


def item_for_reader(slug: str, *, language: str | None = None) -> Item | None:
    """Return an item by its address, in the reader's language where it exists; nothing when it is not for everybody."""
    pages = shown_items().filter(slug=slug, locale__language_code__in=(language or get_language(), LEADING_LANGUAGE))
    found = {page.locale.language_code: page for page in pages.select_related("locale", "reviewer")}
    return found.get(language or get_language() or LEADING_LANGUAGE) or found.get(LEADING_LANGUAGE)


def related_to(need: Need, limit: int = 3, *, band: AgeBand | None = None) -> "QuerySet[Item]":
    """Return a few items on a need, those whose first concern it is first; never by how often they were read."""
    items = published_items(need=need, band=band).annotate(is_second=~Q(needs__0=need))
    return items.order_by("is_second", "kind", "slug")[:limit]


def read_next(item: Item, limit: int = 3) -> list[Item]:
    """Return items like this one: for the same readers, sharing a need; the more shared the earlier."""
    alike = (
        published_items()
        .filter(needs__overlap=item.needs, bands__overlap=item.bands)
        .exclude(translation_key=item.translation_key)
        .order_by(F("needs__0").asc(), "slug")
    )
    ranked = sorted(alike[:60], key=lambda other: -_closeness(item, other))
    return ranked[:limit]


def _closeness(item: Item, other: Item) -> int:
    shared = len(set(item.needs) & set(other.needs)) + len(set(item.skills) & set(other.skills))
    return 2 * shared + (other.needs[0] == item.needs[0]) + (other.audience == item.audience)
