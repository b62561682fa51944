"""The invented people and times that the booking benchmark books. Needs Django to be set up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, product

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from catalog.scheduling.models import HealthcareService
from catalog.scheduling.timetable import SHANGHAI
from marketplace.accounts.models import User
from marketplace.families.models import Child, Guardianship
from tests.factories import make_partner, make_provider, make_service

HOURS = range(9, 18)
DAYS = range(2, 27)
_SEQUENCES = (
    "scheduling_provider", "scheduling_healthcareservice", "accounts_user", "families_child",
    "scheduling_occupancy", "scheduling_booking",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """One attempt: this child's parent wants this provider's time."""

    service_id: int
    provider_id: int
    starts_at: datetime
    user_id: int
    child_id: int


@dataclass
class Lane:
    """A service with providers of its own, so that no way of booking stands in another's way."""

    service: HealthcareService
    times: Iterator[tuple[int, datetime]]
    people: Iterator[tuple[int, int]]

    def wishes(self, count: int) -> list[Wish]:
        """Return so many wishes that do not touch each other."""
        return [
            Wish(self.service.pk, provider_id, starts_at, *next(self.people))
            for provider_id, starts_at in islice(self.times, count)
        ]

    def rival_wishes(self, times: list[tuple[int, datetime]], order: list[int]) -> list[Wish]:
        """Return wishes of different families for `times`, as `order` names them by index."""
        return [Wish(self.service.pk, *times[index], *next(self.people)) for index in order]


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
    """Make providers who work every day, with at least `times` hourly starts among them, and so many families."""
    per_provider = len(HOURS) * len(DAYS)
    partner = make_partner()
    weekly = [(weekday, time(HOURS[0]), time(HOURS[-1] + 1)) for weekday in range(7)]
    providers = [make_provider(partner=partner, weekly=weekly) for _ in range(-(-times // per_provider))]
    service = make_service(*providers, start_interval_minutes=60)
    return Lane(service, _times([provider.pk for provider in providers]), iter(_families(people)))


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
