"""Rooms and lines: which there are, and when they are taken."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from catalog.partner.models import Partner

from ..models import LONGEST, Occupancy, Room
from ..room_book import RoomBook
from ..sql import rows_of
from ..timetable import midnight, moment_of

#: A room for two at least, with what takes it; what merely a hold keeps that has ended counts as free.
_ROOMS = """
    SELECT room.location_id, room.id, occupancy.busy_from, occupancy.busy_until
    FROM scheduling_room room
    LEFT JOIN scheduling_occupancy occupancy ON occupancy.room_id = room.id AND occupancy.is_live
      AND occupancy.busy_from > %s AND occupancy.busy_from < %s AND occupancy.busy_until > %s AND occupancy.id <> %s
      AND (occupancy.kind <> 'individual' OR occupancy.id NOT IN (
        SELECT booking.occupancy_id FROM scheduling_booking booking
        WHERE booking.status = 'pending' AND booking.held_until <= %s
      ))
    WHERE room.location_id = ANY(%s) AND room.is_active AND room.kind = 'room' AND room.capacity >= 2
"""


def load_rooms(
    location_ids: Collection[int], *, begin: datetime, end: datetime, now: datetime, ignoring: int | None = None
) -> RoomBook:
    """Return the active rooms of these locations and what of them is taken between two moments. One query."""
    book = RoomBook()
    bounds = (begin - LONGEST, end, begin, ignoring or 0, now)
    for location_id, room_id, busy_from, busy_until in rows_of(_ROOMS, *bounds, list(location_ids)):
        taken = [(int(busy_from.timestamp()), int(busy_until.timestamp()))] if busy_from else []
        book.add(location_id, room_id, taken)
    return book


def rooms_of(partner: Partner) -> QuerySet[Room]:
    """Return a partner's rooms and lines with their locations, those out of use included."""
    return Room.objects.filter(location__partner=partner).select_related("location").order_by("location", "name", "pk")


def room_uses(partner: Partner, from_on: date, to_on: date) -> QuerySet[Occupancy]:
    """Return what takes a partner's rooms and lines from one Shanghai day to another (both included), by time."""
    begin, end = moment_of(midnight(from_on)), moment_of(midnight(to_on + timedelta(days=1)))
    return (
        Occupancy.objects.filter(
            room__location__partner=partner, is_live=True, busy_from__gt=begin - LONGEST, busy_from__lt=end
        )
        .filter(busy_until__gt=begin)
        .select_related("room__location", "provider", "service__product")
        .order_by("starts_at", "room_id")
    )
