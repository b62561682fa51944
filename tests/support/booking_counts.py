"""What booking must never do, counted by plain SQL that shares nothing with the code under test.

What clients were told stands in a table of its own (`told`), laid beside the product's: a success that the database does
not hold is found by comparing the two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg

#: One row for every success a client was told; times are those of the request, so that two that ran at once may stand in
#: either order. `thing`: booking, entry, reservation, closing or hours. `became`: held, booked, granted, ended or lapsed (a
#: booking), kept or gone (anything else). `starts_at` and `mode`: where they were part of what was said.
_TABLE = """
    CREATE TABLE told (
        id bigserial PRIMARY KEY, began timestamptz NOT NULL, ended timestamptz NOT NULL, thing text NOT NULL,
        thing_id bigint, became text, starts_at timestamptz, mode text
    )
"""

#: What was said of the same thing and is not overtaken by something that began only after it had ended.
_LATEST = """
    SELECT told.* FROM told WHERE told.thing = '{thing}' AND told.{said} IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM told later WHERE later.thing = told.thing AND later.thing_id = told.thing_id
          AND later.{said} IS NOT NULL AND later.began > told.ended
    )
"""

_BUSY = "one.busy_from < other.busy_until AND other.busy_from < one.busy_until"

#: Bookings that are not what somebody was last told they are.
_OTHERWISE = f"""
        SELECT booking.id FROM scheduling_booking booking
        WHERE booking.id IN (SELECT thing_id FROM told WHERE thing = 'booking' AND became IS NOT NULL) AND NOT EXISTS (
            SELECT 1 FROM ({_LATEST.format(thing="booking", said="became")}) said
            WHERE said.thing_id = booking.id AND booking.status = ANY (CASE said.became
                WHEN 'held' THEN ARRAY['pending'] WHEN 'lapsed' THEN ARRAY['pending', 'cancelled']
                WHEN 'booked' THEN ARRAY['proposed', 'booked', 'fulfilled', 'noshow']
                WHEN 'granted' THEN ARRAY['booked', 'fulfilled', 'noshow'] WHEN 'ended' THEN ARRAY['cancelled'] END)
        )
