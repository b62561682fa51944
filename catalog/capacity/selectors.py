"""The week's figures of supply and demand: for one partner, or for all."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from catalog.catalogue.enums import SaleState
from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.enums import BookingStatus, OccupancyKind
from catalog.scheduling.models import LONGEST, Occupancy, Provider
from catalog.scheduling.selectors import load_timetables
from catalog.scheduling.timetable import midnight, moment_of
from catalog.waitlist.selectors import WaitingNumbers, waiting_numbers

from .figures import gini
from .models import Exposure
from .weeks import DAYS, Fill, Session, fill_of_week

#: How many weeks the report looks at: the one asked for and those before it.
WEEKS = 4
#: Paid places, whatever became of them: the time was taken.
_TAKEN = (BookingStatus.PROPOSED, BookingStatus.BOOKED, BookingStatus.FULFILLED, BookingStatus.NOSHOW)


@dataclass(frozen=True)
class Offered:
    """A session product on sale, and whose it is."""

    product_id: int
    title: str
    partner_id: int
    partner_name: str


@dataclass(frozen=True)
class Week:
    """One week: how full each provider was, and how often each service was shown."""

    monday: date
    fills: dict[int, Fill]
    shown: dict[int, int]
    services: Sequence[Offered]

    @cached_property
    def fill(self) -> Fill:
        return sum(self.fills.values(), Fill())

    @property
    def shown_in_all(self) -> int:
        return sum(self.shown.get(each.product_id, 0) for each in self.services)

    @cached_property
    def gini_of_services(self) -> float | None:
        """How unequally listings showed the services; those never shown count, too. None where none was shown."""
        return gini(self.shown.get(each.product_id, 0) for each in self.services)

    @cached_property
    def gini_of_partners(self) -> float | None:
        """The same of partners, each with what its services have on average: a larger offer is seen more."""
        of_partner: dict[int, list[int]] = defaultdict(list)
        for each in self.services:
            of_partner[each.partner_id].append(self.shown.get(each.product_id, 0))
        return gini(sum(times) / len(times) for times in of_partner.values())

    def fill_of(self, providers: Collection[Provider]) -> Fill:
        return sum((self.fills[provider.pk] for provider in providers if provider.pk in self.fills), Fill())


@dataclass(frozen=True)
class Report:
    """The weeks, oldest first; the last is the one that was asked for."""

    weeks: list[Week]
    providers: list[Provider]
    services: list[Offered]
    waiting: list[WaitingNumbers]
    partners: list[Partner]

    @property
    def week(self) -> Week:
        return self.weeks[-1]

    @property
    def provider_rows(self) -> list[tuple[Provider, Fill]]:
        return [(provider, self.week.fills[provider.pk]) for provider in self.providers]

    @property
    def service_rows(self) -> list[tuple[Offered, int]]:
        """What was shown most first."""
        rows = [(each, self.week.shown.get(each.product_id, 0)) for each in self.services]
        return sorted(rows, key=lambda row: (-row[1], row[0].title))

    @property
    def partner_rows(self) -> list[tuple[Partner, Fill, int]]:
        """Each partner that gives sessions: how full its people were, how often its services were shown."""
        people: dict[int, list[Provider]] = defaultdict(list)
        shown: dict[int, int] = defaultdict(int)
        for provider in self.providers:
            people[provider.partner_id].append(provider)
        for each in self.services:
            shown[each.partner_id] += self.week.shown.get(each.product_id, 0)
        named = [each for each in self.partners if each.pk in people or each.pk in shown]
        return [(each, self.week.fill_of(people[each.pk]), shown[each.pk]) for each in named]


def capacity_report(
    partners: Collection[Partner] | None = None, *, monday: date, now: datetime | None = None
) -> Report:
    """Return the figures of a week and the three before it, of these partners or of all. Few queries, however many rows."""
    now = now or timezone.now()
    mondays = [monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    providers = Provider.objects.filter(is_active=True).order_by("partner_id", "pk")
    found = Partner.objects.order_by("name", "pk")
    if partners is not None:
        providers, found = providers.filter(partner__in=partners), found.filter(pk__in=[each.pk for each in partners])
    people, services = list(providers), _services(partners)
    fills = _fills([provider.pk for provider in people], mondays, now)
    shown = _shown([each.product_id for each in services], mondays)
    weeks = [Week(each, fills[each], shown[each], services) for each in mondays]
    return Report(weeks, people, services, waiting_numbers(partners, now=now), list(found))


def _services(partners: Collection[Partner] | None) -> list[Offered]:
    """The session products on sale: what a listing could have shown."""
    records = StockRecord.objects.filter(
        product__service__isnull=False, product__is_public=True, product__sale_state=SaleState.ON_SALE
    )
    if partners is not None:
        records = records.filter(partner__in=partners)
    rows = records.order_by("partner__name", "product__title", "pk").values_list(
        "product_id", "product__title", "partner_id", "partner__name"
    )
    return [Offered(*row) for row in rows]


def _fills(provider_ids: Sequence[int], mondays: Sequence[date], now: datetime) -> dict[date, dict[int, Fill]]:
    begin, end = _moment(mondays[0]), _moment(mondays[-1] + timedelta(days=DAYS))
    timetables = load_timetables(provider_ids, begin=begin, end=end, now=now)
    sessions = _sessions(provider_ids, begin, end)
    return {
        monday: {pk: fill_of_week(monday, timetable, sessions[pk]) for pk, timetable in timetables.items()}
        for monday in mondays
    }


def _sessions(provider_ids: Sequence[int], begin: datetime, end: datetime) -> dict[int, list[Session]]:
    """What lies in the providers' time; individual sessions that only a hold keeps are still on offer."""
    paid = Count("bookings", filter=Q(bookings__status__in=_TAKEN))
    rows = (
        Occupancy.objects.filter(
            provider__in=provider_ids,
            is_live=True,
            busy_from__gt=begin - LONGEST,
            busy_from__lt=end,
            busy_until__gt=begin,
        )
        .order_by()
        .annotate(paid=paid)
        .values_list("provider_id", "kind", "busy_from", "busy_until", "seats", "paid")
    )
    found: dict[int, list[Session]] = defaultdict(list)
    for provider_id, kind, busy_from, busy_until, seats, places in rows:
        span = (int(busy_from.timestamp()), int(busy_until.timestamp()))
        is_own = kind == OccupancyKind.BLOCKED
        if is_own or places or kind == OccupancyKind.GROUP:
            found[provider_id].append(Session(provider_id, span, min(places / max(seats, 1), 1.0), is_own))
    return found


def _shown(product_ids: Collection[int], mondays: Sequence[date]) -> dict[date, dict[int, int]]:
    found: dict[date, dict[int, int]] = defaultdict(dict)
    counted: Any = (
        Exposure.objects.filter(product__in=product_ids, on__gte=mondays[0], on__lt=mondays[-1] + timedelta(days=DAYS))
        .order_by()
        .annotate(week=TruncWeek("on"))
        .values_list("week", "product_id")
        .annotate(number=Sum("times"))
    )
    for week, product_id, number in counted:
        found[week][product_id] = number
    return found


def _moment(on: date) -> datetime:
    return moment_of(midnight(on))
