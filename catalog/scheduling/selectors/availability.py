"""Free times of services, as they may be shown and booked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import prefetch_related_objects
from django.utils import timezone

from catalog.catalogue.enums import ProductKind, SaleState

from ..enums import Mode
from ..models import HealthcareService, Provider
from ..room_book import RoomBook
from ..sql import rows_of
from ..timetable import DAY_SECONDS, Demand, Timetable, day_of, midnight, moment_of
from .group_sessions import group_slots, sessions_of, sessions_with_seats
from .rooms import load_rooms
from .slots import Slot, individual_slots
from .timetables import demand_of, load_timetables

#: A card shows the next few free times, and nearly every provider has these within so many days: reading the rest of the
#: horizon for everybody would cost several times as much, and is done for those only who need it.
FIRST_LOOK_DAYS = 3

_GIVERS = """
    SELECT given.healthcareservice_id, provider.id
    FROM scheduling_healthcareservice_providers given
    JOIN scheduling_provider provider ON provider.id = given.provider_id
    WHERE given.healthcareservice_id = ANY(%s) AND provider.is_active
    ORDER BY provider.id
"""


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
        return group_slots(service, demand, sessions_of(service, now), provider)
    provider_ids = _providers_of([service.pk]).get(service.pk, [])
    if provider:
        provider_ids = [pk for pk in provider_ids if pk == provider.pk]
    timetables = _timetables_for(provider_ids, [demand], now, ignoring)
    rooms = _rooms_for([(service, demand)], timetables.values(), now, ignoring)
    return list(individual_slots(service, demand, [(pk, timetables[pk]) for pk in provider_ids], rooms))


def next_open_slots(
    *, services: Collection[HealthcareService], count: int, now: datetime | None = None
) -> dict[int, list[Slot]]:
    """Return the next `count` free times of each service by its id (an empty list where there are none).

    Six queries at most (five where no session needs a room), however many services, when their products are loaded; three
    or four more for all those together that have less than `count` in the next few days.
    """
    now = now or timezone.now()
    prefetch_related_objects(list(services), "product")
    found: dict[int, list[Slot]] = {service.pk: [] for service in services}
    demands = {service: demand_within(service, now=now) for service in services if _is_on_sale(service)}
    groups = [service for service in demands if service.product.kind == ProductKind.GROUP]
    singles = {each: demand for each, demand in demands.items() if each.product.kind != ProductKind.GROUP}
    if groups:
        sessions = sessions_with_seats(groups, now)
        for service in groups:
            own = sessions.get(service.pk, ())
            found[service.pk] = group_slots(service, demands[service], own)[:count]
    if singles:
        providers = _providers_of([service.pk for service in singles])
        found |= _first_slots(_near(singles), providers, count, now)
        if few := {each: demand for each, demand in singles.items() if len(found[each.pk]) < count}:
            found |= _first_slots(few, providers, count, now)
    return found


def _near(demands: Mapping[HealthcareService, Demand]) -> dict[HealthcareService, Demand]:
    """Narrow demands to whole days near the first moment any of them may begin."""
    first = day_of(min(demand.earliest for demand in demands.values()))
    last = midnight(first + timedelta(days=FIRST_LOOK_DAYS)) - 1
    return {service: replace(demand, latest=min(demand.latest, last)) for service, demand in demands.items()}


def _first_slots(
    demands: Mapping[HealthcareService, Demand], providers: Mapping[int, Sequence[int]], count: int, now: datetime
) -> dict[int, list[Slot]]:
    """Return the first free times of individual services within their demands. Three queries, or four."""
    everyone = {pk for service in demands for pk in providers.get(service.pk, ())}
    timetables = _timetables_for(everyone, list(demands.values()), now)
    rooms = _rooms_for(list(demands.items()), timetables.values(), now)
    found = {}
    for service, demand in demands.items():
        theirs = [(pk, timetables[pk]) for pk in providers.get(service.pk, ())]
        found[service.pk] = list(islice(individual_slots(service, demand, theirs, rooms), count))
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
    return group_slots(service, demand_within(service, now=now), sessions_of(service, now))


def _is_on_sale(service: HealthcareService) -> bool:
    product = service.product
    return product.is_public and product.sale_state == SaleState.ON_SALE


def _providers_of(service_ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for service_id, provider_id in rows_of(_GIVERS, list(service_ids)):
        found.setdefault(service_id, []).append(provider_id)
    return found


def _span(demands: Sequence[Demand]) -> tuple[datetime, datetime]:
    """Return from when to when anything that is taken may matter to these demands."""
    begin = min(demand.earliest - demand.prepare for demand in demands)
    return moment_of(begin), moment_of(max(demand.latest + demand.length + demand.rest for demand in demands))


def _timetables_for(
    provider_ids: Collection[int], demands: Sequence[Demand], now: datetime, ignoring: int | None = None
) -> dict[int, Timetable]:
    begin, end = _span(demands)
    return load_timetables(provider_ids, begin=begin, end=end, now=now, ignoring=ignoring)


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
    begin, end = _span([demand for _, demand in needing])
    return load_rooms(locations, begin=begin, end=end, now=now, ignoring=ignoring)
