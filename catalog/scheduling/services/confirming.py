"""From kept to booked. Called inside the order's transactions; the refusal of one booking refuses them all."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..enums import BookingStatus, CancelledBy, OccupancyKind
from ..errors import HoldExpired, SlotTaken
from ..locks import lock_bookings, lock_child, locked_bookings
from ..models import Booking, Occupancy, Room
from ..rules import ANSWER_AT_LEAST, ANSWERED_BEFORE, hold_end
from ..selectors.availability import nearest_open_slots
from ..selectors.timetables import load_timetables
from ..signals import booking_booked
from ..sql import change
from ..timetable import day_of
from .places import (
    announce,
    refuse_when_child_is_busy,
    refusing_overlaps,
    release_expired_holds_of,
    take_seat,
)

#: Where the provider has a say, paying makes a request of a hold; see `rules` for the times.
_BOOK = """
    UPDATE scheduling_booking booking
    SET status = CASE WHEN service.needs_confirmation THEN 'proposed' ELSE 'booked' END,
        answer_by = CASE WHEN service.needs_confirmation THEN LEAST(
            %s + make_interval(hours => service.answer_hours),
            GREATEST(booking.starts_at - %s, LEAST(%s, booking.starts_at))
        ) END,
        cancelled_by = '', cancelled_at = NULL
    FROM scheduling_healthcareservice service
    WHERE service.id = booking.service_id AND booking.id = ANY(%s)
"""


@transaction.atomic
def renew_holds(*, booking_ids: Collection[int], held_until: datetime, now: datetime | None = None) -> list[Booking]:
    """Keep these bookings until `held_until` (never past their start); released holds are taken again when free.

    Joins the caller's transaction, which must hold the order's lock at most. Booked ones stay as they are.

    Raises:
        SlotTaken: one was released and its time is no longer free.
        ChildAlreadyBooked: the child has meanwhile got another booking at that time.
        HoldExpired: one should already have started.
    """
    now = now or timezone.now()
    bookings = locked_bookings(booking_ids)
    for booking in bookings:
        if booking.status not in (BookingStatus.PENDING, BookingStatus.CANCELLED):
            continue
        if booking.occupancy.starts_at <= now:
            raise HoldExpired
        if booking.status == BookingStatus.CANCELLED:
            _retake(booking, now=now)
        booking.held_until = hold_end(starts_at=booking.occupancy.starts_at, wanted=held_until)
        booking.status, booking.cancelled_by, booking.cancelled_at = BookingStatus.PENDING, "", None
        booking.save(update_fields=["status", "held_until", "cancelled_by", "cancelled_at"])
    return bookings


@transaction.atomic
def confirm_bookings(*, booking_ids: Collection[int], now: datetime | None = None) -> None:
    """Turn paid holds into bookings, or into requests where the provider has a say; repeats do nothing.

    Joins the caller's transaction. A hold past its end that nobody released is still ours. One that was released is
    taken again when still free.

    Raises:
        SlotTaken, ChildAlreadyBooked: one was released and cannot be had any more. Nothing is confirmed then, and
            the money goes back.
    """
    now = now or timezone.now()
    statuses = dict(lock_bookings(booking_ids))
    released = [pk for pk, status in statuses.items() if status == BookingStatus.CANCELLED]
    if released:
        for booking in Booking.objects.filter(pk__in=released).select_related("occupancy").order_by("pk"):
            _retake(booking, now=now)
            _book([booking.pk], now)
    paid = [pk for pk, status in statuses.items() if status == BookingStatus.PENDING]
    if paid:
        _book(paid, now)
    announce_booked([*released, *paid])


def _book(booking_ids: Collection[int], now: datetime) -> None:
    change(_BOOK, now, ANSWERED_BEFORE, now + ANSWER_AT_LEAST, list(booking_ids))


def announce_booked(booking_ids: Collection[int]) -> None:
    """Say of each of these places that it is fixed, unless it still waits for its provider. Costs nothing unheard."""
    if booking_ids and booking_booked.has_listeners(Booking):
        booked = Booking.objects.filter(pk__in=booking_ids, status=BookingStatus.BOOKED)
        for booking in booked.select_related("occupancy").order_by("pk"):
            booking_booked.send(sender=Booking, booking=booking)


def _retake(booking: Booking, *, now: datetime) -> None:
    """Take a released hold's place again: still in the provider's hours and limits, still free, still ahead."""
    occupancy = booking.occupancy
    taken = SlotTaken(lambda: nearest_open_slots(service=booking.service, around=occupancy.starts_at))
    if booking.cancelled_by != CancelledBy.EXPIRY or occupancy.starts_at <= now:
        raise taken
    release_expired_holds_of(occupancy.provider_id, now=now)
    lock_child(booking.child_id)
    refuse_when_child_is_busy(booking, starts_at=occupancy.starts_at, ends_at=occupancy.ends_at, now=now)
    if occupancy.kind == OccupancyKind.GROUP:
        take_seat(occupancy.pk)
    elif not _is_still_free(booking, now=now):
        raise taken
    else:
        with refusing_overlaps():
            Occupancy.objects.filter(pk=occupancy.pk).update(is_live=True, seats_taken=1)
        occupancy.is_live, occupancy.seats_taken = True, 1
    announce([occupancy.provider_id])


def _is_still_free(booking: Booking, *, now: datetime) -> bool:
    occupancy = booking.occupancy
    timetable = load_timetables([occupancy.provider_id], begin=occupancy.busy_from, end=occupancy.busy_until, now=now)[
        occupancy.provider_id
    ]
    start = int(occupancy.starts_at.timestamp())
    length = int((occupancy.ends_at - occupancy.starts_at).total_seconds())
    is_open = timetable.is_open(start, length, booking.mode, occupancy.location_id)
    is_free = timetable.is_free(int(occupancy.busy_from.timestamp()), int(occupancy.busy_until.timestamp()))
    return is_open and is_free and not timetable.is_full(day_of(start)) and _has_its_room(occupancy)


def _has_its_room(occupancy: Occupancy) -> bool:
    """Whether the room it had is still in use; whether it is free, the database says."""
    return occupancy.room_id is None or Room.objects.filter(pk=occupancy.room_id, is_active=True).exists()
