"""Every fault that booking's counters count, put there by hand, one at a time, and taken away again."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from . import booking_counts

#: What would refuse the planted rows.
_CONSTRAINTS = (
    ("scheduling_occupancy", "provider_never_in_two_places"),
    ("scheduling_occupancy", "room_never_used_twice"),
    ("scheduling_occupancy", "occupancy_never_overfull"),
    ("scheduling_booking", "child_never_in_two_places"),
    ("waitlist_waitlistoffer", "offer_ends_before_its_start"),
    ("waitlist_offeredplace", "waitlist_offeredplace_booking_id_key"),
)
_INDEXES = ("child_has_one_seat", "one_live_offer_per_entry", "a_time_is_offered_once_to_an_entry")
_HOUR = timedelta(hours=1)
#: Refers to nothing: foreign keys are looked at when a transaction commits, and these never do.
_NOBODY, _NOBODY_ELSE = -1, -2


def drop_guards(connection: psycopg.Connection) -> None:
    """Take away what the database itself does not let happen."""
    for table, constraint in _CONSTRAINTS:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    for index in _INDEXES:
        connection.execute(f"DROP INDEX {index}")


@dataclass(frozen=True, slots=True)
class _Ground:
    """A booked individual session that a package pays for, around which faults are planted."""

    connection: psycopg.Connection
    booking: int
    occupancy: int
    provider: int
    service: int
    starts_at: datetime
    now: datetime

    def change(self, table: str, row: int, assignment: str, *values: Any) -> None:
        self.connection.execute(f"UPDATE {table} SET {assignment} WHERE id = %s", [*values, row])

    def copied(self, table: str, row: int, **changes: Any) -> int:
        """Write the same row again, with another id and these changes."""
        found = self.connection.execute(
            f"""
            INSERT INTO {table} SELECT copied.* FROM {table} original CROSS JOIN LATERAL jsonb_populate_record(
                original, %s::jsonb || jsonb_build_object(
                    'id', nextval(pg_get_serial_sequence(%s, 'id')), 'public_id', gen_random_uuid()
                )
            ) copied WHERE original.id = %s RETURNING id
            """,
            [json.dumps(changes, default=str), table, row],
        ).fetchone()
        assert found
        return int(found[0])

    def rival_time(self) -> int:
        """The same time, somebody else's."""
        return self.copied("scheduling_occupancy", self.occupancy, provider_id=_NOBODY, room_id=None)

    def told(self, thing: str, thing_id: int | None, *, ago: timedelta = -_HOUR, **said: Any) -> None:
        """Say that a client was told something, by default after everything else."""
        moment = self.now - ago
        columns = {"began": moment, "ended": moment, "thing": thing, "thing_id": thing_id} | said
        names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
        self.connection.execute(f"INSERT INTO told ({names}) VALUES ({places})", list(columns.values()))

    def offer(self, entry: int, *places: int, state: str = "open", lasts: timedelta = -_HOUR) -> None:
        """Offer these places; the offer ends so long after the session's start, or before it."""
        row = self.connection.execute(
            "INSERT INTO waitlist_waitlistoffer"
            " (public_id, entry_id, state, starts_at, ends_at, mode, offered_at, expires_at)"
            " VALUES (gen_random_uuid(), %s, %s, %s, %s, 'phone', %s, %s) RETURNING id",
            [entry, state, self.starts_at, self.starts_at + _HOUR, self.now, self.starts_at + lasts],
        ).fetchone()
        for booking in places:
            self.connection.execute(
                "INSERT INTO waitlist_offeredplace (offer_id, booking_id) VALUES (%s, %s)", [row and row[0], booking]
            )


def _room_twice(ground: _Ground) -> None:
    ground.change("scheduling_occupancy", ground.occupancy, "room_id = %s", _NOBODY)
    ground.copied("scheduling_occupancy", ground.occupancy, provider_id=_NOBODY)


def _child_twice(ground: _Ground) -> None:
    ground.copied("scheduling_booking", ground.booking, occupancy_id=ground.rival_time())


def _sold_in_closed_time(ground: _Ground) -> None:
    row = ground.connection.execute(
        "INSERT INTO scheduling_availabilityexception (provider_id, starts_at, ends_at, is_open, reason)"
        " VALUES (%s, %s, %s, false, '') RETURNING id",
        [ground.provider, ground.starts_at, ground.starts_at + _HOUR],
    ).fetchone()
    ground.told("closing", row and row[0], ago=2 * _HOUR, became="kept")
    ground.told("booking", ground.booking, ago=_HOUR, became="held", starts_at=ground.starts_at)


