"""Rooms and lines as things that are booked: one with a session, or alone."""

from datetime import datetime

from ..errors import RoomTaken
from ..sql import rows_of

_FREE = """
    SELECT room.id FROM scheduling_room room
    WHERE room.location_id = %s AND room.is_active AND room.kind = 'room' AND room.capacity >= %s
      AND NOT EXISTS (
        SELECT 1 FROM scheduling_occupancy occupancy
        WHERE occupancy.room_id = room.id AND occupancy.is_live AND occupancy.id <> %s
          AND occupancy.busy_from < %s AND occupancy.busy_until > %s
      )
    ORDER BY room.capacity, room.id LIMIT 1
"""


def choose_room(
    *, location_id: int, busy_from: datetime, busy_until: datetime, people: int = 2, ignoring: int | None = None
) -> int:
    """Return the smallest free room of a location whose rooms are locked (`locks.lock_rooms`); nothing is written.

    `ignoring` is an occupancy that does not stand in its own way. Raises RoomTaken.
    """
    free = rows_of(_FREE, location_id, people, ignoring or 0, busy_until, busy_from)
    if not free:
        raise RoomTaken
    return free[0][0]
