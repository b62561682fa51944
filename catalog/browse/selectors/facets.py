"""How many listings each further choice would leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Func, QuerySet, TextField, Value

from ..enums import HOURS, FacetGroup, When
from ..filters import Filters, facet_prefix
from ..models import Listing, facet_token
from .listings import listings, when_condition


class Unnest(Func):
    """One row per element of an array."""

    function = "UNNEST"
    output_field = TextField()
    set_returning = True


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """`total` of what is chosen now; counts per group and value, each as if that group's own choice were not made."""

    total: int
    tokens: dict[str, dict[str, int]] = field(default_factory=dict)
    when: dict[str, int] = field(default_factory=dict)

    def of(self, group: FacetGroup, value: object) -> int:
        """Return how many listings have this value."""
        if group is FacetGroup.WHEN:
            return self.when.get(str(value), 0)
        return self._group(group).get(facet_token(facet_prefix(group), value), 0)

    def values(self, group: FacetGroup) -> list[str]:
        """Return the values of a group that any listing has, the most frequent first."""
        prefix = f"{facet_prefix(group)}:"
        rows = [
            (-count, token.removeprefix(prefix))
            for token, count in self._group(group).items()
            if token.startswith(prefix)
        ]
        return [value for _, value in sorted(rows)]

    def _group(self, group: FacetGroup) -> dict[str, int]:
        return self.tokens.get(group.value, self.tokens.get("", {}))


def facet_counts(filters: Filters, *, today: date, found: Sequence[int] | None = None) -> FacetCounts:
    """Count everything in two queries, whatever is chosen and however many listings there are."""
    others = listings(filters, today=today, found=found, but=FacetGroup.WHEN)
    chosen_when = filters.values(FacetGroup.WHEN)
    conditions = {value: when_condition(_with(value, chosen_when), today) for value in When.values}
    numbers = others.aggregate(
        total=Count("pk", filter=when_condition(chosen_when, today)) if chosen_when else Count("*"),
        **{value: Count("pk", filter=condition) for value, condition in conditions.items()},
    )
    return FacetCounts(
        total=numbers.pop("total"), tokens=_token_counts(filters, today=today, found=found), when=numbers
    )


def _with(value: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """What 可约时间 asks for when this box is ticked: its own day in the hours that are ticked already, or its own hours."""
    return (value,) if value in HOURS else (value, *HOURS.intersection(chosen))


def _token_counts(filters: Filters, *, today: date, found: Sequence[int] | None) -> dict[str, dict[str, int]]:
    """Count tokens once for the listing as it is, and once more for every group with a choice, without that choice."""
    parts = [_tokens_of(listings(filters, today=today, found=found), "")]
    for group, _ in filters.chosen:
        if group is not FacetGroup.WHEN:
            parts.append(_tokens_of(listings(filters, today=today, found=found, but=group), group.value))
    counts: dict[str, dict[str, int]] = {"": {}, **{group.value: {} for group, _ in filters.chosen}}
    for name, token, count in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        counts[name][token] = count
    return counts


def _tokens_of(rows: QuerySet[Listing], name: str) -> QuerySet[Listing, tuple[str, str, int]]:
    counted = rows.annotate(part=Value(name, output_field=TextField()), token=Unnest(F("facets")))
    return counted.values("part", "token").annotate(count=Count("*")).order_by().values_list("part", "token", "count")


def relaxations(
    filters: Filters, *, today: date, found: Sequence[int] | None = None
) -> list[tuple[FacetGroup, str, int]]:
    """Return which single choice, taken back, would leave something: (group, value, count), the most helpful first.

    One query; asked only when nothing is left.
    """
    choices = [(group, value) for group, values in filters.chosen for value in values]
    if not choices:
        return []
    parts = [
        listings(filters.without(group, value), today=today, found=found)
        .order_by()
        .annotate(place=Value(place))
        .values("place")
        .annotate(count=Count("*"))
        .values_list("place", "count")
        for place, (group, value) in enumerate(choices)
    ]
    counted = dict(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])
    left = [(*choices[place], count) for place, count in counted.items() if count]
    return sorted(left, key=lambda row: -row[2])