def _without_room(ground: _Ground) -> None:
    ground.change("scheduling_healthcareservice", ground.service, "needs_room = true")
    ground.change("scheduling_booking", ground.booking, "mode = 'in_person'")
    ground.change("scheduling_occupancy", ground.occupancy, "room_id = NULL")


def _one_of_a_pair(ground: _Ground) -> None:
    ground.change("scheduling_booking", ground.booking, "together_id = public_id")
    ground.copied("scheduling_booking", ground.booking, status="cancelled")


def _one_time_offered_twice(ground: _Ground) -> None:
    ground.offer(_NOBODY, ground.booking)
    rival = ground.copied("scheduling_occupancy", ground.occupancy)
    ground.offer(_NOBODY_ELSE, ground.copied("scheduling_booking", ground.booking, occupancy_id=rival))


def _two_offers(ground: _Ground, **facts: Any) -> None:
    for _ in range(2):
        ground.offer(_NOBODY, **facts)


def _one_place_twice(ground: _Ground) -> None:
    for entry in (_NOBODY, _NOBODY_ELSE):
        ground.offer(entry, ground.booking, state="lapsed")


PLANTED: dict[str, Callable[[_Ground], object]] = {
    "provider in two places": lambda ground: ground.copied("scheduling_occupancy", ground.occupancy),
    "room used twice": _room_twice,
    "child in two places": _child_twice,
    "sold in closed time": _sold_in_closed_time,
    "told, and not there": lambda ground: ground.told("booking", None, became="held"),
    "told, and otherwise": lambda ground: ground.told("booking", ground.booking, became="ended"),
    "told, and at another time": lambda ground: ground.told(
        "booking", ground.booking, starts_at=ground.starts_at + _HOUR
    ),
    "told, and held another way": lambda ground: ground.told("booking", ground.booking, mode="elsewhere"),
    "the desk's word forgotten": lambda ground: ground.told("reservation", _NOBODY, became="kept"),
    "a place without its time": lambda ground: ground.change(
        "scheduling_occupancy", ground.occupancy, "is_live = false"
    ),
    "a time that nobody has": lambda ground: ground.rival_time(),
    "in person without a room": _without_room,
    "paid without a place": lambda ground: ground.change("scheduling_booking", ground.booking, "status = 'cancelled'"),
    "a place without payment": lambda ground: ground.copied("scheduling_booking", ground.booking, child_id=_NOBODY),
    "packages that do not add up": lambda ground: ground.connection.execute(
        "UPDATE credits_creditgrant SET used = used - 1 WHERE id ="
        " (SELECT grant_id FROM credits_credituse WHERE booking_id = %s AND given_back_at IS NULL)",
        [ground.booking],
    ),
    "one of a pair": _one_of_a_pair,
    "more places than seats": lambda ground: ground.copied("scheduling_booking", ground.booking, child_id=_NOBODY),
    "seats counted wrongly": lambda ground: ground.change("scheduling_occupancy", ground.occupancy, "seats_taken = 0"),
    "one person twice": lambda ground: ground.copied("scheduling_booking", ground.booking),
    "two offers to one family": _two_offers,
    "one time offered twice": _one_time_offered_twice,
    "one place in two offers": _one_place_twice,
    "a time offered again": lambda ground: _two_offers(ground, state="lapsed"),
    "offered for after its start": lambda ground: ground.offer(_NOBODY, state="lapsed", lasts=_HOUR),
    "offered and not kept": lambda ground: ground.offer(_NOBODY),
}

_BOOKED = """
    SELECT booking.id, occupancy.id, occupancy.provider_id, booking.service_id, occupancy.starts_at
    FROM scheduling_booking booking
    JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
    JOIN credits_credituse used ON used.booking_id = booking.id AND used.given_back_at IS NULL
    JOIN order_line line ON line.booking_id = booking.id
    WHERE booking.status = 'booked' AND occupancy.kind = 'individual' AND booking.together_id IS NULL
    ORDER BY booking.id LIMIT 1
"""


def find_planted(connection: psycopg.Connection) -> list[str]:
    """Return the kinds of fault whose counter goes up when such a fault is planted; leaves everything as it was.

    Needs `booking_counts.write_down` before, and one booked session that a package pays for.
    """
    found = []
    with connection.transaction(force_rollback=True):
        drop_guards(connection)
        connection.execute("ALTER TABLE scheduling_booking DISABLE TRIGGER USER")
        row = connection.execute(_BOOKED).fetchone()
        if row is None:
            return []
        ground = _Ground(connection, *row, now=datetime.now(UTC))
        for kind, plant in PLANTED.items():
            with connection.transaction(force_rollback=True):
                before = booking_counts.count_kind(connection, kind)
                plant(ground)
                if booking_counts.count_kind(connection, kind) > before:
                    found.append(kind)
    return found
