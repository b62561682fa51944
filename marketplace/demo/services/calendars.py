"""Rooms and lines of the organisations, which sessions take a room, and how much some people want to work."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from catalog.scheduling.enums import Mode, RoomKind
from catalog.scheduling.errors import RoomTaken, SlotTaken
from catalog.scheduling.models import HealthcareService, Location, Occupancy, Provider, Room
from catalog.scheduling.services import add_room, choose_room, reserve_room

from .timetable import at

_ROOMS = (("一号室", 3), ("二号室", 3), ("团体室", 12))
_LINE = "心理热线"
_EVENINGS = ("19:00", "20:00", "18:00", "21:00")


def make_calendars() -> bool:
    """Make rooms where there are none yet; returns whether any were made."""
    places = Location.objects.filter(partner__is_demo=True, rooms=None).select_related("partner").order_by("pk")
    made = [_furnish(place) for place in places]
    if made:
        _want_rooms()
        _limit()
    return bool(made)


def _furnish(place: Location) -> list[Room]:
    rooms = [add_room(location=place, name=name, capacity=capacity) for name, capacity in _ROOMS]
    if place.partner.organisation_type == OrganisationType.COMMUNITY:
        line = add_room(location=place, name=_LINE, kind=RoomKind.LINE, capacity=1)
        _keep_line(line, place.partner)
        rooms.append(line)
    return rooms


def _keep_line(line: Room, partner: Partner) -> None:
    """Somebody is on the line tomorrow evening, where somebody is free then."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    for provider in Provider.objects.filter(partner=partner, is_active=True).order_by("pk"):
        for clock in _EVENINGS:
            with suppress(SlotTaken):
                starts_at = at(tomorrow, clock)
                reserve_room(room=line, provider=provider, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
                return


def _want_rooms() -> None:
    """Sessions in person at a clinic of its own take a room; those booked already get one where one is free."""
    services = HealthcareService.objects.filter(
        product__is_demo=True,
        modes__contains=[Mode.IN_PERSON],
        location__partner__organisation_type=OrganisationType.CLINIC,
    )
    services.update(needs_room=True)
    for service_id, location_id in services.values_list("pk", "location_id"):
        for occupancy in _sessions_in_person(service_id):
            _give_room(occupancy, location_id)


def _give_room(occupancy: Occupancy, location_id: int) -> None:
    with suppress(RoomTaken):
        occupancy.room_id = choose_room(
            location_id=location_id, busy_from=occupancy.busy_from, busy_until=occupancy.busy_until
        )
        occupancy.location_id = location_id
        occupancy.save(update_fields=["room", "location"])


def _sessions_in_person(service_id: int) -> Iterator[Occupancy]:
    coming = Occupancy.objects.filter(
        service=service_id, is_live=True, room=None, ends_at__gt=timezone.now(), bookings__mode=Mode.IN_PERSON
    )
    yield from coming.distinct().order_by("starts_at", "pk")


def _limit() -> None:
    """Every fourth person takes six sessions a day at most, and works on the weekends that make up for holidays."""
    people = list(Provider.objects.filter(is_demo=True).order_by("pk").values_list("pk", flat=True))
    Provider.objects.filter(pk__in=people[::4]).update(sessions_per_day=6, shifted_days_as=0)
