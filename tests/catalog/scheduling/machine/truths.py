"""What must be true of calendars and of the money behind them, asked in plain SQL that shares nothing with the services."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

#: What is taken of a provider or a room, with the buffers that the services' rows name, whatever the occupancy says.
_TAKEN = """
    WITH taken AS (
        SELECT occupancy.id, provider_id, room_id,
               occupancy.starts_at - make_interval(mins => coalesce(service.buffer_before_minutes, 0)) AS begins,
               occupancy.ends_at + make_interval(mins => coalesce(service.buffer_minutes, 0)) AS ends
        FROM scheduling_occupancy occupancy
        LEFT JOIN scheduling_healthcareservice service ON service.id = occupancy.service_id
        WHERE occupancy.is_live
    )
"""
_TWICE = """
    SELECT count(*) FROM taken one JOIN taken other ON one.{what} = other.{what} AND one.id < other.id
    WHERE one.begins < other.ends AND other.begins < one.ends
"""
_CHILD_TWICE = """
    SELECT count(*) FROM scheduling_booking one
    JOIN scheduling_booking other ON other.child_id = one.child_id AND one.id < other.id
    JOIN scheduling_occupancy here ON here.id = one.occupancy_id
    JOIN scheduling_occupancy there ON there.id = other.occupancy_id
    WHERE one.status <> 'cancelled' AND other.status <> 'cancelled'
      AND one.attendee = 'child' AND other.attendee = 'child'
      AND here.starts_at < there.ends_at AND there.starts_at < here.ends_at
"""
_SEATS = """
    SELECT count(*) FROM scheduling_occupancy occupancy
    LEFT JOIN LATERAL (
        SELECT count(*) AS sold FROM scheduling_booking
        WHERE occupancy_id = occupancy.id AND status <> 'cancelled'
    ) places ON true
    WHERE places.sold > occupancy.seats OR (occupancy.is_live AND occupancy.kind <> 'blocked'
                                            AND places.sold <> occupancy.seats_taken)
"""
_GROUNDLESS = """
    SELECT count(*) FROM scheduling_booking booking JOIN scheduling_occupancy occupancy ON occupancy.id = occupancy_id
    WHERE booking.status <> 'cancelled'
      AND (NOT occupancy.is_live OR booking.starts_at <> occupancy.starts_at OR booking.ends_at <> occupancy.ends_at)
"""
_IDLE = """
    SELECT count(*) FROM scheduling_occupancy occupancy
    WHERE is_live AND kind = 'individual' AND NOT EXISTS (
        SELECT 1 FROM scheduling_booking WHERE occupancy_id = occupancy.id AND status <> 'cancelled'
    )
"""
_HELD_PAST_START = """
    SELECT count(*) FROM scheduling_booking
    WHERE (status = 'pending' AND held_until > starts_at) OR (status = 'proposed' AND answer_by > starts_at)
"""
_OFFERED_LATE = """
    SELECT count(*) FROM waitlist_waitlistoffer WHERE offered_at >= starts_at OR expires_at > starts_at
"""
_OFFERED_TWICE = """
    SELECT count(*) FROM (
        SELECT 1 FROM waitlist_waitlistoffer offer
        JOIN waitlist_offeredplace place ON place.offer_id = offer.id
        JOIN scheduling_booking booking ON booking.id = place.booking_id
        JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id AND occupancy.kind = 'individual'
        WHERE offer.state IN ('open', 'accepted')
        GROUP BY occupancy.provider_id, occupancy.starts_at HAVING count(DISTINCT offer.id) > 1
        UNION ALL
        SELECT 1 FROM waitlist_waitlistoffer WHERE state IN ('open', 'accepted') GROUP BY entry_id HAVING count(*) > 1
    ) twice
"""
_OFFERED_NOT_KEPT = """
    SELECT count(*) FROM waitlist_waitlistoffer offer
    JOIN waitlist_offeredplace place ON place.offer_id = offer.id
    JOIN scheduling_booking booking ON booking.id = place.booking_id
    WHERE offer.state IN ('open', 'accepted') AND booking.status <> 'pending'
"""
_HALVES = """
    SELECT count(*) FROM (
        SELECT 1 FROM scheduling_booking WHERE together_id IS NOT NULL GROUP BY together_id
        HAVING count(DISTINCT status <> 'cancelled' AND (status <> 'pending' OR held_until > %s)) > 1
    ) halves
"""
_UNPAID = """
    SELECT count(*) FROM scheduling_booking booking WHERE status NOT IN ('pending', 'cancelled') AND NOT EXISTS (
        SELECT 1 FROM order_line line JOIN order_order paid ON paid.id = line.order_id
        WHERE line.booking_id = booking.id AND paid.paid_at IS NOT NULL
    )
"""
_OVERDRAWN = """
    SELECT count(*) FROM order_order placed
    JOIN payments_paymentintent intent ON intent.payable_kind = 'order' AND intent.payable_id = placed.id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(captured_fen), 0) AS fen FROM payments_paymentattempt WHERE intent_id = intent.id
    ) came
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(refund.amount_fen), 0) AS fen,
               coalesce(sum(refund.amount_fen) FILTER (WHERE line.id IS NOT NULL), 0) AS of_lines
        FROM payments_refund refund JOIN payments_paymentattempt attempt ON attempt.id = refund.attempt_id
        LEFT JOIN order_linerefund line ON line.refund_id = refund.id
        WHERE attempt.intent_id = intent.id
    ) back
    WHERE came.fen - back.fen <> CASE WHEN placed.paid_at IS NULL THEN 0 ELSE placed.total_fen - back.of_lines END
