"""Keeping a time for a family while it pays."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..enums import OccupancyKind
from ..errors import (
    ChildAlreadyBooked,
    ModeNotOffered,
    NotYourChild,
    SeatsGone,
    SlotInThePast,
    SlotNotOffered,
    SlotTaken,
    TooManyHolds,
)
from ..locks import lock_family, lock_provider_of_service
from ..models import Booking, HealthcareService, Occupancy, Provider
from ..retry import retried
from ..rules import HOLD_FOR, MAX_HOLDS, hold_end
from ..selectors.availability import demand_within, modes_on_sale, nearest_open_slots
from ..selectors.bookings import bookings_in_the_way
from ..selectors.timetables import load_timetables
from ..timetable import day_of, midnight, moment_of
from .places import announce, refusing_overlaps, release_expired_holds_of, take_seat


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a family asks for; `provider_id` is set once it is known who gives the session."""

    service: HealthcareService
    starts_at: datetime
    child: Child
    mode: str
    booked_by: User
    now: datetime
    provider_id: int = 0

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.service.duration_minutes)

    @property
    def busy_from(self) -> datetime:
        return self.starts_at - timedelta(minutes=self.service.buffer_before_minutes)

    @property
    def busy_until(self) -> datetime:
        return self.ends_at + timedelta(minutes=self.service.buffer_minutes)

    def taken(self) -> SlotTaken:
        return SlotTaken(self.look_for_others)

    def look_for_others(self) -> list:
        return nearest_open_slots(service=self.service, around=self.starts_at)


def hold_slot(
    *,
    service: HealthcareService,
    provider: Provider | None,
    starts_at: datetime,
    child: Child,
    mode: str,
    booked_by: User,
    now: datetime | None = None,
) -> Booking:
    """Keep an individual session for half an hour; with no provider named, with whoever is free and has least to do.

    Opens its own transactions; deadlocks are tried again.

    Raises:
        SlotTaken: somebody was quicker; carries the nearest other times.
        SlotNotOffered, SlotInThePast, ModeNotOffered: the time or mode was never on offer.
        NotYourChild, ChildAlreadyBooked, TooManyHolds: this person may not keep it.
    """
    wish = _Wish(service, starts_at, child, mode, booked_by, now or timezone.now())
    _refuse_impossible(wish)
    if provider is not None:
        return _hold_with(replace(wish, provider_id=provider.pk))
    for candidate in _candidates(wish):
        try:
            return _hold_with(replace(wish, provider_id=candidate))
        except SlotTaken:
            continue
    raise wish.taken()


def _refuse_impossible(wish: _Wish) -> None:
    """Refuse what needs no look at anybody's time."""
    if wish.mode not in modes_on_sale(wish.service):
        raise ModeNotOffered
    if wish.starts_at <= wish.now:
        raise SlotInThePast
    demand = demand_within(wish.service, now=wish.now)
    start = wish.starts_at.timestamp()
    on_grid = (start - midnight(day_of(int(start)))) % demand.step == 0
    if not on_grid or not demand.earliest <= start <= demand.latest:
        raise SlotNotOffered


def _candidates(wish: _Wish) -> list[int]:
    """Return who may be free at that time, the one with the fewest sessions that week first. Takes no lock.

    Raises SlotNotOffered when the time lies in nobody's hours.
    """
    near = Q(occupancies__is_live=True, occupancies__starts_at__range=_week_around(wish.starts_at))
    providers = list(
        Provider.objects.filter(services=wish.service, is_active=True)
        .annotate(load=Count("occupancies", filter=near, distinct=True))
        .values_list("pk", "load")
    )
    timetables = load_timetables([pk for pk, _ in providers], begin=wish.starts_at, end=wish.busy_until, now=wish.now)
    start, length = int(wish.starts_at.timestamp()), wish.service.duration_minutes * 60
    busy = int((wish.busy_until - wish.starts_at).total_seconds())
    working = {pk for pk, timetable in timetables.items() if timetable.is_open(start, length, wish.mode)}
    if not working:
        raise SlotNotOffered
    free = [(load, pk) for pk, load in providers if pk in working and timetables[pk].is_free(start, busy)]
    random.shuffle(free)  # among equals, do not send everybody to the same door
    return [pk for _, pk in sorted(free, key=lambda pair: pair[0])]


