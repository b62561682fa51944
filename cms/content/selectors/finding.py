"""Finding items: facets with counts, and search.

Words are cut by jieba and matched by PostgreSQL (marketplace.core.search), as for services: embedded PostgreSQL carries
no pg_trgm, and pairs of characters would find 考前 in 思考前途. What the dictionary does not know is found as it stands in
titles and texts. There is no order by how often something was read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from modelsearch.backends import get_search_backend

from ..models import Item
from .library import published_items

PAGE_SIZE = 18
#: So many items a question may find; a library has hundreds, and nobody reads on.
MOST_FOUND = 500
#: Facets in the order in which they are shown, and whether an item can have several values.
FACETS = {"need": "needs", "band": "bands", "kind": "kind", "skill": "skills", "grade": "grades", "subject": "subject"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asked for: a question and at most one value of each facet."""

    question: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def of(self, facet: str) -> str:
        """Return the chosen value of a facet, or nothing."""
        return dict(self.values).get(facet, "")

    def with_value(self, facet: str, value: str) -> "Choice":
        """Return the choice with one facet set; an empty value takes it away."""
        left = tuple(pair for pair in self.values if pair[0] != facet)
        return replace(self, values=(*left, (facet, value)) if value else left)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return not self.question and not self.values


@dataclass(frozen=True, slots=True)
class Found:
    """What matches: ids in order, and how many a change of each facet would leave."""

    ids: list[int]
    counts: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Facts:
    pk: int
    values: dict[str, frozenset[str]]

    def matches(self, choice: Choice, *, but: str = "") -> bool:
        return all(value in self.values[facet] for facet, value in choice.values if facet != but)


def find_items(choice: Choice) -> Found:
    """Find; at most three queries, however many items and facets there are.

    The facts of all published items are read at once, a few short values each: a library holds hundreds.
    """
    ranked = _search(choice.question) if choice.question else None
    facts = {row.pk: row for row in _facts()}
    rows = list(facts.values()) if ranked is None else [facts[pk] for pk in ranked if pk in facts]
    counts = {facet: _counted(row.values[facet] for row in rows if row.matches(choice, but=facet)) for facet in FACETS}
    return Found(ids=[row.pk for row in rows if row.matches(choice)], counts=counts)


def _facts() -> Iterable[_Facts]:
    columns = ("pk", "needs", "bands", "kind", "skills", "grade_from", "grade_to", "subject")
    # kinds and slugs: an order that says nothing about popularity and is the same every time
    for pk, needs, bands, kind, skills, grade_from, grade_to, subject in (
        published_items().order_by("-first_published_at", "slug").values_list(*columns)
    ):
        grades = range(grade_from, grade_to + 1) if grade_from else ()
        yield _Facts(
            pk,
            {
                "need": frozenset(needs),
                "band": frozenset(bands),
                "kind": frozenset((kind,)),
                "skill": frozenset(skills),
                "grade": frozenset(str(grade) for grade in grades),
                "subject": frozenset((subject,) if subject else ()),
            },
        )


def _counted(values: Iterable[frozenset[str]]) -> Counter[str]:
    return Counter(value for row in values for value in row)


def _search(question: str) -> list[int]:
    """Return ids, best first: items with all words, else with any, else those that hold the question as it stands."""
    for operator in ("and", "or"):
        matching = get_search_backend().search(question, Item.objects.all(), operator=operator).get_queryset()
        if ids := list(matching.values_list("pk", flat=True)[:MOST_FOUND]):
            return ids
    held = Q(title__icontains=question) | Q(summary__icontains=question) | Q(plain_text__icontains=question)
    return list(Item.objects.filter(held).order_by("slug").values_list("pk", flat=True)[:MOST_FOUND])


def items_in_order(ids: Sequence[int]) -> list[Item]:
    """Return these items in this order, without their texts; one query."""
    found: dict[int, Any] = {item.pk: item for item in card_columns(Item.objects.filter(pk__in=ids))}
    return [found[pk] for pk in ids if pk in found]


def card_columns(items: Any) -> Any:
    """Leave out of a queryset what no card shows."""
    return items.select_related("locale").defer("body", "plain_text", "sources", "search_description")
