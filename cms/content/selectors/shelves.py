"""Collections, and what lies on the table today."""

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

from marketplace.core.age_bands import AgeBand

from ..enums import Audience, Kind
from ..models import Collection, CollectionItem, Item
from .finding import card_columns, items_in_order
from .library import published_items

PICKS = 4
_AUDIENCES = {
    AgeBand.CHILD: (Audience.CHILD,),
    AgeBand.YOUNGER_TEEN: (Audience.TEEN,),
    AgeBand.OLDER_TEEN: (Audience.TEEN,),
    AgeBand.ADULT: (Audience.PARENT,),
    AgeBand.TEACHER: (Audience.TEACHER, Audience.PRINCIPAL),
}
#: What can be read at one sitting by whoever comes along; courses, packs and guides are looked for.
_FOR_THE_TABLE = (Kind.ARTICLE, Kind.GUIDE, Kind.EXERCISE, Kind.STORY, Kind.AUDIO, Kind.VIDEO)


def shown_collections(band: AgeBand | None) -> list[Collection]:
    """Return the collections of the library's home, those for the reader first."""
    wanted = _AUDIENCES[band] if band else ()
    return sorted(Collection.objects.filter(is_shown=True), key=lambda each: each.audience not in wanted)


def items_of(collections: Iterable[Collection]) -> dict[int, list[Item]]:
    """Return the readable items of each collection in order, by its id, in the reader's language; two queries."""
    rows = CollectionItem.objects.filter(collection__in=list(collections)).order_by("sort_order", "pk")
    places = list(rows.values_list("collection_id", "item__translation_key"))
    keys = {key for _, key in places}
    found: dict[Any, Item] = {
        item.translation_key: item for item in card_columns(published_items().filter(translation_key__in=keys))
    }
    shelves: dict[int, list[Item]] = {collection.pk: [] for collection in collections}
    for collection_id, key in places:
        if key in found:
            shelves[collection_id].append(found[key])
    return shelves


def picks_of_the_day(band: AgeBand | None, today: date) -> list[Item]:
    """Return a few things to read, drawn by lot for the day and the same for everybody: never the most read; two queries."""
    ids = list(published_items(band=band).filter(kind__in=_FOR_THE_TABLE).order_by("slug").values_list("pk", flat=True))
    Random(f"{today:%F}{band or ''}").shuffle(ids)  # noqa: S311 - a lot, not a secret
    return items_in_order(ids[:PICKS])
