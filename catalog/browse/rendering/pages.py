"""One page of a listing, put together from what is kept and what is read."""

from collections.abc import Sequence
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
from ..selectors.listings import found_listing_ids, listing_ids, search_listings, shanghai_today
from .cards import KeptCards, cards
from .panels import Panel, make_panel, make_shelves

#: Pages whose product ids are kept together.
_PAGES_TOGETHER = 10


@dataclass(frozen=True, slots=True)
class ListingPage:
    """What a listing page shows that does not depend on who looks."""

    panel: Panel
    cards: SafeString
    page: int
    pages: int
    shelves: str = ""
    relaxations: Sequence[tuple[FacetGroup, str, int]] = ()

    @property
    def total(self) -> int:
        return self.panel.total


def listing_page(
    filters: Filters, *, now: datetime, node: CategoryNode | None = None, with_shelves: bool = False
) -> ListingPage:
    """Return one page. Of a question nothing is kept: its words are the person's own."""
    if filters.question:
        return _found_page(filters, now=now, node=node)
    today = shanghai_today(now)
    name = blake2s(f"{filters.key}{today}".encode(), digest_size=12).hexdigest()
    block = (filters.page - 1) // _PAGES_TOGETHER
    keys = (
        f"browse:panel:{name}:{get_language()}",
        f"browse:ids:{name}:{filters.sort.value}:{block}",
        f"browse:cards:{name}:{filters.sort.value}:{filters.page}:{get_language()}",
        f"browse:shelves:{get_language()}",
    )
    shelf = Shelf(*(keys if with_shelves else keys[:3]))
    panel: Panel | None = shelf.get(keys[0])
    shelves: str | None = shelf.get(keys[3]) if with_shelves else ""
    if panel is None or shelves is None:
        counts = facet_counts(filters, today=today)
        panel = shelf.put(keys[0], _panel(filters, counts, node))
        # Shelves stand on the page of everything only, whose counts are theirs.
        shelves = shelf.put(keys[3], make_shelves(counts, category_nodes())) if with_shelves else ""
    ids = shelf.get(keys[1])
    if ids is None:
        size = PAGE_SIZE * _PAGES_TOGETHER
        ids = shelf.put(keys[1], listing_ids(filters, today=today, offset=block * size, count=size))
    start = (filters.page - 1) % _PAGES_TOGETHER * PAGE_SIZE
    kept: KeptCards = shelf.get(keys[2]) or {}
    shown = cards(ids[start : start + PAGE_SIZE], now=now, kept=kept)
    if shown != kept:
        shelf.put(keys[2], shown)
    return ListingPage(
        panel=panel,
        cards=_joined(shown),
        page=filters.page,
        pages=_page_count(panel.total),
        shelves=shelves,
        relaxations=relaxations(filters, today=today) if not panel.total else (),
    )


def _panel(filters: Filters, counts: FacetCounts, node: CategoryNode | None) -> Panel:
    return make_panel(filters, counts, category_nodes(), axis=node.axis if node else "")


def _found_page(filters: Filters, *, now: datetime, node: CategoryNode | None) -> ListingPage:
    today = shanghai_today(now)
    found = search_listings(filters.question)
    ids = found_listing_ids(filters, today=today, found=found)
    start = (filters.page - 1) * PAGE_SIZE
    return ListingPage(
        panel=_panel(filters, facet_counts(filters, today=today, found=found), node),
        cards=_joined(cards(ids[start : start + PAGE_SIZE], now=now)),
        page=filters.page,
        pages=_page_count(len(ids)),
        relaxations=relaxations(filters, today=today, found=found) if found and not ids else (),
    )


def _joined(shown: KeptCards) -> SafeString:
    return mark_safe("".join(html for _, html in shown.values()))  # noqa: S308 - rendered by our templates


def _page_count(total: int) -> int:
    return min(LAST_PAGE, max(1, -(-total // PAGE_SIZE)))
