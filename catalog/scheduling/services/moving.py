"""Another time for the same places; what was paid stays paid. The family within its window, the provider at any time."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text

from ..enums import Attendee, BookingStatus, Mode, OccupancyKind
from ..errors import (
    BookingEnded,
    ModeNotOffered,
    NotYourBooking,
    RoomTaken,
    SlotNotOffered,
    SlotTaken,
    TooLateToChange,
)
from ..locks import lock_children, lock_family, lock_for_holding, locked_bookings
from ..models import Booking, Occupancy
from ..retry import retried
from ..rules import can_move
from ..selectors.availability import nearest_open_slots, open_slots
from ..selectors.bookings import ids_taken_together
from ..selectors.slots import Slot
from ..signals import booking_moved
from ..timetable import day_of
from .places import announce, refuse_when_child_is_busy, release_expired_holds_of, take_seat
from .settling import Plan, carry_out, lock_rooms_for, stand_aside
from .telling import tell_provider


@retried
@transaction.atomic(durable=True)
def move_booking(*, booking_id: int, starts_at: datetime, moved_by: User, now: datetime | None = None) -> Booking:
    """Move a family's paid booking to another free time of its provider; it is reminded anew.

    What was taken together with it moves by as much, all of it or none. What the provider had moved before is the
    family's own choice from now on.

    Raises:
        NotYourBooking: of a child this person does not care for.
        TooLateToChange, BookingEnded: outside the product's window, or over.
        SlotTaken, RoomTaken, SlotNotOffered, ModeNotOffered: the new time cannot be had, or not in this way.
        ChildAlreadyBooked: the child is elsewhere then.
    """
    now = now or timezone.now()
    bookings = locked_to_move(ids_taken_together(booking_id), to=starts_at, of=booking_id, now=now)
    booking = next((each for each in bookings if each.pk == booking_id), None)
    if booking is None:
        raise NotYourBooking
    _refuse_unmovable(bookings, now=now)
    by = starts_at - booking.occupancy.starts_at
    if not by:
        raise SlotNotOffered
    stand_aside([each.occupancy for each in bookings if each.occupancy.kind != OccupancyKind.GROUP])
    slots = [_slot_on_offer(each, each.occupancy.starts_at + by, now) for each in bookings]
    plans = {
        each.pk: _with_place(Plan(each, slot.starts_at, each.mode), now)
        for each, slot in zip(bookings, slots, strict=True)
        if not slot.occupancy_id
    }
    lock_rooms_for(plans.values())
    _lock_families(bookings, moved_by)
    before = moment_text(booking.occupancy.starts_at)
    for each, slot in zip(bookings, slots, strict=True):
        _refuse_when_busy(each, slot.starts_at, slot.ends_at, now)
        _change_seat(each, slot.occupancy_id) if slot.occupancy_id else carry_out(plans[each.pk])
    for each in bookings:
        note_moved(each, by_provider_at=None)
    announce({each.occupancy.provider_id for each in bookings})
    _tell_providers(bookings, before)
    return booking


def locked_to_move(booking_ids: Collection[int], *, to: datetime, of: int, now: datetime) -> list[Booking]:
    """Return bookings, locked after their providers, once holds that ended no longer stand in the way of the new times.

    `to` is where the booking `of` shall begin; the others follow by as much.
    """
    seen = Booking.objects.filter(pk__in=booking_ids).select_related("occupancy", "service")
    by = next((to - each.occupancy.starts_at for each in seen if each.pk == of), timedelta())
    if not seen:
        return []
    locked = lock_for_holding(
        provider_ids={each.occupancy.provider_id for each in seen},
        service_ids={each.service_id for each in seen},
        child_ids={each.child_id for each in seen},
        busy_from=min(each.occupancy.busy_from for each in seen) + by,
        busy_until=max(each.occupancy.busy_until for each in seen) + by,
        needs_room=any(each.service.needs_room for each in seen),
        now=now,
    )
    release_expired_holds_of(*locked, now=now)
    return locked_bookings(booking_ids)


def note_moved(booking: Booking, *, by_provider_at: datetime | None) -> None:
    """Write down that a booking has another time, so that it is reminded anew, and say so."""
    booking.moved_count += 1
    booking.moved_by_provider_at = by_provider_at
    booking.reminded_day_at = booking.reminded_hour_at = None
    booking.save(
        update_fields=["occupancy", "moved_count", "moved_by_provider_at", "reminded_day_at", "reminded_hour_at"]
    )
    booking_moved.send(sender=Booking, booking=booking)


def _refuse_unmovable(bookings: Sequence[Booking], *, now: datetime) -> None:
    if any(each.status != BookingStatus.BOOKED for each in bookings):
        raise BookingEnded
    if not all(can_move(each, now=now) for each in bookings):
        raise TooLateToChange


def _lock_families(bookings: Sequence[Booking], moved_by: User) -> None:
    children = sorted({each.child_id for each in bookings})
    if len(children) > 1:
        lock_children(children)
    if not all(lock_family(person_id=moved_by.pk, child_id=child_id) for child_id in children):
        raise NotYourBooking


def _refuse_when_busy(booking: Booking, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if booking.attendee == Attendee.CHILD:
        refuse_when_child_is_busy(booking, starts_at=starts_at, ends_at=ends_at, now=now)


def _slot_on_offer(booking: Booking, starts_at: datetime, now: datetime) -> Slot:
    """Return the free slot of the provider at that time, in the booking's way."""
    day = day_of(int(starts_at.timestamp()))
    slots = open_slots(service=booking.service, from_on=day, to_on=day, now=now, provider=booking.occupancy.provider)
    for slot in slots:
        if slot.starts_at == starts_at and slot.occupancy_id != booking.occupancy_id:
            if booking.mode in slot.modes:
                return slot
            raise RoomTaken if booking.mode == Mode.IN_PERSON and booking.service.needs_room else ModeNotOffered
    raise _refusal(booking, starts_at)


def _refusal(booking: Booking, starts_at: datetime) -> SlotTaken | SlotNotOffered:
    taken = Occupancy.objects.filter(
        provider=booking.occupancy.provider_id, is_live=True, starts_at__lte=starts_at, busy_until__gt=starts_at
    )
    if taken.exists():
        return SlotTaken(lambda: nearest_open_slots(service=booking.service, around=starts_at))
    return SlotNotOffered()


def _with_place(plan: Plan, now: datetime) -> Plan:
    return replace(plan, place=plan.open_place(now=now))


def _change_seat(booking: Booking, occupancy_id: int) -> None:
    take_seat(occupancy_id)
    Occupancy.objects.filter(pk=booking.occupancy_id).update(seats_taken=F("seats_taken") - 1)
    booking.occupancy = Occupancy.objects.get(pk=occupancy_id)


def _tell_providers(bookings: Sequence[Booking], before: str) -> None:
    for booking in bookings:
        tell_provider(
            booking,
            f"moved:{booking.moved_count}",
            _("预约时间有变"),
            _("{before} 的预约改到了 {after}。").format(before=before, after=moment_text(booking.occupancy.starts_at)),
        )
