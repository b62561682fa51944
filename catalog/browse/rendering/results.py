"""What stands around the cards: order, chips, number, pages; and what is said when there are none."""

from collections.abc import Iterable, Sequence

from django.template.loader import get_template
from django.utils.translation import gettext as _

from ..enums import FacetGroup, Sort
from ..filters import Filters
from ..selectors.families import LookedFor
from .cards import unindented
from .panels import Panel

_CARDS_STAND_HERE = "<!-- cards -->"

#: (html before the cards, html after them)
Frame = tuple[str, str]


def make_frame(
    filters: Filters,
    panel: Panel,
    *,
    pages: int,
    has_cards: bool,
    child: LookedFor | None = None,
    relaxations: Sequence[tuple[FacetGroup, str, int]] = (),
) -> Frame:
    """Render the results without their cards. The child's name is all in it that belongs to a person."""
    html = get_template("browse/_results.html").render(
        {
            "total": panel.total,
            "has_cards": has_cards,
            "page": filters.page,
            "pages": pages,
            "child": child,
            "age": filters.age,
            "sorts": [
                (label, filters.query(sort=sort, page=1), sort == filters.sort) for sort, label in _sorts(filters)
            ],
            "chips": list(_chips(filters, panel)),
            "previous": filters.query(page=min(filters.page - 1, pages)) if filters.page > 1 else "",
            "next": filters.query(page=filters.page + 1) if filters.page < pages else "",
            "reset": Filters(child=filters.child).query(),
            "relaxed": list(_relaxed(filters, panel, relaxations)),
        }
    )
    before, _found, after = unindented(html).partition(_CARDS_STAND_HERE)
    return before, after


def _sorts(filters: Filters) -> list[tuple[Sort, str]]:
    first = _("最相关") if filters.question else str(Sort.RECOMMENDED.label)
    return [(sort, first if sort is Sort.RECOMMENDED else str(sort.label)) for sort in Sort]


def _chips(filters: Filters, panel: Panel) -> Iterable[tuple[str, str]]:
    """Yield (label, address without it) of everything that narrows the listing."""
    if filters.question:
        yield f"“{filters.question}”", filters.query(question="", page=1)
    for group, values in filters.chosen:
        for value in values:
            if label := panel.labels.get((group.value, value)):
                yield label, filters.without(group, value).query()


def _relaxed(
    filters: Filters, panel: Panel, relaxations: Sequence[tuple[FacetGroup, str, int]]
) -> Iterable[tuple[str, int, str]]:
    """Yield (label, count, address) of choices that leave something once they are taken back."""
    for group, value, count in relaxations[:3]:
        label = panel.labels.get((group.value, value), str(group.label))
        yield label, count, filters.without(group, value).query()
