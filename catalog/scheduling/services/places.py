"""Taking and giving back time and seats. Callers hold the provider's lock; the database's constraints stand behind it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from ..enums import BookingStatus, CancelledBy, OccupancyKind
from ..errors import ChildAlreadyBooked, RoomTaken, SeatsGone, SlotTaken
from ..models import Booking, Occupancy, Provider
from ..selectors.bookings import bookings_in_the_way
from ..signals import availability_changed, booking_ended
from ..sql import rows_of

_EXPIRED = """
    SELECT booking.id FROM scheduling_booking booking
    JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
    WHERE booking.status = 'pending' AND booking.held_until <= %s AND occupancy.provider_id = ANY(%s)
"""


@contextmanager
def refusing_overlaps(look_for_others: Callable[[], Sequence[Any]] | None = None) -> Iterator[None]:
    """Turn a constraint's objection to a second use of a time into the refusal it stands for.

    Opens a transaction, or a savepoint in the caller's. Raises SlotTaken, RoomTaken, ChildAlreadyBooked.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        match violated_constraint(error):
            case "provider_never_in_two_places":
                raise SlotTaken(look_for_others) from error
            case "room_never_used_twice":
                raise RoomTaken(look_for_others) from error
            case "child_never_in_two_places" | "child_has_one_seat":
                raise ChildAlreadyBooked from error
        raise


def violated_constraint(error: IntegrityError) -> str | None:
    """Return the name of the constraint the database objected with."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)


def take_seat(occupancy_id: int) -> None:
    """Take one seat of a live session: test and write are one UPDATE. Raises SeatsGone."""
    free = Occupancy.objects.filter(pk=occupancy_id, is_live=True, seats_taken__lt=F("seats"))
    if not free.update(seats_taken=F("seats_taken") + 1):
        raise SeatsGone


def refuse_when_child_is_busy(booking: Booking, *, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse a time at which the child, locked, has another booking. Raises ChildAlreadyBooked."""
    others, _ = bookings_in_the_way(
        child_id=booking.child_id, starts_at=starts_at, ends_at=ends_at, now=now, ignoring=booking.pk
    )
    if others:
        raise ChildAlreadyBooked(others[0])


def end_bookings(bookings: Iterable[Booking], *, cancelled_by: CancelledBy | str, now: datetime) -> None:
    """Cancel locked live bookings and give their places back: the time of an individual session, a seat of a group."""
    bookings = list(bookings)
    if not bookings:
        return
    Booking.objects.filter(pk__in=[booking.pk for booking in bookings]).update(
        status=BookingStatus.CANCELLED, cancelled_by=cancelled_by, cancelled_at=now
    )
    for booking in bookings:
        booking.status, booking.cancelled_by, booking.cancelled_at = BookingStatus.CANCELLED, cancelled_by, now
    _give_back_places(bookings)
    for booking in bookings:
        booking_ended.send(sender=Booking, booking=booking, cancelled_by=CancelledBy(cancelled_by))
    announce({booking.occupancy.provider_id for booking in bookings})


def _give_back_places(bookings: Sequence[Booking]) -> None:
    groups = Counter(b.occupancy_id for b in bookings if b.occupancy.kind == OccupancyKind.GROUP)
    singles = [b.occupancy_id for b in bookings if b.occupancy.kind != OccupancyKind.GROUP]
    if singles:
        Occupancy.objects.filter(pk__in=singles).update(is_live=False, seats_taken=0)
    for occupancy_id in sorted(groups):
        Occupancy.objects.filter(pk=occupancy_id).update(seats_taken=F("seats_taken") - groups[occupancy_id])


def release_expired_holds_of(*provider_ids: int, now: datetime) -> int:
    """End the holds of locked providers whose time is over; return how many."""
    expired = rows_of(_EXPIRED, now, list(provider_ids))
    if not expired:
        return 0
    bookings = list(Booking.objects.filter(pk__in=[pk for (pk,) in expired]).select_related("occupancy"))
    end_bookings(bookings, cancelled_by=CancelledBy.EXPIRY, now=now)
    return len(bookings)


def announce(provider_ids: Iterable[int]) -> None:
    """Say, inside the transaction, that free times of these providers may have changed."""
    availability_changed.send(sender=Provider, provider_ids=tuple(sorted(provider_ids)))