def _week_around(moment: datetime) -> tuple[datetime, datetime]:
    day = day_of(int(moment.timestamp()))
    monday = day - timedelta(days=day.weekday())
    return moment_of(midnight(monday)), moment_of(midnight(monday + timedelta(days=7)))


@retried
def _hold_with(wish: _Wish) -> Booking:
    with refusing_overlaps(wish.look_for_others):
        _lock_people(wish)
        release_expired_holds_of(wish.provider_id, now=wish.now)
        _refuse_when_child_is_busy(wish)
        _refuse_when_not_free(wish)
        occupancy = Occupancy.objects.create(
            provider_id=wish.provider_id,
            service=wish.service,
            location_id=wish.service.location_id,
            busy_from=wish.busy_from,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            busy_until=wish.busy_until,
            seats_taken=1,
        )
        return _kept(wish, occupancy)


def _lock_people(wish: _Wish) -> None:
    if not lock_provider_of_service(provider_id=wish.provider_id, service_id=wish.service.pk):
        raise SlotNotOffered
    if not lock_family(person_id=wish.booked_by.pk, child_id=wish.child.pk):
        raise NotYourChild


def _refuse_when_child_is_busy(wish: _Wish) -> None:
    """Refuse a second place for the child at that time, and too many holds of one person."""
    elsewhere, holds = bookings_in_the_way(
        child_id=wish.child.pk,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        now=wish.now,
        person_id=wish.booked_by.pk,
    )
    if elsewhere:
        raise ChildAlreadyBooked(elsewhere[0])
    if holds >= MAX_HOLDS:
        raise TooManyHolds


def _refuse_when_not_free(wish: _Wish) -> None:
    timetable = load_timetables([wish.provider_id], begin=wish.starts_at, end=wish.busy_until, now=wish.now)[
        wish.provider_id
    ]
    start, length = int(wish.starts_at.timestamp()), wish.service.duration_minutes * 60
    if not timetable.is_open(start, length, wish.mode):
        modes = (mode for mode in modes_on_sale(wish.service) if timetable.is_open(start, length, mode))
        raise ModeNotOffered if any(modes) else SlotNotOffered
    if not timetable.is_free(start, int((wish.busy_until - wish.starts_at).total_seconds())):
        raise wish.taken()


def _kept(wish: _Wish, occupancy: Occupancy) -> Booking:
    booking = Booking.objects.create(
        occupancy=occupancy,
        service=wish.service,
        child=wish.child,
        booked_by=wish.booked_by,
        mode=wish.mode,
        held_until=hold_end(starts_at=wish.starts_at, wanted=wish.now + HOLD_FOR),
        created_at=wish.now,
        cancellation_windows=wish.service.product.cancellation_windows,
    )
    announce([wish.provider_id])
    return booking


def hold_seat(
    *, occupancy: Occupancy, child: Child, mode: str, booked_by: User, now: datetime | None = None
) -> Booking:
    """Keep one seat of a group session for half an hour. Opens its own transaction; deadlocks are tried again.

    Raises:
        SeatsGone: the group is full; carries the nearest other sessions.
        SlotNotOffered, SlotInThePast, ModeNotOffered: it cannot be booked, or not so.
        NotYourChild, ChildAlreadyBooked, TooManyHolds: this person may not keep it.
    """
    if occupancy.kind != OccupancyKind.GROUP or occupancy.service is None:
        raise SlotNotOffered
    now = now or timezone.now()
    wish = _Wish(occupancy.service, occupancy.starts_at, child, mode, booked_by, now, occupancy.provider_id)
    if mode not in modes_on_sale(wish.service):
        raise ModeNotOffered
    if wish.starts_at <= now:
        raise SlotInThePast
    demand = demand_within(wish.service, now=now)
    if not demand.earliest <= wish.starts_at.timestamp() <= demand.latest:
        raise SlotNotOffered
    return _hold_seat(wish, occupancy)


@retried
@transaction.atomic
def _hold_seat(wish: _Wish, occupancy: Occupancy) -> Booking:
    _lock_people(wish)
    release_expired_holds_of(wish.provider_id, now=wish.now)
    _refuse_when_child_is_busy(wish)
    try:
        take_seat(occupancy.pk)
    except SeatsGone:
        raise SeatsGone(partial(nearest_open_slots, service=wish.service, around=wish.starts_at)) from None
    return _kept(wish, occupancy)
