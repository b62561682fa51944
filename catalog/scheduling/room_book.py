"""When the rooms of some locations are taken. Pure: no database."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .intervals import Interval, overlaps


@dataclass(slots=True)
class RoomBook:
    """For each location, for each of its rooms, what of the room's time is taken."""

    taken: dict[int, dict[int, list[Interval]]] = field(default_factory=dict)

    def add(self, location_id: int, room_id: int, intervals: Iterable[Interval]) -> None:
        """Note a room, and taken time of it."""
        self.taken.setdefault(location_id, {}).setdefault(room_id, []).extend(intervals)

    def has_room(self, location_id: int | None, busy: Interval) -> bool:
        """Whether some room there is free all that time; nowhere in particular there is none."""
        if location_id is None:
            return False
        return any(not overlaps(taken, busy) for taken in self.taken.get(location_id, {}).values())
