"""The invented people and times that the booking benchmark books. Needs Django to be set up.

Every session has all that a booking may have to look after: a room, time to prepare and to rest, a limit of a day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, product

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from catalog.partner.models import Partner
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService, Provider, Room
from catalog.scheduling.timetable import SHANGHAI
from marketplace.accounts.models import User
from marketplace.families.models import Child, Guardianship
from tests.factories import make_location, make_partner, make_provider, make_service

HOURS = range(9, 18)
DAYS = range(2, 27)
MODE = Mode.IN_PERSON
#: Five minutes before a session and ten after it are its provider's, and the room's.
MINUTES = {"buffer_before_minutes": 5, "duration_minutes": 45, "buffer_minutes": 10}
#: Never reached, always counted.
SESSIONS_PER_DAY = len(HOURS) + 1
_SEQUENCES = (
    "scheduling_provider", "scheduling_healthcareservice", "accounts_user", "families_child",
    "scheduling_occupancy", "scheduling_booking", "scheduling_location", "scheduling_room",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """One attempt: this child's parent wants this provider's time."""

    service_id: int
    provider_id: int
    starts_at: datetime
    user_id: int
    child_id: int
    location_id: int


@dataclass
class Lane:
    """A service with providers of its own, so that no way of booking stands in another's way."""

    service: HealthcareService
    times: Iterator[tuple[int, datetime]]
    people: Iterator[tuple[int, int]]
    locations: Mapping[int, int]
    """Where each provider is."""

    def wishes(self, count: int) -> list[Wish]:
        """Return so many wishes that do not touch each other."""
        return [self._wish(provider_id, starts_at) for provider_id, starts_at in islice(self.times, count)]

    def rival_wishes(self, times: list[tuple[int, datetime]], order: list[int]) -> list[Wish]:
        """Return wishes of different families for `times`, as `order` names them by index."""
        return [self._wish(*times[index]) for index in order]

    def _wish(self, provider_id: int, starts_at: datetime) -> Wish:
        return Wish(self.service.pk, provider_id, starts_at, *next(self.people), self.locations[provider_id])


def spread_ids() -> None:
    """Let each table count from a number of its own: a captured id then tells what it is the id of."""
    with connection.cursor() as cursor:
        for place, table in enumerate(_SEQUENCES, 1):
            cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {place * 10_000_000}")


def settle_statistics() -> None:
    """Let the database know how large its tables are, as it would after a few minutes of life."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_lane(*, times: int, people: int) -> Lane:
    """Make providers who work every day, with at least `times` hourly starts among them, and so many families.

    Each has a place of their own with one room, so that providers meet as little as they did before there were rooms.
    """
    per_provider = len(HOURS) * len(DAYS)
    partner = make_partner()
    providers = [_provider_with_a_room(partner) for _ in range(-(-times // per_provider))]
    service = make_service(*providers, start_interval_minutes=60, needs_room=True, **MINUTES)
    locations = {provider.pk: provider.weekly_availability.all()[0].location_id or 0 for provider in providers}
    return Lane(service, _times([provider.pk for provider in providers]), iter(_families(people)), locations)


def _provider_with_a_room(partner: Partner) -> Provider:
    weekly = [(weekday, time(HOURS[0]), time(HOURS[-1] + 1)) for weekday in range(7)]
    provider = make_provider(partner=partner, weekly=weekly, keeps_holidays=False, sessions_per_day=SESSIONS_PER_DAY)
    place = make_location(partner)
    Room.objects.create(location=place, name="咨询室")
    provider.weekly_availability.update(location=place)
    return provider


def _times(provider_ids: list[int]) -> Iterator[tuple[int, datetime]]:
    today: date = timezone.now().astimezone(SHANGHAI).date()
    for offset, hour, provider_id in product(DAYS, HOURS, provider_ids):
        yield provider_id, datetime.combine(today + timedelta(days=offset), time(hour), SHANGHAI)


def _families(count: int) -> list[tuple[int, int]]:
    password = make_password(None)
    users = User.objects.bulk_create(User(nickname="家长", password=password) for _ in range(count))
    children = Child.objects.bulk_create(Child(nickname="孩子", born_on=date(2012, 1, 1)) for _ in range(count))
    Guardianship.objects.bulk_create(
        Guardianship(guardian=user, child=child) for user, child in zip(users, children, strict=True)
    )
    return [(user.pk, child.pk) for user, child in zip(users, children, strict=True)]
