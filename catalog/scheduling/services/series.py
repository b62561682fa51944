"""Sessions one every so many weeks: looked at date by date first, then kept all or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..enums import LIVE_BOOKING_STATUSES, Attendee, Mode
from ..errors import ModeNotOffered, SeriesWrong, SlotInThePast, SlotNotOffered
from ..models import Booking, BookingSeries, HealthcareService, Provider
from ..retry import retried
from ..room_book import RoomBook
from ..rules import HOLD_FOR
from ..selectors.availability import bookable_span, demand_within, modes_of
from ..selectors.bookings import in_force
from ..selectors.rooms import load_rooms
from ..selectors.timetables import load_timetables
from ..timetable import DAY_SECONDS, Demand, Timetable, day_of, midnight, moment_of
from .keeping import hold_within
from .places import refusing_overlaps
from .wishes import Wish, refuse_impossible

#: How far from a date that is not free another one is looked for, and how many are shown.
NEAR = timedelta(days=3)
ALTERNATIVES = 3
RHYTHMS = range(1, 5)


@dataclass(frozen=True, slots=True)
class SeriesDate:
    """One date of a series: free as it was wished, or with the nearest other times of the same week."""

    wanted_at: datetime
    is_free: bool
    alternatives: Sequence[datetime] = ()

    @property
    def starts_at(self) -> datetime | None:
        """When the session would be, unless the family chooses otherwise; None where nothing near is free."""
        return self.wanted_at if self.is_free else next(iter(self.alternatives), None)


def plan_series(
    *,
    service: HealthcareService,
    provider: Provider,
    starts_at: datetime,
    every_weeks: int,
    count: int,
    mode: Mode | str,
    child: Child | None = None,
    now: datetime | None = None,
) -> list[SeriesDate]:
    """Return the dates of a series with one provider, each free or with the nearest alternatives. Writes nothing.

    The first date must be bookable today; later ones may lie beyond the days that are on sale singly. With a `child`,
    times at which it has something else are not free.

    Raises: SeriesWrong (rhythm or number), ModeNotOffered, SlotInThePast.
    """
    now = now or timezone.now()
    _refuse_wrong(service, every_weeks, count)
    if str(mode) not in modes_of(service):
        raise ModeNotOffered
    if starts_at <= now:
        raise SlotInThePast
    wanted = [starts_at + timedelta(weeks=every_weeks * number) for number in range(count)]
    demand = replace(
        demand_within(service, now=now), modes=(str(mode),), latest=int((wanted[-1] + NEAR).timestamp()) + DAY_SECONDS
    )
    outlook = _outlook(provider, demand, wanted, needs_room=service.needs_room and mode == Mode.IN_PERSON, now=now)
    outlook.busy = _busy_times(child, wanted, now) if child else []
    return [outlook.look_at(moment) for moment in wanted]


@retried
def hold_series(
    *,
    service: HealthcareService,
    provider: Provider,
    starts: Sequence[datetime],
    every_weeks: int,
    child: Child,
    mode: Mode | str,
    booked_by: User,
    held_for: timedelta = HOLD_FOR,
    now: datetime | None = None,
) -> list[Booking]:
    """Keep all these dates of one provider, or none; they count as one hold of the person. Earliest first.

    Opens its own transaction; deadlocks are tried again.

    Raises: SeriesWrong (rhythm, number, dates twice, or too far away), and what `hold_slot` raises of any date.
    """
    now, moments = now or timezone.now(), sorted(set(starts))
    _refuse_wrong(service, every_weeks, len(starts))
    if len(moments) != len(starts):
        raise SeriesWrong
    with refusing_overlaps():
        series = BookingSeries.objects.create(booked_by=booked_by, every_weeks=every_weeks, created_at=now)
        wishes = [
            Wish(
                service,
                moment,
                child,
                str(mode),
                booked_by,
                now,
                provider_id=provider.pk,
                held_for=held_for,
                series=series,
            )
            for moment in moments
        ]
        _refuse_impossible(wishes, every_weeks)
        return hold_within(wishes)


def _refuse_wrong(service: HealthcareService, every_weeks: int, count: int) -> None:
    if every_weeks not in RHYTHMS or not 2 <= count <= service.series_limit:
        raise SeriesWrong


def _refuse_impossible(wishes: Sequence[Wish], every_weeks: int) -> None:
    """The first date as any single one; later ones on the grid, and no further away than the rhythm leads."""
    refuse_impossible(wishes[0])
    step = wishes[0].service.start_interval_minutes * 60
    _, horizon = bookable_span(wishes[0].service, now=wishes[0].now)
    last = horizon + timedelta(weeks=every_weeks * (len(wishes) - 1)) + NEAR
    for wish in wishes[1:]:
        start = int(wish.starts_at.timestamp())
        if (start - midnight(day_of(start))) % step or wish.starts_at > last:
            raise SlotNotOffered


@dataclass(slots=True)
class _Outlook:
    """What there is to choose from: a provider's time, the rooms where one is needed, and what the child has otherwise."""

    timetable: Timetable
    demand: Demand
    rooms: RoomBook | None
    busy: Sequence[tuple[datetime, datetime]] = ()

    def look_at(self, wanted: datetime) -> SeriesDate:
        """Return one date of the series; a free one is taken from what is left for the others."""
        day, free = day_of(int(wanted.timestamp())), []
        for distance in range(NEAR.days + 1):
            for near in sorted({day - timedelta(days=distance), day + timedelta(days=distance)}):
                free += self._free_on(near)
            if not distance and wanted in free:
                self.timetable.take(int(wanted.timestamp()), self.demand.busy(int(wanted.timestamp())))
                return SeriesDate(wanted, is_free=True)
        nearest = sorted(free, key=lambda moment: _distance(moment, wanted))[:ALTERNATIVES]
        return SeriesDate(wanted, is_free=False, alternatives=nearest)

    def _free_on(self, day: date) -> list[datetime]:
        starts = sorted(self.timetable.starts_on(day, self.demand))
        return [moment_of(start) for start in starts if self._has_room(start) and not self._is_busy(moment_of(start))]

    def _has_room(self, start: int) -> bool:
        if self.rooms is None:
            return True
        places = self.timetable.places_open(start, self.demand.length, Mode.IN_PERSON, self.demand.location_id)
        return self.rooms.has_room(next(iter(places), None), self.demand.busy(start))

    def _is_busy(self, moment: datetime) -> bool:
        ends_at = moment + timedelta(seconds=self.demand.length)
        return any(begin < ends_at and moment < end for begin, end in self.busy)


