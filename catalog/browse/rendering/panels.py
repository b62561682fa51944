"""The panel of facets, and the shelves of categories: the same for everybody who chose the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.loader import get_template
from django.utils.translation import gettext as _

from catalog.catalogue.enums import CategoryAxis
from catalog.partner.enums import OrganisationType
from catalog.scheduling.enums import Language, Mode

from ..enums import FacetGroup, PriceBand, When
from ..filters import Filters
from ..selectors.categories import CategoryNode
from ..selectors.facets import FacetCounts
from .cards import unindented

_FIXED_CHOICES = {
    FacetGroup.WHEN: When.choices,
    FacetGroup.MODE: Mode.choices,
    FacetGroup.PRICE: PriceBand.choices,
    FacetGroup.ORGANISATION: OrganisationType.choices,
}


@dataclass(frozen=True, slots=True)
class Option:
    """One box of the panel."""

    value: str
    label: str
    count: int
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A rendered panel, and what the rest of the page wants to know about it."""

    total: int
    html: str
    labels: dict[tuple[str, str], str]
    """Of every value that is chosen, by group and value."""


def make_panel(filters: Filters, counts: FacetCounts, nodes: Sequence[CategoryNode], *, axis: str = "") -> Panel:
    """Render the facets; on a category's page the boxes of its own tree (`axis`) are left out."""
    groups = [(group, list(_options(group, filters, counts, nodes))) for group in FacetGroup if group.value != axis]
    labels = {
        (group.value, option.value): option.label
        for group, options in groups
        for option in options
        if option.is_checked
    }
    shown = [
        {
            "group": group,
            "options": options,
            "is_radio": group is FacetGroup.PRICE,
            "is_open": not any(option.is_checked for option in options),
        }
        for group, options in groups
        if any(option.count or option.is_checked for option in options)
    ]
    html = unindented(get_template("browse/panel.html").render({"groups": shown}))
    return Panel(total=counts.total, html=html, labels=labels)


def _options(
    group: FacetGroup, filters: Filters, counts: FacetCounts, nodes: Sequence[CategoryNode]
) -> Iterable[Option]:
    chosen = filters.values(group)
    for value, label in _choices(group, counts, nodes):
        count = counts.of(group, value)
        if count or value in chosen or group in (FacetGroup.PRICE, FacetGroup.WHEN):
            yield Option(value, str(label), count, value in chosen)


def _choices(group: FacetGroup, counts: FacetCounts, nodes: Sequence[CategoryNode]) -> Iterable[tuple[str, object]]:
    match group:
        case FacetGroup.NEED | FacetGroup.KIND:
            return [(str(node.pk), node.label) for node in roots(nodes, group.value)]
        case FacetGroup.LANGUAGE:
            names = dict(Language.choices)
            return [(value, names.get(value, value)) for value in counts.values(group)]
    return _FIXED_CHOICES[group]


def roots(nodes: Iterable[CategoryNode], axis: str) -> list[CategoryNode]:
    """Return the top of one tree."""
    return [node for node in nodes if node.axis == axis and not node.parent_ids]


def make_shelves(counts: FacetCounts, nodes: Sequence[CategoryNode]) -> str:
    """Render the cards of all categories that hold something, by need and by kind."""
    shelves = [
        {
            "title": title,
            "axis": axis,
            "rows": [(node, count) for node in roots(nodes, axis) if (count := counts.of(group, node.pk))],
        }
        for group, axis, title in (
            (FacetGroup.NEED, CategoryAxis.NEED, _("从困扰开始")),
            (FacetGroup.KIND, CategoryAxis.KIND, _("按服务类型")),
        )
    ]
    return unindented(get_template("browse/shelves.html").render({"shelves": shelves}))
