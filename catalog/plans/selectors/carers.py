"""What the people who give care see of plans: their own, and for whom they may write one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from catalog.catalogue.enums import ProductKind, SaleState
from catalog.partner.models import Partner
from catalog.scheduling.disclosure import KEEPS_OPEN
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking, HealthcareService, Provider
from catalog.waitlist.rules import MIDDLE_PATHWAY_WITHIN
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.selectors import disclosures
from marketplace.families.models import Child

from ..enums import LIVE_PLAN_STATUSES, Pathway
from ..models import CarePlan
from ..rules import first_offer_at
from .steps import whole_plans, whole_steps

_IN_CARE = (BookingStatus.PROPOSED, BookingStatus.BOOKED, BookingStatus.FULFILLED, BookingStatus.NOSHOW)
#: Over how many days pathways are counted.
OVER = timedelta(days=90)


def plans_of(providers: "Collection[Provider] | QuerySet[Provider]") -> QuerySet[CarePlan]:
    """Return the plans these providers wrote, live ones first, then the latest."""
    return (
        whole_plans().filter(provider__in=providers).order_by(F("ended_at").desc(nulls_first=True), "-begun_at", "-pk")
    )


def plan_of_carer(user: User, public_id: UUID) -> CarePlan:
    """Return a plan this person writes. Raises CarePlan.DoesNotExist for anybody else's."""
    return whole_plans().get(public_id=public_id, provider__user=user)


def live_plan_of(child: Child, provider: Provider) -> CarePlan | None:
    """Return the plan a provider writes, or works with, for a child."""
    return CarePlan.objects.filter(child=child, provider=provider, status__in=LIVE_PLAN_STATUSES).first()


def is_in_care(provider: Provider, child: Child, *, now: datetime | None = None) -> bool:
    """Whether a child has a session with this provider, or had one within the last half year."""
    if child.archived_at is not None:
        return False
    return _sessions([provider], now or timezone.now()).filter(child=child).exists()


def children_in_care(
    providers: "Collection[Provider] | QuerySet[Provider]", *, now: datetime | None = None
) -> list[Booking]:
    """Return for each child and provider without a live plan the latest session, the most recent first. One query."""
    now = now or timezone.now()
    written = set(
        CarePlan.objects.filter(provider__in=providers, status__in=LIVE_PLAN_STATUSES).values_list("child", "provider")
    )
    sessions = _sessions(providers, now).filter(child__archived_at=None)
    found: dict[tuple[int, int], Booking] = {}
    for booking in sessions.select_related("child", "occupancy__provider").order_by("-starts_at", "-pk"):
        found.setdefault((booking.child_id, booking.occupancy.provider_id), booking)
    return [booking for pair, booking in found.items() if pair not in written]


def _sessions(providers: "Collection[Provider] | QuerySet[Provider]", now: datetime) -> QuerySet[Booking]:
    return Booking.objects.filter(occupancy__provider__in=providers, status__in=_IN_CARE, ends_at__gt=now - KEEPS_OPEN)


def may_see_plan(provider: Provider, child: Child, *, now: datetime | None = None) -> bool:
    """Whether consent opens the child's plan to the person who is this provider. Nothing is shown: no look is written."""
    if provider.user is None:
        return False
    seen = disclosures(viewer=provider.user, children=[child], purpose=Purpose.CARE, items=[DataItem.PLAN], now=now)
    return bool(seen.may_see(child, DataItem.PLAN))


def bookable_services(partner: Partner) -> QuerySet[HealthcareService]:
    """Return the one-to-one services of an organisation that are on sale."""
    return (
        HealthcareService.objects.filter(
            providers__partner=partner, product__sale_state=SaleState.ON_SALE, product__is_public=True
        )
        .exclude(product__kind=ProductKind.GROUP)
        .select_related("product")
        .order_by("product__title", "pk")
        .distinct()
    )


@dataclass(frozen=True)
class PathwayNumbers:
    """How the middle pathway went of late, without people (INT-08)."""

    started: int
    in_time: int
    """How many had a time to choose from by their day."""
    unmet: int
    median_days: float | None
    """From the start until there was a time; None where nobody was offered one."""


def pathway_numbers(
    providers: "Collection[Provider] | QuerySet[Provider]", *, now: datetime | None = None
) -> PathwayNumbers:
    """Return how many were offered a first session within seven days, of those that began in the last 90. Three queries."""
    now = now or timezone.now()
    steps = list(
        whole_steps().filter(
            plan__provider__in=providers,
            plan__pathway=Pathway.MIDDLE,
            needed_by__isnull=False,
            asked_at__gt=now - OVER,
        )
    )
    waits = [offered - step.asked_at for step in steps if (offered := first_offer_at(step)) is not None]
    return PathwayNumbers(
        started=len(steps),
        in_time=sum(wait <= MIDDLE_PATHWAY_WITHIN for wait in waits),
        unmet=sum(step.unmet_at is not None for step in steps),
        median_days=median(wait / timedelta(days=1) for wait in waits) if waits else None,
    )
