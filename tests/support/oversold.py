"""How much is sold twice, asked in plain SQL that shares nothing with the code under test."""

from django.db import connection

_OVERLAPS = """
    SELECT count(*)
    FROM scheduling_occupancy one
    JOIN scheduling_occupancy other ON one.provider_id = other.provider_id AND one.id < other.id
    WHERE one.is_live AND other.is_live
      AND one.busy_from < other.busy_until AND other.busy_from < one.busy_until
"""
_OVERFULL = """
    SELECT coalesce(sum(places.sold - occupancy.seats), 0)
    FROM scheduling_occupancy occupancy
    JOIN (
        SELECT occupancy_id, count(*) AS sold FROM scheduling_booking WHERE status <> 'cancelled' GROUP BY 1
    ) places ON places.occupancy_id = occupancy.id
    WHERE places.sold > occupancy.seats
"""
_GROUNDLESS = """
    SELECT count(*) FROM scheduling_booking booking
    JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
    WHERE booking.status <> 'cancelled' AND NOT occupancy.is_live
"""


def oversold() -> int:
    """Return pairs of live occupancies of one provider that overlap, seats sold beyond a session's seats, and live
    bookings whose time is not kept for them: 0 where booking tells the truth."""
    with connection.cursor() as cursor:
        found = 0
        for query in (_OVERLAPS, _OVERFULL, _GROUNDLESS):
            cursor.execute(query)
            found += cursor.fetchone()[0]
    return int(found)
