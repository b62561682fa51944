"""Rooms and lines as things that are booked: one with a session, or alone."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.partner.models import Partner

from ..enums import OccupancyKind, RoomKind
from ..errors import HoursInvalid, NotYourPlace, RoomNameTaken, RoomTaken, SlotInThePast
from ..locks import lock_for_holding, lock_provider, lock_rooms
from ..models import LONGEST, Location, Occupancy, Provider, Room
from ..retry import retried
from ..sql import rows_of
from .places import announce, refusing_overlaps, release_expired_holds_of, violated_constraint

_FREE = """
    SELECT room.id FROM scheduling_room room
    WHERE room.location_id = %s AND room.is_active AND room.kind = 'room' AND room.capacity >= %s
      AND NOT EXISTS (
        SELECT 1 FROM scheduling_occupancy occupancy
        WHERE occupancy.room_id = room.id AND occupancy.is_live AND occupancy.id <> %s
          AND occupancy.busy_from > %s AND occupancy.busy_from < %s AND occupancy.busy_until > %s
      )
    ORDER BY room.capacity, room.id LIMIT 1
"""


def choose_room(
    *, location_id: int, busy_from: datetime, busy_until: datetime, people: int = 2, ignoring: int | None = None
) -> int:
    """Return the smallest free room of a location whose rooms are locked (`locks.lock_rooms`); nothing is written.

    `ignoring` is an occupancy that does not stand in its own way. Raises RoomTaken.
    """
    free = rows_of(_FREE, location_id, people, ignoring or 0, busy_from - LONGEST, busy_until, busy_from)
    if not free:
        raise RoomTaken
    return free[0][0]


@retried
def reserve_room(
    *, room: Room, provider: Provider, starts_at: datetime, ends_at: datetime, now: datetime | None = None
) -> Occupancy:
    """Keep a room or a line for a provider without a family: duty, a talk, a class. The provider's time goes with it.

    Opens its own transaction; deadlocks are tried again.

    Raises:
        HoursInvalid: it ends before it begins, or lasts longer than a day.
        SlotInThePast: it would already have begun.
        NotYourPlace: a room of another partner, or one that is out of use.
        SlotTaken, RoomTaken: the provider or the room has something else then.
    """
    now = now or timezone.now()
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise HoursInvalid
    if starts_at <= now:
        raise SlotInThePast
    if room.location.partner_id != provider.partner_id:
        raise NotYourPlace
    with refusing_overlaps():
        _lock_for_reserving(provider, starts_at, ends_at, now)
        lock_rooms([room.location_id])
        if not Room.objects.filter(pk=room.pk, is_active=True).exists():
            raise NotYourPlace
        reservation = Occupancy.objects.create(
            provider=provider,
            location_id=room.location_id,
            room=room,
            kind=OccupancyKind.BLOCKED,
            busy_from=starts_at,
            starts_at=starts_at,
            ends_at=ends_at,
            busy_until=ends_at,
        )
        announce([provider.pk])
    return reservation


def _lock_for_reserving(provider: Provider, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Lock the provider, and free what holds that ended still keep of theirs or of a room."""
    locked = lock_for_holding(
        provider_ids=[provider.pk],
        service_ids=[],
        child_ids=[],
        busy_from=starts_at,
        busy_until=ends_at,
        needs_room=True,
        now=now,
    )
    release_expired_holds_of(*locked, now=now)


@retried
@transaction.atomic(durable=True)
def release_reservation(*, partner: Partner, public_id: UUID) -> None:
    """Give a reserved room or line back; one that is gone already, or another partner's, is no error and does nothing."""
    mine = Occupancy.objects.filter(
        public_id=public_id, provider__partner=partner, kind=OccupancyKind.BLOCKED, room__isnull=False, is_live=True
    )
    for pk, provider_id in mine.values_list("pk", "provider_id"):
        lock_provider(provider_id)
        Occupancy.objects.filter(pk=pk).update(is_live=False)
        announce([provider_id])


@transaction.atomic(durable=True)
def add_room(*, location: Location, name: str, kind: RoomKind = RoomKind.ROOM, capacity: int = 4) -> Room:
    """Add a room or a line to a location. Raises RoomNameTaken."""
    room = Room(location=location, name=name.strip(), kind=kind, capacity=capacity)
    return _saved(room)


@transaction.atomic(durable=True)
def change_room(*, room: Room, name: str, capacity: int, is_active: bool) -> Room:
    """Change a room or a line; what stands in one that goes out of use stays, and is listed as a conflict.

    Raises RoomNameTaken.
    """
    lock_rooms([room.location_id])
    room.name, room.capacity, room.is_active = name.strip(), capacity, is_active
    return _saved(room)


def _saved(room: Room) -> Room:
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError as error:
        if violated_constraint(error) != "room_named_once":
            raise
        raise RoomNameTaken from error
    announce(Provider.objects.filter(partner=room.location.partner_id).values_list("pk", flat=True))
    return room
