"""Free times of services, as they may be shown and booked."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.db.models import Count, F, Q, prefetch_related_objects
from django.utils import timezone

from catalog.catalogue.enums import ProductKind, SaleState

from ..enums import BookingStatus, Mode, OccupancyKind
from ..models import HealthcareService, Occupancy, Provider
from ..room_book import RoomBook
from ..timetable import DAY_SECONDS, Demand, PlaceId, Timetable, day_of, midnight, moment_of
from .rooms import load_rooms
from .timetables import demand_of, load_timetables


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


def modes_of(service: HealthcareService) -> tuple[str, ...]:
    """Return the modes in which this service can be booked, in the order they are shown."""
    return tuple(mode.value for mode in Mode if mode in service.modes)


def bookable_span(service: HealthcareService, *, now: datetime) -> tuple[datetime, datetime]:
    """Return the first and the last moment at which a session may start: minimum notice to the horizon's last day."""
    earliest = now + timedelta(minutes=service.minimum_notice_minutes)
    last_day = day_of(int(now.timestamp())) + timedelta(days=service.horizon_days)
    return earliest, moment_of(midnight(last_day) + DAY_SECONDS - 1)


def demand_within(
    service: HealthcareService,
    *,
    now: datetime,
    from_on: date | None = None,
    to_on: date | None = None,
    beyond_horizon: bool = False,
) -> Demand:
    """Return what the service asks of timetables now, between two days (both included) where they are given."""
    earliest, latest = bookable_span(service, now=now)
    if beyond_horizon and to_on:
        latest = max(latest, moment_of(midnight(to_on) + DAY_SECONDS - 1))
    if from_on:
        earliest = max(earliest, moment_of(midnight(from_on)))
    if to_on:
        latest = min(latest, moment_of(midnight(to_on) + DAY_SECONDS - 1))
    return demand_of(service, modes=modes_of(service), earliest=earliest, latest=latest)


def open_slots(
    *,
    service: HealthcareService,
    from_on: date,
    to_on: date,
    now: datetime | None = None,
    provider: Provider | None = None,
    ignoring: int | None = None,
    beyond_horizon: bool = False,
) -> list[Slot]:
    """Return the free times of a service from one Shanghai day to another (both included), earliest first.

    Individual services: one slot per start, with every provider free then. Groups: the sessions with seats left.
    `provider` narrows to one; `ignoring` is an occupancy that is treated as free; `beyond_horizon` looks as far ahead as
    `to_on` says (a series reaches further than its first session). Nothing while not on sale.
    """
    now = now or timezone.now()
    demand = demand_within(service, now=now, from_on=from_on, to_on=to_on, beyond_horizon=beyond_horizon)
    if not _is_on_sale(service) or demand.earliest > demand.latest:
        return []
    if service.product.kind == ProductKind.GROUP:
        return _group_slots(service, demand, _sessions_of(service, now), provider)
    provider_ids = _providers_of([service.pk]).get(service.pk, [])
    if provider:
        provider_ids = [pk for pk in provider_ids if pk == provider.pk]
    timetables = _timetables_for(provider_ids, [demand], now, ignoring)
    rooms = _rooms_for([(service, demand)], timetables.values(), now, ignoring)
    return list(_individual_slots(service, demand, [(pk, timetables[pk]) for pk in provider_ids], rooms))


def next_open_slots(
    *, services: Collection[HealthcareService], count: int, now: datetime | None = None
) -> dict[int, list[Slot]]:
    """Return the next `count` free times of each service by its id (an empty list where there are none).

    Six queries at most (five where no session needs a room), however many services, when their products are loaded; a
    listing's provider cards live on it.
    """
    now = now or timezone.now()
    prefetch_related_objects(list(services), "product")
    found: dict[int, list[Slot]] = {service.pk: [] for service in services}
    wanted = [service for service in services if _is_on_sale(service)]
    demands = {service.pk: demand_within(service, now=now) for service in wanted}
    groups = [service for service in wanted if service.product.kind == ProductKind.GROUP]
    singles = [service for service in wanted if service.product.kind != ProductKind.GROUP]
    if groups:
        sessions = _sessions_with_seats(groups, now)
        for service in groups:
            own = sessions.get(service.pk, ())
            found[service.pk] = _group_slots(service, demands[service.pk], own)[:count]
    if singles:
        providers = _providers_of([service.pk for service in singles])
        everyone = {pk for ids in providers.values() for pk in ids}
        timetables = _timetables_for(everyone, [demands[service.pk] for service in singles], now)
        asked = [(service, demands[service.pk]) for service in singles]
        rooms = _rooms_for(asked, timetables.values(), now)
        for service, demand in asked:
            theirs = [(pk, timetables[pk]) for pk in providers.get(service.pk, [])]
            found[service.pk] = list(islice(_individual_slots(service, demand, theirs, rooms), count))
    return found


