"""What a person narrows the listing by, read from the address and written back to it.

The address always says everything: it can be shared, bookmarked and reloaded, with or without JavaScript. Values
that mean nothing are dropped without a word; order and doubles do not matter, so equal wishes have equal addresses.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from catalog.partner.enums import OrganisationType
from catalog.scheduling.enums import Mode

from .enums import FacetGroup, PriceBand, Sort, When

PAGE_SIZE = 20
#: Nobody turns a thousand pages; further ones would only be walked by machines.
LAST_PAGE = 500
LONGEST_QUESTION = 60

_PREFIXES = {
    FacetGroup.NEED: "c",
    FacetGroup.KIND: "c",
    FacetGroup.MODE: "m",
    FacetGroup.PRICE: "p",
    FacetGroup.ORGANISATION: "o",
    FacetGroup.LANGUAGE: "l",
}
_KNOWN = {
    FacetGroup.MODE: frozenset(Mode),
    FacetGroup.PRICE: frozenset(PriceBand.values),
    FacetGroup.ORGANISATION: frozenset(OrganisationType.values),
    FacetGroup.WHEN: frozenset(When.values),
}


def facet_prefix(group: FacetGroup) -> str:
    """Return the prefix of this group's tokens."""
    return _PREFIXES[group]


@dataclass(frozen=True, slots=True)
class Filters:
    """One listing: `chosen` holds (group, values); `child` is a public id, `age` in whole years comes from that child."""

    chosen: tuple[tuple[FacetGroup, tuple[str, ...]], ...] = ()
    question: str = ""
    sort: Sort = Sort.RECOMMENDED
    page: int = 1
    child: str = ""
    age: int | None = None
    category: int | None = None

    def values(self, group: FacetGroup) -> tuple[str, ...]:
        """Return what is chosen of a group."""
        for name, values in self.chosen:
            if name is group:
                return values
        return ()

    def choosing(self, group: FacetGroup, values: Iterable[str]) -> "Filters":
        """Return the same with other values of one group, on the first page."""
        wanted = tuple(sorted(set(values)))
        others = tuple(pair for pair in self.chosen if pair[0] is not group)
        chosen = tuple(sorted((*others, (group, wanted)))) if wanted else others
        return replace(self, chosen=chosen, page=1)

    def without(self, group: FacetGroup, value: str) -> "Filters":
        """Return the same with one value fewer."""
        return self.choosing(group, (each for each in self.values(group) if each != value))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen beside order and page."""
        return bool(self.chosen or self.question or self.child)

    def query(self, **changes: object) -> str:
        """Return the address's query, `?` included, with some fields changed."""
        wish = replace(self, **changes) if changes else self  # type: ignore[arg-type]
        pairs: list[tuple[str, object]] = [("q", wish.question)] if wish.question else []
        pairs += [(group.value, value) for group, values in wish.chosen for value in values]
        pairs += [("child", wish.child)] if wish.child else []
        pairs += [("sort", wish.sort.value)] if wish.sort else []
        pairs += [("page", wish.page)] if wish.page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else "?"

    @property
    def key(self) -> str:
        """Return what decides which listings are shown, person and page left out."""
        return repr((self.chosen, self.category, self.age))


def filters_from(query: QueryDict) -> Filters:
    """Read the address. The child is only noted: whose it is and how old, the view finds out."""
    chosen = []
    for group in FacetGroup:
        values = tuple(sorted({value for value in query.getlist(group.value) if _is_known(group, value)}))
        if values:
            chosen.append((group, values[:1] if group is FacetGroup.PRICE else values))
    return Filters(
        chosen=tuple(sorted(chosen)),
        question=" ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_QUESTION],
        sort=_sort(query.get("sort", "")),
        page=_page(query.get("page", "")),
        child=query.get("child", "")[:36],
    )


def _is_known(group: FacetGroup, value: str) -> bool:
    if group in (FacetGroup.NEED, FacetGroup.KIND):
        return value.isascii() and value.isdigit() and len(value) < 10
    if group is FacetGroup.LANGUAGE:
        return 0 < len(value) <= 10 and "\x00" not in value
    return value in _KNOWN[group]


def _sort(value: str) -> Sort:
    return Sort(value) if value in Sort.values else Sort.RECOMMENDED


def _page(value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) < 10
    return max(1, min(int(value), LAST_PAGE)) if is_number else 1
