"""Another time for the same booking, with the same provider; what was paid stays paid."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from marketplace.accounts.models import User

from ..enums import BookingStatus, OccupancyKind
from ..errors import BookingEnded, NotYourBooking, SlotNotOffered, SlotTaken, TooLateToChange
from ..locks import lock_family, locked_bookings
from ..models import Booking, Occupancy
from ..retry import retried
from ..rules import can_move
from ..selectors.availability import Slot, nearest_open_slots, open_slots
from ..timetable import day_of
from .places import (
    announce,
    refuse_when_child_is_busy,
    refusing_overlaps,
    release_expired_holds_of,
    take_seat,
)


@retried
@transaction.atomic(durable=True)
def move_booking(*, booking_id: int, starts_at: datetime, moved_by: User, now: datetime | None = None) -> Booking:
    """Move a family's paid booking to another free time of its provider; it is reminded anew.

    Raises:
        NotYourBooking: of a child this person does not care for.
        TooLateToChange, BookingEnded: outside the product's window, or over.
        SlotTaken, SlotNotOffered: the new time cannot be had.
        ChildAlreadyBooked: the child is elsewhere then.
    """
    now = now or timezone.now()
    booking = next(iter(locked_bookings([booking_id])), None)
    if booking is None or not lock_family(person_id=moved_by.pk, child_id=booking.child_id):
        raise NotYourBooking
    if booking.status != BookingStatus.BOOKED:
        raise BookingEnded
    if not can_move(booking, now=now):
        raise TooLateToChange
    if starts_at == booking.occupancy.starts_at:
        raise SlotNotOffered
    release_expired_holds_of(booking.occupancy.provider_id, now=now)
    ends_at = starts_at + timedelta(minutes=booking.service.duration_minutes)
    refuse_when_child_is_busy(booking, starts_at=starts_at, ends_at=ends_at, now=now)
    _move_to(booking, _slot_on_offer(booking, starts_at, now))
    booking.moved_count += 1
    booking.reminded_day_at = booking.reminded_hour_at = None
    booking.save(update_fields=["occupancy", "moved_count", "reminded_day_at", "reminded_hour_at"])
    announce([booking.occupancy.provider_id])
    return booking


def _slot_on_offer(booking: Booking, starts_at: datetime, now: datetime) -> Slot:
    """Return the free slot at that time, its own present time counting as free."""
    occupancy = booking.occupancy
    own = occupancy.pk if occupancy.kind != OccupancyKind.GROUP else None
    day = day_of(int(starts_at.timestamp()))
    slots = open_slots(
        service=booking.service, from_on=day, to_on=day, now=now, provider=occupancy.provider, ignoring=own
    )
    for slot in slots:
        if slot.starts_at == starts_at and booking.mode in slot.modes:
            return slot
    raise _refusal(booking, starts_at)


def _refusal(booking: Booking, starts_at: datetime) -> SlotTaken | SlotNotOffered:
    taken = Occupancy.objects.filter(
        provider=booking.occupancy.provider_id, is_live=True, starts_at__lte=starts_at, busy_until__gt=starts_at
    )
    if taken.exists():
        return SlotTaken(lambda: nearest_open_slots(service=booking.service, around=starts_at))
    return SlotNotOffered()


def _move_to(booking: Booking, slot: Slot) -> None:
    if slot.occupancy_id:
        _change_seat(booking, slot.occupancy_id)
        return
    occupancy = booking.occupancy
    occupancy.starts_at, occupancy.ends_at = slot.starts_at, slot.ends_at
    occupancy.busy_from = slot.starts_at - timedelta(minutes=booking.service.buffer_before_minutes)
    occupancy.busy_until = slot.ends_at + timedelta(minutes=booking.service.buffer_minutes)
    with refusing_overlaps():
        occupancy.save(update_fields=["busy_from", "starts_at", "ends_at", "busy_until"])


def _change_seat(booking: Booking, occupancy_id: int) -> None:
    take_seat(occupancy_id)
    Occupancy.objects.filter(pk=booking.occupancy_id).update(seats_taken=F("seats_taken") - 1)
    booking.occupancy = Occupancy.objects.get(pk=occupancy_id)