def nearest_open_slots(
    *, service: HealthcareService, around: datetime, count: int = 3, now: datetime | None = None
) -> list[Slot]:
    """Return the free times nearest to a moment, in order of time: what to offer when it is taken."""
    day = day_of(int(around.timestamp()))
    near = timedelta(days=7)
    slots = open_slots(service=service, from_on=day - near, to_on=day + near, now=now)
    slots = [slot for slot in slots if slot.starts_at != around or slot.occupancy_id]
    nearest = sorted(slots, key=lambda slot: abs(slot.starts_at - around))[:count]
    return sorted(nearest, key=lambda slot: slot.starts_at)


def open_group_sessions(*, service: HealthcareService, now: datetime | None = None) -> list[Slot]:
    """Return every group session of a service that still has seats and may be booked."""
    now = now or timezone.now()
    return _group_slots(service, demand_within(service, now=now), _sessions_of(service, now))


def _is_on_sale(service: HealthcareService) -> bool:
    product = service.product
    return product.is_public and product.sale_state == SaleState.ON_SALE


def _providers_of(service_ids: Sequence[int]) -> dict[int, list[int]]:
    through = HealthcareService.providers.through.objects
    pairs = through.filter(healthcareservice__in=service_ids, provider__is_active=True).order_by("provider_id")
    found: dict[int, list[int]] = {}
    for service_id, provider_id in pairs.values_list("healthcareservice_id", "provider_id"):
        found.setdefault(service_id, []).append(provider_id)
    return found


def _timetables_for(
    provider_ids: Collection[int], demands: Sequence[Demand], now: datetime, ignoring: int | None = None
) -> dict[int, Timetable]:
    # A day more on both sides: whole days are computed, and a session's rest may reach past them.
    begin = min(demand.earliest for demand in demands) - DAY_SECONDS
    end = max(demand.latest for demand in demands) + DAY_SECONDS
    return load_timetables(provider_ids, begin=moment_of(begin), end=moment_of(end), now=now, ignoring=ignoring)


def _rooms_for(
    asked: Sequence[tuple[HealthcareService, Demand]],
    timetables: Iterable[Timetable],
    now: datetime,
    ignoring: int | None = None,
) -> RoomBook:
    """The rooms that the services which need one could use; none are read where none is needed."""
    needing = [(service, demand) for service, demand in asked if service.needs_room and Mode.IN_PERSON in demand.modes]
    locations = {service.location_id for service, _ in needing if service.location_id}
    if any(service.location_id is None for service, _ in needing):
        locations |= {place for timetable in timetables for place in timetable.locations}
    if not locations:
        return RoomBook()
    begin = min(demand.earliest for _, demand in needing) - DAY_SECONDS
    end = max(demand.latest for _, demand in needing) + DAY_SECONDS
    return load_rooms(locations, begin=moment_of(begin), end=moment_of(end), now=now, ignoring=ignoring)


@dataclass(slots=True)
class _Start:
    """What is gathered about one moment: who is free then, how, and where in person."""

    providers: list[int]
    modes: set[str]
    places: set[PlaceId]


def _individual_slots(
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


class _Session(NamedTuple):
    """A live group session; a seat whose hold has ended counts as left."""

    service_id: int
    occupancy_id: int
    provider_id: int
    starts_at: datetime
    ends_at: datetime
    seats_left: int
    location_id: int | None


def _sessions_of(service: HealthcareService, now: datetime) -> list[_Session]:
    return _sessions_with_seats([service], now).get(service.pk, [])


def _sessions_with_seats(services: Collection[HealthcareService], now: datetime) -> dict[int, list[_Session]]:
    """Return each service's group sessions to come that have seats left, by time."""
    ended = Count("bookings", filter=Q(bookings__status=BookingStatus.PENDING, bookings__held_until__lte=now))
    rows = (
        Occupancy.objects.filter(
            service__in=services,
            kind=OccupancyKind.GROUP,
            is_live=True,
            provider__is_active=True,
            starts_at__gt=now,
        )
        .order_by("starts_at", "pk")
        .annotate(left=F("seats") - F("seats_taken") + ended)
        .values_list("service_id", "pk", "provider_id", "starts_at", "ends_at", "left", "location_id")
    )
    found: dict[int, list[_Session]] = {}
    for session in map(_Session._make, rows):
        if session.seats_left > 0:
            found.setdefault(session.service_id, []).append(session)
    return found


def _group_slots(
    service: HealthcareService, demand: Demand, sessions: Iterable[_Session], provider: Provider | None = None
) -> list[Slot]:
    if not demand.modes:
        return []
    return [
        Slot(
            service_id=service.pk,
            starts_at=moment_of(int(session.starts_at.timestamp())),
            ends_at=moment_of(int(session.ends_at.timestamp())),
            provider_ids=(session.provider_id,),
            modes=demand.modes,
            seats_left=session.seats_left,
            occupancy_id=session.occupancy_id,
            location_id=session.location_id,
        )
        for session in sessions
        if demand.earliest <= session.starts_at.timestamp() <= demand.latest
        and (provider is None or provider.pk == session.provider_id)
    ]