"""

OVERLAPS = {
    "provider in two places": f"""
        SELECT count(*) FROM scheduling_occupancy one
        JOIN scheduling_occupancy other ON other.provider_id = one.provider_id AND other.id > one.id
        WHERE one.is_live AND other.is_live AND {_BUSY}
    """,
    "room used twice": f"""
        SELECT count(*) FROM scheduling_occupancy one
        JOIN scheduling_occupancy other ON other.room_id = one.room_id AND other.id > one.id
        WHERE one.is_live AND other.is_live AND {_BUSY}
    """,
    "child in two places": """
        SELECT count(*) FROM scheduling_booking one
        JOIN scheduling_booking other ON other.child_id = one.child_id AND other.id > one.id
        JOIN scheduling_occupancy here ON here.id = one.occupancy_id
        JOIN scheduling_occupancy there ON there.id = other.occupancy_id
        WHERE one.status <> 'cancelled' AND other.status <> 'cancelled'
          AND one.attendee = 'child' AND other.attendee = 'child'
          AND here.starts_at < there.ends_at AND there.starts_at < here.ends_at
    """,
    "sold in closed time": """
        SELECT count(*) FROM told held
        JOIN scheduling_booking booking ON booking.id = held.thing_id
        JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
        JOIN scheduling_availabilityexception closing ON closing.provider_id = occupancy.provider_id
        JOIN told closed ON closed.thing = 'closing' AND closed.thing_id = closing.id AND closed.became = 'kept'
        WHERE held.thing = 'booking' AND held.became = 'held' AND occupancy.kind = 'individual'
          AND occupancy.starts_at = held.starts_at AND closed.ended < held.began AND NOT closing.is_open
          AND occupancy.starts_at < closing.ends_at AND closing.starts_at < occupancy.ends_at
    """,
}

LOST = {
    "told, and not there": """
        SELECT count(*) FROM told
        LEFT JOIN scheduling_booking booking ON told.thing = 'booking' AND booking.id = told.thing_id
        LEFT JOIN waitlist_waitlistentry entry ON told.thing = 'entry' AND entry.id = told.thing_id
        WHERE told.thing_id IS NULL
           OR (told.thing = 'booking' AND booking.id IS NULL) OR (told.thing = 'entry' AND entry.id IS NULL)
    """,
    "told, and otherwise": f"SELECT count(*) FROM ({_OTHERWISE}) booking",
    "told, and at another time": f"""
        SELECT count(*) FROM scheduling_booking booking
        JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
        WHERE booking.status <> 'cancelled'
          AND booking.id IN (SELECT thing_id FROM told WHERE thing = 'booking' AND starts_at IS NOT NULL) AND NOT EXISTS (
            SELECT 1 FROM ({_LATEST.format(thing="booking", said="starts_at")}) said
            WHERE said.thing_id = booking.id AND said.starts_at = occupancy.starts_at
        )
    """,
    "told, and held another way": f"""
        SELECT count(*) FROM scheduling_booking booking
        WHERE booking.status <> 'cancelled'
          AND booking.id IN (SELECT thing_id FROM told WHERE thing = 'booking' AND mode IS NOT NULL) AND NOT EXISTS (
            SELECT 1 FROM ({_LATEST.format(thing="booking", said="mode")}) said
            WHERE said.thing_id = booking.id AND said.mode = booking.mode
        )
    """,
    "the desk's word forgotten": f"""
        SELECT count(*) FROM (
            SELECT thing, thing_id, bool_or(became = 'kept') AS may_be, bool_or(became = 'gone') AS may_not FROM (
                {_LATEST.format(thing="reservation", said="became")} UNION ALL
                {_LATEST.format(thing="closing", said="became")} UNION ALL
                {_LATEST.format(thing="hours", said="became")}
            ) said GROUP BY thing, thing_id
        ) said
        WHERE CASE WHEN CASE thing
            WHEN 'reservation' THEN EXISTS (SELECT 1 FROM scheduling_occupancy WHERE id = thing_id AND is_live)
            WHEN 'closing' THEN EXISTS (SELECT 1 FROM scheduling_availabilityexception WHERE id = thing_id)
            ELSE EXISTS (
                SELECT 1 FROM scheduling_weeklyavailability hours
                WHERE hours.provider_id * 10000 + hours.weekday * 1000 + extract(hour FROM hours.from_time) = thing_id
            ) END THEN NOT may_be ELSE NOT may_not END
    """,
    "a place without its time": """
        SELECT count(*) FROM scheduling_booking booking
        JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
        WHERE booking.status <> 'cancelled' AND (
            NOT occupancy.is_live OR booking.starts_at <> occupancy.starts_at OR booking.ends_at <> occupancy.ends_at
        )
    """,
    "a time that nobody has": """
        SELECT count(*) FROM scheduling_occupancy occupancy
        WHERE occupancy.is_live AND occupancy.kind = 'individual' AND NOT EXISTS (
            SELECT 1 FROM scheduling_booking WHERE occupancy_id = occupancy.id AND status <> 'cancelled'
        )
    """,
    "in person without a room": """
        SELECT count(*) FROM scheduling_booking booking
        JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
        JOIN scheduling_healthcareservice service ON service.id = booking.service_id
        WHERE booking.status <> 'cancelled' AND booking.mode = 'in_person' AND service.needs_room
          AND occupancy.kind = 'individual' AND occupancy.room_id IS NULL
    """,
    "paid without a place": """
        SELECT count(*) FROM order_line line
        JOIN order_order bought ON bought.id = line.order_id
        JOIN scheduling_booking booking ON booking.id = line.booking_id
        LEFT JOIN credits_credituse used ON used.booking_id = booking.id AND used.given_back_at IS NULL
        WHERE bought.paid_at IS NOT NULL AND (
            booking.status = 'pending'
            OR (booking.status = 'cancelled' AND (used.id IS NOT NULL OR line.refunded_fen < line.price_fen)
                -- a family that cancels within a day of the start has agreed to lose it; offers reach that near
                AND NOT coalesce(
                    booking.cancelled_by = 'family' AND booking.cancelled_at > booking.starts_at - interval '24 hours',
                    false
                ))
        )
    """,
    "a place without payment": """
        SELECT count(*) FROM scheduling_booking booking
        WHERE booking.status IN ('proposed', 'booked', 'fulfilled', 'noshow') AND NOT EXISTS (
            SELECT 1 FROM order_line line JOIN order_order bought ON bought.id = line.order_id
            LEFT JOIN credits_credituse used ON used.booking_id = line.booking_id AND used.given_back_at IS NULL
            WHERE line.booking_id = booking.id AND bought.paid_at IS NOT NULL AND (line.price_fen > 0 OR used.id IS NOT NULL)
        )
    """,
    "packages that do not add up": """
        SELECT count(*) FROM credits_creditgrant credit
        WHERE credit.used <> (
            SELECT count(*) FROM credits_credituse used WHERE used.grant_id = credit.id AND used.given_back_at IS NULL
        ) OR credit.used + credit.returned > credit.total
    """,
    "one of a pair": """
        SELECT count(*) FROM (
            SELECT together_id FROM scheduling_booking WHERE together_id IS NOT NULL
            GROUP BY together_id HAVING bool_or(status IN ('proposed', 'booked')) AND bool_or(status IN ('pending', 'cancelled'))
        ) torn
    """,
}

OVERSOLD = {
    "more places than seats": """
        SELECT coalesce(sum(places.sold - occupancy.seats), 0) FROM scheduling_occupancy occupancy
        JOIN (
            SELECT occupancy_id, count(*) AS sold FROM scheduling_booking WHERE status <> 'cancelled' GROUP BY 1
        ) places ON places.occupancy_id = occupancy.id
        WHERE places.sold > occupancy.seats
    """,
    "seats counted wrongly": """
        SELECT count(*) FROM scheduling_occupancy occupancy
        WHERE occupancy.is_live AND occupancy.seats_taken <> (
            SELECT count(*) FROM scheduling_booking WHERE occupancy_id = occupancy.id AND status <> 'cancelled'
        )
    """,
    "one person twice": """
        SELECT count(*) FROM (
            SELECT 1 FROM scheduling_booking WHERE status <> 'cancelled'
            GROUP BY occupancy_id, child_id, attendee HAVING count(*) > 1
        ) twice
    """,
}

_LIVE = "('open', 'accepted')"

DOUBLE_OFFERS = {
    "two offers to one family": f"""
        SELECT count(*) FROM (
            SELECT 1 FROM waitlist_waitlistoffer WHERE state IN {_LIVE} GROUP BY entry_id HAVING count(*) > 1
        ) twice
    """,
    "one time offered twice": f"""
        SELECT count(*) FROM waitlist_waitlistoffer one
        JOIN waitlist_offeredplace place ON place.offer_id = one.id
        JOIN scheduling_booking booking ON booking.id = place.booking_id
        JOIN scheduling_occupancy here ON here.id = booking.occupancy_id
        JOIN scheduling_occupancy there ON there.provider_id = here.provider_id AND there.kind = 'individual'
          AND there.busy_from < here.busy_until AND here.busy_from < there.busy_until
        JOIN scheduling_booking rival ON rival.occupancy_id = there.id
        JOIN waitlist_offeredplace second ON second.booking_id = rival.id
        JOIN waitlist_waitlistoffer other ON other.id = second.offer_id AND other.id > one.id
        WHERE one.state IN {_LIVE} AND other.state IN {_LIVE} AND here.kind = 'individual'
    """,
    "one place in two offers": """
        SELECT count(*) FROM (
            SELECT 1 FROM waitlist_offeredplace GROUP BY booking_id HAVING count(*) > 1
        ) twice
    """,
    "a time offered again": """
        SELECT count(*) FROM (
            SELECT 1 FROM waitlist_waitlistoffer WHERE state <> 'withdrawn' GROUP BY entry_id, starts_at HAVING count(*) > 1
        ) twice
    """,
    "offered for after its start": "SELECT count(*) FROM waitlist_waitlistoffer WHERE expires_at > starts_at",
    "offered and not kept": f"""
        SELECT count(*) FROM waitlist_waitlistoffer offer
        WHERE offer.state IN {_LIVE} AND NOT EXISTS (
            SELECT 1 FROM waitlist_offeredplace place
            JOIN scheduling_booking booking ON booking.id = place.booking_id AND booking.status = 'pending'
            JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id AND occupancy.is_live
            WHERE place.offer_id = offer.id
        )
    """,
}

COUNTERS = {"overlaps": OVERLAPS, "lost": LOST, "oversold": OVERSOLD, "double_offers": DOUBLE_OFFERS}


@dataclass(frozen=True, slots=True)
class Told:
    """One success, as its client was told it."""

    began: datetime
    ended: datetime
    thing: str
    thing_id: int | None
    became: str | None = None
    starts_at: datetime | None = None
    mode: str | None = None


def write_down(connection: psycopg.Connection, told: Iterable[Told]) -> None:
    """Lay what clients were told beside what the database holds."""
    connection.execute("DROP TABLE IF EXISTS told")
    connection.execute(_TABLE)
    columns = "began, ended, thing, thing_id, became, starts_at, mode"
    with connection.cursor().copy(f"COPY told ({columns}) FROM STDIN") as copy:
        for each in told:
            copy.write_row([getattr(each, column) for column in columns.split(", ")])


def count(connection: psycopg.Connection) -> dict[str, dict[str, int]]:
    """Return what is wrong, by counter and kind; 0 everywhere where booking tells the truth. Needs `write_down` before."""
    return {
        counter: {kind: _number(connection, query) for kind, query in kinds.items()}
        for counter, kinds in COUNTERS.items()
    }


def count_kind(connection: psycopg.Connection, kind: str) -> int:
    """Return how often one kind of fault is found."""
    [query] = [kinds[kind] for kinds in COUNTERS.values() if kind in kinds]
    return _number(connection, query)


def sums(found: dict[str, dict[str, int]]) -> dict[str, int]:
    """Return one number for each counter."""
    return {counter: sum(kinds.values()) for counter, kinds in found.items()}


def kinds_of(found: dict[str, dict[str, int]]) -> Sequence[str]:
    """Return what was found, in words."""
    return [f"{number} × {kind}" for kinds in found.values() for kind, number in kinds.items() if number]


def told_otherwise(connection: psycopg.Connection) -> Sequence[str]:
    """Return, for each booking that is not what its client was told, what was said of it and when, and what it is."""
    rows = connection.execute(f"""
        SELECT format('booking %s is %s since %s; was told: %s', booking.id, booking.status, coalesce(booking.cancelled_at, booking.created_at), said.words)
        FROM scheduling_booking booking, LATERAL (
            SELECT string_agg(format('%s from %s to %s', became, began, ended), ', ' ORDER BY began) AS words
            FROM told WHERE thing = 'booking' AND thing_id = booking.id AND became IS NOT NULL
        ) said WHERE booking.id IN ({_OTHERWISE})
    """).fetchall()
    return [words for (words,) in rows]


def _number(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
