"""What the library's pages show: cards, drawings, names of needs and skills."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need

from ..enums import Kind, Skill
from ..models import Collection, Item
from ..reading.parts import Part
from ..reading.pictures import picture_of

register = template.Library()

_NEEDS, _SKILLS, _BANDS = dict(Need.choices), dict(Skill.choices), dict(AgeBand.choices)
_ME = frozenset(("我", "您", "你", "Me", "You", "I"))
#: The icon of each kind.
_ICONS = {
    Kind.ARTICLE: "leaf",
    Kind.GUIDE: "bridge",
    Kind.EXERCISE: "breath",
    Kind.AUDIO: "mic",
    Kind.VIDEO: "play",
    Kind.COURSE: "course",
    Kind.CLASS_PACK: "table",
    Kind.ROLE_GUIDE: "clipboard",
    Kind.STORY: "chat",
    Kind.HELP: "hand",
}

register.filter("picture", picture_of)


@register.filter
def need_names(item: Item) -> list[tuple[str, Any]]:
    """Return an item's needs with their names."""
    return [(need, _NEEDS[need]) for need in item.needs if need in _NEEDS]


@register.filter
def skill_names(item: Item) -> list[Any]:
    """Return the names of the skills an item trains."""
    return [_SKILLS[skill] for skill in item.skills if skill in _SKILLS]


@register.filter
def band_names(item: Item) -> list[Any]:
    """Return the names of the bands an item is for."""
    return [_BANDS[band] for band in item.bands if band in _BANDS]


@register.filter
def kind_icon(item: Item) -> str:
    """Return the icon of an item's kind."""
    return _ICONS.get(Kind(item.kind), "leaf")


@register.filter
def kind_tone(item: Item) -> str:
    """Return the tint of an item's card."""
    return {"exercise": "sky", "course": "lilac", "story": "apricot", "help": "alert"}.get(item.kind, "pine")


@register.filter
def in_words(collection: Collection, name: str) -> str:
    """Return a collection's name or summary in the reader's language."""
    if (get_language() or "").startswith("en"):
        return getattr(collection, f"{name}_en") or getattr(collection, name)
    return getattr(collection, name)


@register.filter
def language_of(item: Item) -> str:
    """Return the language an item is written in, as HTML names it."""
    return {"zh-hans": "zh-Hans"}.get(item.locale.language_code, item.locale.language_code)


@register.filter
def is_me(who: str) -> bool:
    """Return whether a line of a conversation is the reader's."""
    return who in _ME


@register.filter
def of_key(shelves: Mapping[int, Any], key: int) -> Any:
    """Return what stands under a key."""
    return shelves.get(key)


@register.filter
def without_questions(parts: Iterable[Part]) -> list[Part]:
    """Return parts without questions, which nobody can press on paper."""
    return [part for part in parts if part.question is None]


@register.simple_tag(takes_context=True)
def url_without(context: template.Context, name: str) -> str:
    """Return the page's query string without one choice, from its first page on."""
    query = context["request"].GET.copy()
    for gone in (name, "page"):
        query.pop(gone, None)
    query["all"] = "1"
    return f"?{query.urlencode()}"


@register.simple_tag
def lesson_url(item: Item, number: int) -> str:
    """Return the address of a lesson."""
    return reverse("library-lesson", args=[item.slug, number])
