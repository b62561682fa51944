"""Which of our drawings stands with an item: one that belongs to its needs or kind, always the same one for the same item."""

from zlib import crc32

from django.templatetags.static import static

from marketplace.core.needs import Need

from ..enums import Audience, Kind
from ..models import Item

#: Drawings beside a need's own.
_BESIDE = {
    Need.EXAMS: ("pictures/desk",),
    Need.MOOD: ("pictures/weather",),
    Need.FRIENDS: ("pictures/friends",),
    Need.HOME: ("pictures/family",),
    Need.SLEEP: ("pictures/night",),
    Need.FOCUS: ("pictures/desk",),
    Need.FEELINGS: ("pictures/weather", "pictures/sprout"),
    Need.NEW_PLACES: ("pictures/bridge",),
    Need.SELF: ("pictures/sprout",),
    Need.FAREWELL: ("pictures/night",),
}


def picture_of(item: Item) -> str:
    """Return the address of an item's drawing."""
    drawn = [f"needs/{need}" for need in item.needs]
    drawn += [name for need in item.needs for name in _BESIDE.get(Need(need), ())]
    if item.kind == Kind.HELP:
        drawn.append("pictures/bridge")
    if item.audience == Audience.TEACHER:
        drawn.append("pictures/classroom")
    return static(f"content/{drawn[crc32(item.slug.encode()) % len(drawn)]}.svg")
