"""The site's main navigation: the composition root names the pages, base.html shows them.

The links are rendered once per language, so that showing them costs almost nothing on a page.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.icons import icon_svg

#: Address, whether only this very address counts, and the link as it stands elsewhere and on its own page.
_Row = tuple[str, bool, SafeString, SafeString]


@dataclass(frozen=True)
class NavItem:
    """One page of the main navigation.

    `order` sorts from left to right; `places` names where it stands ("top" bar, phone "tabs", a grown-up's phone
    "grown_up_tabs": five fit there, and a parent needs others than a young person);
    `exact` marks it current on its own address only, not on the pages below it.
    """

    url_name: str
    label: str | Promise
    icon: str
    order: int
    places: tuple[str, ...] = ("top", "tabs", "grown_up_tabs")
    exact: bool = False


#: Place -> its CSS class and what it is called.
_PLACES = {"top": ("topnav", _("主要页面")), "tabs": ("tabbar", _("底部标签"))}
_PLACES["grown_up_tabs"] = _PLACES["tabs"]
_items: dict[tuple[str, tuple[str, ...]], NavItem] = {}


def register(item: NavItem) -> None:
    """Add a page; call from `AppConfig.ready()`. A second item of the same page and places replaces the first."""
    _items[item.url_name, item.places] = item
    _rendered.cache_clear()


@lru_cache(maxsize=16)
def _rendered(place: str, language: str | None) -> tuple[SafeString, list[_Row]]:
    rows: list[_Row] = []
    for item in sorted(_items.values(), key=lambda item: item.order):
        if place not in item.places:
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:  # a page that is not built yet has no tab
            continue
        body = (url, icon_svg(item.icon), item.label)
        plain = format_html('<a href="{}">{}<span>{}</span></a>', *body)
        current = format_html('<a href="{}" aria-current="page">{}<span>{}</span></a>', *body)
        rows.append((url, item.exact, plain, current))
    css, label = _PLACES[place]
    return format_html('<nav class="{}" aria-label="{}">', css, label), rows


def links(place: str, path: str) -> SafeString:
    """Return the navigation of one place as HTML, the link that `path` belongs to marked as current."""
    opening, rows = _rendered(place, get_language())
    shown = (
        current if (path == url if exact else path.startswith(url)) else plain for url, exact, plain, current in rows
    )
    return mark_safe(f"{opening}{''.join(shown)}</nav>")  # noqa: S308 - put together from format_html parts
