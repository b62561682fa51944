"""One page of a listing, put together from what is kept and what is read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..caching import Shelf
from ..enums import FacetGroup
from ..filters import LAST_PAGE, PAGE_SIZE, Filters
from ..selectors.categories import CategoryNode, category_nodes
from ..selectors.facets import FacetCounts, facet_counts, relaxations
from ..selectors.families import LookedFor
from ..selectors.listings import found_listing_ids, listing_ids, search_listings, shanghai_today
from .cards import KeptCards, cards
from .hearts import with_hearts
from .panels import Panel, make_panel, make_shelves
from .results import Frame, make_frame

#: Pages whose product ids are kept together.
_PAGES_TOGETHER = 10


@dataclass(frozen=True, slots=True)
class ListingPage:
    """The parts of a listing page that do not depend on who looks, but for the name of the child it is for and the
    hearts that are pressed."""

    panel: Panel
    results: SafeString
    shelves: str = ""
    products: tuple[int, ...] = ()
    """Whose cards stand on it."""


def listing_page(
    filters: Filters,
    *,
    now: datetime,
    node: CategoryNode | None = None,
    child: LookedFor | None = None,
    with_shelves: bool = False,
    saved: Collection[int] | None = None,
) -> ListingPage:
    """Return one page; `saved` are the products of whoever looks, None for a visitor.

    Of a question nothing is kept: its words are the person's own.
    """
    if filters.question:
        return _found_page(filters, now=now, node=node, child=child, saved=saved)
    today = shanghai_today(now)
    name = blake2s(f"{filters.key}{today}".encode(), digest_size=12).hexdigest()
    place = f"{name}:{filters.sort.value}:{filters.page}:{get_language()}"
    panel_key, shelves_key = f"browse:panel:{name}:{get_language()}", f"browse:shelves:{get_language()}"
    cards_key, frame_key = f"browse:cards:{place}", f"browse:frame:{place}"
    shelf = Shelf(panel_key, cards_key, frame_key, *([shelves_key] if with_shelves else []))
    panel: Panel | None = shelf.get(panel_key)
    shelves: str | None = shelf.get(shelves_key) if with_shelves else ""
    if panel is None or shelves is None:
        counts = facet_counts(filters, today=today)
        panel = shelf.put(panel_key, _panel(filters, counts, node))
        # Shelves stand on the page of everything only, whose counts are theirs.
        shelves = shelf.put(shelves_key, make_shelves(counts, category_nodes())) if with_shelves else ""
    kept: KeptCards | None = shelf.get(cards_key)
    when = filters.values(FacetGroup.WHEN)
    shown = cards(_page_ids(filters, name, now) if kept is None else list(kept), now=now, kept=kept, when=when)
    if shown != kept:
        shelf.put(cards_key, shown)
    frame: Frame | None = shelf.get(frame_key) if shown and not child else None
    if frame is None:
        relaxed = () if panel.total else relaxations(filters, today=today)
        pages = _page_count(panel.total)
        frame = make_frame(filters, panel, pages=pages, has_cards=bool(shown), child=child, relaxations=relaxed)
        if shown and not child:
            shelf.put(frame_key, frame)
    return ListingPage(panel=panel, results=_joined(frame, shown, saved), shelves=shelves, products=tuple(shown))


def _page_ids(filters: Filters, name: str, now: datetime) -> list[int]:
    """Return the product ids of this page; those of the pages around it are read and kept with them."""
    block, page = divmod(filters.page - 1, _PAGES_TOGETHER)
    key = f"browse:ids:{name}:{filters.sort.value}:{block}"
    shelf = Shelf(key)
    ids: list[int] | None = shelf.get(key)
    if ids is None:
        size = PAGE_SIZE * _PAGES_TOGETHER
        ids = shelf.put(key, listing_ids(filters, today=shanghai_today(now), offset=block * size, count=size))
    return ids[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]


def _panel(filters: Filters, counts: FacetCounts, node: CategoryNode | None) -> Panel:
    return make_panel(filters, counts, category_nodes(), axis=node.axis if node else "")


def _found_page(
    filters: Filters,
    *,
    now: datetime,
    node: CategoryNode | None,
    child: LookedFor | None,
    saved: Collection[int] | None,
) -> ListingPage:
    today = shanghai_today(now)
    found = search_listings(filters.question)
    ids = found_listing_ids(filters, today=today, found=found)
    panel = _panel(filters, facet_counts(filters, today=today, found=found), node)
    start = (filters.page - 1) * PAGE_SIZE
    shown = cards(ids[start : start + PAGE_SIZE], now=now, when=filters.values(FacetGroup.WHEN))
    frame = make_frame(
        filters,
        panel,
        pages=_page_count(len(ids)),
        has_cards=bool(shown),
        child=child,
        relaxations=relaxations(filters, today=today, found=found) if found and not ids else (),
    )
    return ListingPage(panel=panel, results=_joined(frame, shown, saved), products=tuple(shown))


def _joined(frame: Frame, shown: KeptCards, saved: Collection[int] | None) -> SafeString:
    before, after = frame
    return mark_safe("".join((before, *with_hearts(shown, saved), after)))  # noqa: S308 - our templates


def _page_count(total: int) -> int:
    return min(LAST_PAGE, max(1, -(-total // PAGE_SIZE)))