def _distance(moment: datetime, wanted: datetime) -> tuple[int, float]:
    """How far a time is from the one wished for: by day first, then by the clock, as people plan their week."""
    days = abs((day_of(int(moment.timestamp())) - day_of(int(wanted.timestamp()))).days)
    apart = abs((moment - wanted).total_seconds()) % DAY_SECONDS
    return days, min(apart, DAY_SECONDS - apart)


def _outlook(
    provider: Provider, demand: Demand, wanted: Sequence[datetime], *, needs_room: bool, now: datetime
) -> _Outlook:
    around = NEAR + timedelta(days=1)
    begin, end = wanted[0] - around, wanted[-1] + around
    timetable = load_timetables([provider.pk], begin=begin, end=end, now=now)[provider.pk]
    if not needs_room:
        return _Outlook(timetable, demand, None)
    places = [demand.location_id] if demand.location_id else [place for place in timetable.locations if place]
    return _Outlook(timetable, demand, load_rooms(places, begin=begin, end=end, now=now))


def _busy_times(child: Child, wanted: Sequence[datetime], now: datetime) -> list[tuple[datetime, datetime]]:
    rows = Booking.objects.filter(
        in_force(now=now),
        child=child,
        attendee=Attendee.CHILD,
        status__in=LIVE_BOOKING_STATUSES,
        starts_at__lt=wanted[-1] + NEAR + timedelta(days=1),
        ends_at__gt=wanted[0] - NEAR,
    )
    return list(rows.values_list("starts_at", "ends_at"))
