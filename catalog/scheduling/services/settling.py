"""Where a place that stands already would be held: at another time, or in another way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..enums import Mode, OccupancyKind
from ..errors import ModeNotOffered
from ..locks import lock_rooms
from ..models import Booking, Occupancy
from ..selectors.timetables import load_timetables
from ..timetable import PlaceId
from .places import refusing_overlaps
from .rooms import choose_room


@dataclass(frozen=True, slots=True)
class Plan:
    """A booking of an individual session, as it is to be: when, how and where."""

    booking: Booking
    starts_at: datetime
    mode: str
    place: PlaceId = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.booking.service.duration_minutes)

    @property
    def busy_from(self) -> datetime:
        return self.starts_at - timedelta(minutes=self.booking.service.buffer_before_minutes)

    @property
    def busy_until(self) -> datetime:
        return self.ends_at + timedelta(minutes=self.booking.service.buffer_minutes)

    @property
    def takes_room(self) -> bool:
        """Whether a room goes with it; a group has its own already."""
        is_group = self.booking.occupancy.kind == OccupancyKind.GROUP
        return self.booking.service.needs_room and self.mode == Mode.IN_PERSON and not is_group

    def open_place(self, *, now: datetime) -> PlaceId:
        """Return where the provider would be then; the locked provider's hours decide. Raises ModeNotOffered."""
        service, provider_id = self.booking.service, self.booking.occupancy.provider_id
        timetable = load_timetables([provider_id], begin=self.busy_from, end=self.busy_until, now=now)[provider_id]
        places = timetable.places_open(
            int(self.starts_at.timestamp()), service.duration_minutes * 60, self.mode, service.location_id
        )
        if self.takes_room:
            places = [place for place in places if place is not None]
        if not places:
            raise ModeNotOffered
        return places[0]


def lock_rooms_for(plans: Collection[Plan]) -> None:
    """Lock the rooms of the places where one is needed: after the providers, before the children."""
    if places := {plan.place for plan in plans if plan.takes_room and plan.place is not None}:
        lock_rooms(places)


def carry_out(plan: Plan) -> None:
    """Give the individual session its time, place and room; what it had is free again.

    Raises SlotTaken, RoomTaken, ChildAlreadyBooked: the savepoint is lost, the caller's transaction is not.
    """
    occupancy = plan.booking.occupancy
    room_id = None
    if plan.takes_room and plan.place is not None:
        room_id = choose_room(
            location_id=plan.place, busy_from=plan.busy_from, busy_until=plan.busy_until, ignoring=occupancy.pk
        )
    occupancy.busy_from, occupancy.starts_at = plan.busy_from, plan.starts_at
    occupancy.ends_at, occupancy.busy_until = plan.ends_at, plan.busy_until
    occupancy.location_id, occupancy.room_id, occupancy.is_live = plan.place, room_id, True
    with refusing_overlaps():
        occupancy.save(update_fields=["busy_from", "starts_at", "ends_at", "busy_until", "location", "room", "is_live"])
    plan.booking.starts_at, plan.booking.ends_at = plan.starts_at, plan.ends_at


def stand_aside(occupancies: Collection[Occupancy]) -> None:
    """Let sessions that are about to move not stand in their own or one another's way; `carry_out` brings each back."""
    Occupancy.objects.filter(pk__in=[each.pk for each in occupancies]).update(is_live=False)
