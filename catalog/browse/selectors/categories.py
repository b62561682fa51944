"""The two category trees, flat."""

from dataclasses import dataclass

from django.utils.translation import get_language

from catalog.catalogue.models import Category

from ..caching import LONG, Shelf

_KEY = "browse:categories"


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A category as pages show it; `parent_ids` are its ancestors, the nearest last."""

    pk: int
    slug: str
    axis: str
    name: str
    name_en: str
    icon: str
    description: str
    parent_ids: tuple[int, ...]

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


def category_nodes() -> list[CategoryNode]:
    """Return all public categories in tree order, as they were when the catalogue last changed."""
    shelf = Shelf(_KEY)
    kept: list[CategoryNode] | None = shelf.get(_KEY)
    return shelf.put(_KEY, read_category_nodes(), LONG) if kept is None else kept


def read_category_nodes() -> list[CategoryNode]:
    """Read all public categories in tree order; one query."""
    nodes = []
    by_path: dict[str, int] = {}
    for category in Category.objects.filter(is_public=True).order_by("path"):
        by_path[category.path] = category.pk
        steps = range(Category.steplen, len(category.path), Category.steplen)
        nodes.append(
            CategoryNode(
                pk=category.pk,
                slug=category.slug,
                axis=category.axis,
                name=category.name,
                name_en=category.name_en,
                icon=category.icon,
                description=category.description,
                parent_ids=tuple(by_path[category.path[:step]] for step in steps if category.path[:step] in by_path),
            )
        )
    return nodes
