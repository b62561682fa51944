"""What somebody is called in the room: a name of their own choice; nobody may pass for the provider."""

import unicodedata
from collections.abc import Collection

from django.utils.translation import gettext as _

from catalog.scheduling.enums import Attendee, OccupancyKind
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from .rules import LONGEST_NAME, RoomEntry


def shown_name(chosen: object, *, entry: RoomEntry, person: User, taken: Collection[str]) -> str:
    """Return the name others see: what was chosen, unless it is empty, the provider's or in use; then the next best.

    In a group nobody's profile is shown unless they write it themselves.
    """
    provider = entry.occupancy.provider.name
    if not entry.bookings or entry.occupancy.provider.user_id == person.pk:
        return provider
    name = _cleaned(chosen)
    if not name or name == provider:
        is_group = entry.occupancy.kind == OccupancyKind.GROUP
        name = _("成员") if is_group else known_as(entry.bookings, person)
    return _unlike(name, {provider, *taken})


def known_as(bookings: Collection[Booking], person: User) -> str:
    """Return by what name the provider knows who fills these places."""
    names = (each.child.nickname if each.attendee == Attendee.CHILD else person.nickname for each in bookings)
    return _("、").join(dict.fromkeys(names))


def _cleaned(chosen: object) -> str:
    text = unicodedata.normalize("NFKC", chosen) if isinstance(chosen, str) else ""
    visible = "".join(sign for sign in text if not unicodedata.category(sign).startswith("C"))
    return " ".join(visible.split())[:LONGEST_NAME]


def _unlike(name: str, taken: Collection[str]) -> str:
    candidates = (name if number == 1 else f"{name} {number}" for number in range(1, 100))
    return next(candidate for candidate in candidates if candidate not in taken)
