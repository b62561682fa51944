"""Groups, taken times, days off and extra hours, from today until five weeks ahead.

Everything is drawn by chance, but by the same chance for the same person and day. A day is filled once, before
families can book it (they see four weeks), so nothing is doubled and nobody's booking is overrun.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.models import AvailabilityException, HealthcareService, Occupancy, Provider
from marketplace.core.formatting import SHANGHAI

from ..data.everything import PEOPLE, SESSIONS
from ..data.shapes import Group, Person
from ..keys import product_code, stable_id

DAYS_AHEAD = 35
_DAYS_OFF_PERCENT = 5
_EXTRA_HOURS_PERCENT = 3


def roll_timetable_forward(*, since: date | None) -> date:
    """Fill the days from `since` (today at the earliest); return the first day that is not filled."""
    today = timezone.localdate()
    first, end = max(since or today, today), today + timedelta(days=DAYS_AHEAD)
    days = [first + timedelta(days=number) for number in range((end - first).days)]
    if not days:
        return first
    providers = Provider.objects.in_bulk(
        [stable_id("provider", person.key) for person in PEOPLE], field_name="public_id"
    )
    by_key = {person.key: providers[stable_id("provider", person.key)] for person in PEOPLE}
    # Groups first: a taken hour that would overlap one is left out by the exclusion constraint.
    for rows in (_groups(days, by_key), _taken_hours(days, by_key)):
        Occupancy.objects.bulk_create(list(rows), ignore_conflicts=True)
    AvailabilityException.objects.bulk_create(list(_exceptions(days, by_key)))
    return end


def at(day: date, clock: str) -> datetime:
    """A moment by the clock of Shanghai."""
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)


def _groups(days: list[date], providers: dict[str, Provider]) -> Iterator[Occupancy]:
    services = {
        service.product.upc: service
        for service in HealthcareService.objects.filter(product__is_demo=True).select_related("product")
    }
    for group in (session for session in SESSIONS if isinstance(session, Group)):
        service = services[product_code(group.key)]
        for day in days:
            if day.weekday() != group.weekday:
                continue
            starts_at = at(day, group.at)
            ends_at = starts_at + timedelta(minutes=group.minutes)
            yield Occupancy(
                public_id=stable_id("group", f"{group.key}/{day}"),
                provider=providers[group.people[0]],
                service=service,
                location_id=service.location_id,
                kind=OccupancyKind.GROUP,
                busy_from=starts_at,
                starts_at=starts_at,
                ends_at=ends_at,
                busy_until=ends_at + timedelta(minutes=group.buffer_minutes),
                seats=group.seats,
            )


def _taken_hours(days: list[date], providers: dict[str, Provider]) -> Iterator[Occupancy]:
    for person in PEOPLE:
        for day in days:
            chance = _chance("taken", person, day)
            for starts_at in _hours(person, day):
                if chance.randrange(100) < person.fullness:
                    ends_at = starts_at + timedelta(hours=1)
                    yield Occupancy(
                        public_id=stable_id("taken", f"{person.key}/{starts_at:%F %H:%M}"),
                        provider=providers[person.key],
                        kind=OccupancyKind.BLOCKED,
                        busy_from=starts_at,
                        starts_at=starts_at,
                        ends_at=ends_at,
                        busy_until=ends_at,
                    )


def _hours(person: Person, day: date) -> Iterator[datetime]:
    """Every full hour of a person's working day."""
    for weekdays, begin, end in person.hours:
        if str(day.weekday()) in weekdays:
            starts_at, stop = at(day, begin), at(day, end)
            while starts_at + timedelta(hours=1) <= stop:
                yield starts_at
                starts_at += timedelta(hours=1)


def _exceptions(days: list[date], providers: dict[str, Provider]) -> Iterator[AvailabilityException]:
    """Now and then a day off among working days, and extra hours on a free one."""
    for person in PEOPLE:
        for day in days:
            works = any(True for _ in _hours(person, day))
            drawn = _chance("exception", person, day).randrange(100)
            if works and person.takes_days_off and drawn < _DAYS_OFF_PERCENT:
                yield AvailabilityException(
                    provider=providers[person.key],
                    starts_at=at(day, "00:00"),
                    ends_at=at(day + timedelta(days=1), "00:00"),
                    reason="外出学习",
                )
            elif not works and drawn < _EXTRA_HOURS_PERCENT:
                yield AvailabilityException(
                    provider=providers[person.key],
                    starts_at=at(day, "16:00"),
                    ends_at=at(day, "19:00"),
                    is_open=True,
                    reason="加开",
                )


def _chance(what: str, person: Person, day: date) -> random.Random:
    return random.Random(f"{what}/{person.key}/{day}")  # noqa: S311 (no secret hangs on it)
