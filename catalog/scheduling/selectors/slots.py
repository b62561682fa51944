"""Free times of individual sessions, out of timetables that are loaded already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..enums import Mode
from ..models import HealthcareService
from ..room_book import RoomBook
from ..timetable import Demand, PlaceId, Timetable, moment_of


@dataclass(frozen=True, slots=True)
class Slot:
    """A start on offer, in Shanghai time. `occupancy_id` names the group session; individual slots have none yet.

    `location_id` is where it would be held in person; None where that depends on the provider, or is nowhere in particular.
    """

    service_id: int
    starts_at: datetime
    ends_at: datetime
    provider_ids: tuple[int, ...]
    modes: tuple[str, ...]
    seats_left: int = 1
    occupancy_id: int | None = None
    location_id: PlaceId = None


@dataclass(slots=True)
class _Start:
    """What is gathered about one moment: who is free then, how, and where in person."""

    providers: list[int]
    modes: set[str]
    places: set[PlaceId]


def individual_slots(
    service: HealthcareService, demand: Demand, timetables: Sequence[tuple[int, Timetable]], rooms: RoomBook
) -> Iterator[Slot]:
    """Yield slots by time; later days are not even computed while nobody asks for them."""
    for day in demand.days if timetables else ():
        starts: dict[int, _Start] = {}
        for provider_id, timetable in timetables:
            for start, start_modes in timetable.starts_on(day, demand).items():
                modes, place = _held(service, demand, timetable, start, start_modes, rooms)
                if not modes:
                    continue
                gathered = starts.setdefault(start, _Start([], set(), set()))
                gathered.providers.append(provider_id)
                gathered.modes.update(modes)
                gathered.places.add(place)
        for start, gathered in sorted(starts.items(), key=lambda pair: pair[0]):
            yield Slot(
                service_id=service.pk,
                starts_at=moment_of(start),
                ends_at=moment_of(start + demand.length),
                provider_ids=tuple(gathered.providers),
                modes=tuple(mode for mode in demand.modes if mode in gathered.modes),
                location_id=next(iter(gathered.places)) if len(gathered.places) == 1 else None,
            )


def _held(
    service: HealthcareService,
    demand: Demand,
    timetable: Timetable,
    start: int,
    modes: tuple[str, ...],
    rooms: RoomBook,
) -> tuple[tuple[str, ...], PlaceId]:
    """Return how a session can be held at a free start, and where in person: not at all where every room is taken."""
    if Mode.IN_PERSON not in modes:
        return modes, service.location_id
    place = service.location_id
    if place is None and timetable.locations:
        place = timetable.places_open(start, demand.length, Mode.IN_PERSON)[0]
    if service.needs_room and not rooms.has_room(place, demand.busy(start)):
        modes = tuple(mode for mode in modes if mode != Mode.IN_PERSON)
    return modes, place
