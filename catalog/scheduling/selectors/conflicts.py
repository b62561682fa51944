"""Bookings that no longer fit what their provider says. Rules change under them; they stay, and are listed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ..enums import ConflictReason, Mode, OccupancyKind
from ..holidays import is_holiday
from ..intervals import overlaps
from ..models import Booking, Provider
from ..timetable import Timetable, day_of
from .bookings import in_force
from .timetables import load_timetables


@dataclass(frozen=True, slots=True)
class Conflict:
    """A booking to come, and the first reason why it does not fit."""

    booking: Booking
    reason: ConflictReason


def conflicts_of(provider: Provider | Collection[Provider], *, now: datetime | None = None) -> list[Conflict]:
    """Return the conflicts of one provider or of several, by time. Four queries, however many bookings.

    A group session may stand outside the weekly hours: its provider put it there.
    """
    now = now or timezone.now()
    providers = [provider] if isinstance(provider, Provider) else list(provider)
    bookings = list(
        Booking.objects.filter(
            in_force(now=now), occupancy__provider__in=providers, occupancy__is_live=True, ends_at__gt=now
        )
        .select_related(
            "occupancy__provider__partner", "occupancy__location", "occupancy__room", "service__product", "child"
        )
        .order_by("starts_at", "pk")
    )
    if not bookings:
        return []
    begin = min(booking.occupancy.busy_from for booking in bookings)
    end = max(booking.occupancy.busy_until for booking in bookings)
    timetables = load_timetables([each.pk for each in providers], begin=begin, end=end, now=now)
    found = ((booking, _reason(booking, timetables[booking.occupancy.provider_id])) for booking in bookings)
    return [Conflict(booking, reason) for booking, reason in found if reason]


def _reason(booking: Booking, timetable: Timetable) -> ConflictReason | None:
    occupancy = booking.occupancy
    busy = int(occupancy.busy_from.timestamp()), int(occupancy.busy_until.timestamp())
    if overlaps(timetable.busy_elsewhere, busy):
        return ConflictReason.BUSY_ELSEWHERE
    return _reason_of_hours(booking, timetable) or (ConflictReason.NO_ROOM if _lacks_room(booking) else None)


def _reason_of_hours(booking: Booking, timetable: Timetable) -> ConflictReason | None:
    occupancy = booking.occupancy
    start, end = int(occupancy.starts_at.timestamp()), int(occupancy.ends_at.timestamp())
    if timetable.is_open(start, end - start, booking.mode, occupancy.location_id):
        return None
    if overlaps(timetable.closed, (start, end)):
        return ConflictReason.CLOSED_DAY
    if occupancy.kind == OccupancyKind.GROUP:
        return None
    if timetable.keeps_holidays and is_holiday(day_of(start)):
        return ConflictReason.HOLIDAY
    return ConflictReason.OUTSIDE_HOURS


def _lacks_room(booking: Booking) -> bool:
    if not booking.service.needs_room or booking.mode != Mode.IN_PERSON:
        return False
    room, location_id = booking.occupancy.room, booking.occupancy.location_id
    return room is None or not room.is_active or room.location_id != location_id
