"""What one person sees of the people in a room."""

import time
from collections.abc import Collection, Sequence
from typing import Any

from ..enums import Part, Place
from ..presence import Person, polite


def people_for(me: Person, people: Sequence[Person], known: Collection[str]) -> list[dict[str, Any]]:
    """Return the people a person may know of: the provider everybody, somebody inside those inside, and whoever waits only
    themselves and whether the provider is there. `known`: bookings whose profile the provider may see.
    """
    now = time.time()
    return [_shown(me, other, known) for other in people if other.is_here(now) and _may_know(me, other)]


def _may_know(me: Person, other: Person) -> bool:
    if me.part == Part.PROVIDER or other.visit == me.visit or other.part == Part.PROVIDER:
        return True
    return me.place == other.place == Place.INSIDE


def _shown(me: Person, other: Person, known: Collection[str]) -> dict[str, Any]:
    shown = {
        "visit": other.visit,
        "name": other.name,
        "role": other.part,
        "place": other.place,
        "camera": other.camera,
        "microphone": other.microphone,
        "quality": other.quality,
        "is_me": other.visit == me.visit,
        "polite": polite(me, other),
    }
    if me.part == Part.PROVIDER and other.part == Part.FAMILY:
        is_known = bool(other.bookings) and all(booking in known for booking in other.bookings)
        shown |= {"known_as": other.known_as if is_known else "", "bookings": other.bookings}
    return shown
