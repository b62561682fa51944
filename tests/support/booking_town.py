"""The small town that `make show-booking` books in: families, a clinic with few rooms, and what both need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.credits.enums import GrantSource
from catalog.credits.services import grant_credits
from catalog.partner.models import Partner
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService, Location, Provider, Room
from marketplace.accounts.models import User
from tests.factories import (
    make_child,
    make_group_occupancy,
    make_group_service,
    make_location,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    make_user,
    shanghai,
    signed_in,
)

HOUSEHOLDS, DESKS = 6, 4
PROVIDERS, ROOMS = 6, 2
#: Days from today that are booked; far enough away for every cancellation to be free.
FIRST_DAY, DAYS = 4, 4
HOURS = range(9, 18)
GROUP_HOURS, GROUP_SEATS = (10, 14), 4
WHOLE_DAY = [(weekday, time(HOURS[0]), time(HOURS[-1] + 1)) for weekday in range(7)]
#: Too little for all who want it: families wait for this one.
FEW_HOURS = [(weekday, time(9), time(11)) for weekday in range(7)]
CREDITS = 500
#: They are signed in already, and a password takes half a second to keep.
_NO_PASSWORD = None
_ALL_MODES = (Mode.IN_PERSON, Mode.PHONE, Mode.VIDEO, Mode.TEXT)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service, as clients know it."""

    pk: int
    providers: Sequence[int]
    modes: Sequence[str]
    step_minutes: int = 30


@dataclass(frozen=True, slots=True)
class Group:
    """One date of a group."""

    pk: int
    public_id: str
    service: int
    provider: int


@dataclass(frozen=True, slots=True)
class Parent:
    """One of a household's two parents, signed in."""

    user: int
    session: str
    children: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody of the clinic, signed in."""

    number: int
    session: str


@dataclass
class Town:
    """Everything that clients may choose from, by id."""

    parents: list[Parent] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)
    services: dict[str, Offered] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    providers: dict[int, str] = field(default_factory=dict)
    rooms: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    hours: range = HOURS

    def crowded(self) -> "Town":
        """The same town on one morning, with one group: everybody wants the same."""
        return replace(self, days=self.days[:1], hours=range(9, 11), groups=self.groups[:1])

    def moment(self, day: date, minutes: int) -> datetime:
        """A moment of a day, so many minutes after midnight."""
        return shanghai(day, 0) + timedelta(minutes=minutes)


@transaction.atomic
def build() -> Town:
    """Make the town in the database Django is connected to."""
    today = timezone.localdate()
    town = Town(days=[today + timedelta(days=FIRST_DAY + number) for number in range(DAYS)])
    partner = make_partner()
    place = make_location(partner)
    town.rooms = [Room.objects.create(location=place, name=f"{number} 号室").pk for number in range(ROOMS)]
    made = _services(partner, place)
    town.services = {
        name: Offered(
            each.pk,
            sorted(each.providers.values_list("pk", flat=True)),
            [str(mode) for mode in each.modes],
            each.start_interval_minutes,
        )
        for name, each in made.items()
    }
    town.providers = {each.pk: str(each.public_id) for each in Provider.objects.filter(partner=partner)}
    town.groups = _groups(made["group"], town)
    for _ in range(HOUSEHOLDS):
        town.parents += _household(list(made.values()))
    town.desks = [Desk(number, _session(make_partner_staff(partner, password=_NO_PASSWORD))) for number in range(DESKS)]
    return town


def _services(partner: Partner, place: Location) -> dict[str, HealthcareService]:
    """Durations, breaks and starts differ on the same providers' time."""
    fields = {"partner": partner, "keeps_holidays": False}
    providers = [make_provider(weekly=WHOLE_DAY, **fields) for _ in range(PROVIDERS)]
    scarce = [make_provider(weekly=FEW_HOURS, **fields) for _ in range(2)]
    return {
        "talk": make_service(*providers, modes=_ALL_MODES[1:], buffer_before_minutes=10, start_interval_minutes=30),
        "room": make_service(
            *providers, modes=_ALL_MODES[:2], location=place, needs_room=True, duration_minutes=80, buffer_minutes=15
        ),
        "request": make_service(*providers[:2], modes=_ALL_MODES[1:2], needs_confirmation=True),
        "series": make_service(*providers[2:4], modes=_ALL_MODES[1:3], series_limit=6, start_interval_minutes=60),
        "scarce": make_service(*scarce, modes=_ALL_MODES[1:2], start_interval_minutes=60),
        "group": make_group_service(*providers[4:], modes=_ALL_MODES[2:3], admits_guardian=True),
    }


def _groups(service: HealthcareService, town: Town) -> list[Group]:
    """Two dates a day, each with another provider."""
    providers = list(service.providers.order_by("pk"))
    found = []
    for day in town.days:
        for provider, hour in zip(providers, GROUP_HOURS, strict=True):
            session = make_group_occupancy(service, starts_at=shanghai(day, hour), seats=GROUP_SEATS, provider=provider)
            found.append(Group(session.pk, str(session.public_id), service.pk, provider.pk))
    return found


def _household(services: Collection[HealthcareService]) -> list[Parent]:
    """Two parents who book for the same two children, each with a package of their own."""
    parents = [make_user(password=_NO_PASSWORD) for _ in range(2)]
    children = [make_child(*parents) for _ in range(2)]
    for parent in parents:
        grant_credits(
            owner=parent,
            source=(GrantSource.GOODWILL, parent.pk),
            count=CREDITS,
            unit_fen=36_000,
            expires_at=timezone.now() + timedelta(days=300),
            services=services,
        )
    known = [(child.pk, str(child.public_id)) for child in children]
    return [Parent(parent.pk, _session(parent), known) for parent in parents]


def _session(user: User) -> str:
    return str(signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value)