"""
#: What each question counts, by the sentence that is said when it is not 0.
COUNTS = {
    "a provider is in two places": _TAKEN + _TWICE.format(what="provider_id"),
    "a room is used twice": _TAKEN + _TWICE.format(what="room_id"),
    "a child is in two places": _CHILD_TWICE,
    "seats are exceeded, or miscounted": _SEATS,
    "somebody has a place in a time that is not kept": _GROUNDLESS,
    "a time is kept for nobody": _IDLE,
    "a hold or a request outlives the start": _HELD_PAST_START,
    "an offer reaches past its start": _OFFERED_LATE,
    "a place is offered twice": _OFFERED_TWICE,
    "an offer is open whose place is not kept": _OFFERED_NOT_KEPT,
    "a place stands that nobody paid for": _UNPAID,
    "money came for which there is neither an order nor a refund": _OVERDRAWN,
}
_CANCELLED_AND_PAID = """
    SELECT booking.id, line.price_fen, coalesce(sum(refund.amount_fen), 0)
    FROM order_line line
    JOIN order_order paid ON paid.id = line.order_id AND paid.paid_at IS NOT NULL
    JOIN scheduling_booking booking ON booking.id = line.booking_id AND booking.status = 'cancelled'
    LEFT JOIN order_linerefund asked ON asked.line_id = line.id
    LEFT JOIN payments_refund refund ON refund.id = asked.refund_id
    GROUP BY booking.id, line.price_fen
"""


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return what a plain statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall()


def lies(now: datetime, agreed_fen: dict[int, int]) -> list[str]:
    """Return what is not true at the moment. `agreed_fen`: what a family's own cancellation was to give back."""
    statement = " UNION ALL ".join(f"SELECT {place}, ({count})" for place, count in enumerate(COUNTS.values()))
    wrong = {place for place, count in rows(statement) if count}
    found = [sentence for place, sentence in enumerate(COUNTS) if place in wrong]
    if rows(_HALVES, now)[0][0]:
        found.append("of what was taken together a part stands")
    for booking_id, price_fen, back_fen in rows(_CANCELLED_AND_PAID):
        if back_fen != agreed_fen.get(booking_id, price_fen):
            found.append(f"paid {price_fen} for a place that is gone, and {back_fen} came back")
    return found


#: A time that was just sold, and what its provider said of it: hours around it, closings, other calendars, the day's limit.
_SAID = """
    SELECT occupancy.starts_at, occupancy.ends_at, provider.keeps_holidays,
           EXISTS (SELECT 1 FROM scheduling_weeklyavailability hours
                   WHERE hours.provider_id = provider.id AND weekday = extract(isodow FROM local.starts) - 1
                     AND from_time <= local.starts::time AND to_time >= local.ends::time
                     AND (modes = '{}' OR booking.mode = ANY(modes))),
           EXISTS (SELECT 1 FROM scheduling_availabilityexception closed
                   WHERE closed.provider_id = provider.id AND NOT is_open
                     AND closed.starts_at < occupancy.ends_at AND closed.ends_at > occupancy.starts_at),
           EXISTS (SELECT 1 FROM scheduling_busytime busy
                   WHERE busy.provider_id = provider.id
                     AND busy.starts_at < occupancy.busy_until AND busy.ends_at > occupancy.busy_from),
           (SELECT count(*) FROM scheduling_occupancy other
            WHERE other.provider_id = provider.id AND other.is_live AND other.kind <> 'blocked'
              AND (other.starts_at AT TIME ZONE 'Asia/Shanghai')::date = local.starts::date),
           provider.sessions_per_day,
           service.needs_room AND booking.mode = 'in_person'
             AND NOT coalesce((SELECT is_active FROM scheduling_room WHERE id = occupancy.room_id), false)
    FROM scheduling_occupancy occupancy
    JOIN scheduling_provider provider ON provider.id = occupancy.provider_id
    JOIN scheduling_healthcareservice service ON service.id = occupancy.service_id
    JOIN scheduling_booking booking ON booking.occupancy_id = occupancy.id AND booking.status <> 'cancelled'
    CROSS JOIN LATERAL (SELECT occupancy.starts_at AT TIME ZONE 'Asia/Shanghai' AS starts,
                               occupancy.ends_at AT TIME ZONE 'Asia/Shanghai' AS ends) local
    WHERE occupancy.id = %s
"""


def objections(occupancy_id: int, holidays: set[Any]) -> list[str]:
    """Return why a time that was just sold to a family should not have been."""
    [(starts_at, _, rests, is_open, is_closed, is_busy, sold, limit, lacks_room)] = rows(_SAID, occupancy_id)
    found = {
        "outside the hours": not is_open,
        "closed": is_closed,
        "on a holiday": rests and (starts_at + timedelta(hours=8)).date() in holidays,
        "busy elsewhere": is_busy,
        "more than the provider takes a day": limit is not None and sold > limit,
        "without a room": lacks_room,
    }
    return [objection for objection, is_true in found.items() if is_true]
