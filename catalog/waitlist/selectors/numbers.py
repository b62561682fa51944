"""How long people wait, in figures without people: for clinics and the operator."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Q
from django.utils import timezone

from catalog.partner.models import Partner
from catalog.scheduling.models import HealthcareService

from ..enums import LIVE_ENTRY_STATES, EntryState, OfferState
from ..models import WaitlistEntry, WaitlistOffer

#: Over how many days what was served is counted.
OVER = timedelta(days=28)


@dataclass(frozen=True)
class WaitingNumbers:
    """One service: who waits now, and what became of offers in the last 28 days."""

    service: HealthcareService
    waiting: int
    children: int
    longest_days: int
    overdue: int
    met: int
    median_wait_days: float | None
    """How long those who were met had waited; None where nobody was."""
    offered: int
    taken: int
    answered_late: int
    """Lapsed without an answer."""

    @property
    def taken_share(self) -> float | None:
        """Which part of the offers that came to an end became a session; None without any."""
        return self.taken / self.offered if self.offered else None


def waiting_numbers(
    partners: Collection[Partner] | None = None, *, now: datetime | None = None
) -> list[WaitingNumbers]:
    """Return the numbers of each service somebody waits or waited for, the longest queue first. Five queries.

    Of these partners' services, or of all.
    """
    now = now or timezone.now()
    services = HealthcareService.objects.filter(waitlist_entries__isnull=False)
    if partners is not None:
        services = services.filter(providers__partner__in=partners)
    found = {service.pk: service for service in services.select_related("product").distinct()}
    if not found:
        return []
    queue, children = _queue(found, now), _children(found)
    waits, offers = _waits(found, now), _offers(found, now)
    rows = [_row(found[pk], queue[pk], children[pk], waits[pk], offers[pk], now) for pk in found]
    return sorted(rows, key=lambda row: (-row.waiting, row.service.pk))


def _row(
    service: HealthcareService,
    queue: list[tuple[datetime, bool]],
    children: int,
    waits: list[float],
    offers: dict[str, int],
    now: datetime,
) -> WaitingNumbers:
    return WaitingNumbers(
        service=service,
        waiting=len(queue),
        children=children,
        longest_days=max(((now - joined_at).days for joined_at, _ in queue), default=0),
        overdue=sum(is_late for _, is_late in queue),
        met=len(waits),
        median_wait_days=median(waits) if waits else None,
        offered=sum(offers.values()),
        taken=offers.get(OfferState.TAKEN, 0),
        answered_late=offers.get(OfferState.LAPSED, 0),
    )


def _queue(services: Collection[int], now: datetime) -> dict[int, list[tuple[datetime, bool]]]:
    today = timezone.localdate(now)
    found = defaultdict(list)
    live = WaitlistEntry.objects.filter(service__in=services, state__in=LIVE_ENTRY_STATES)
    for service_id, joined_at, needed_by in live.values_list("service_id", "joined_at", "needed_by"):
        found[service_id].append((joined_at, needed_by is not None and needed_by <= today))
    return found


def _children(services: Collection[int]) -> dict[int, int]:
    live = Q(waitlist_entries__state__in=LIVE_ENTRY_STATES)
    counted = HealthcareService.objects.filter(pk__in=services).annotate(
        number=Count("waitlist_entries__children", filter=live, distinct=True)
    )
    return defaultdict(int, counted.values_list("pk", "number"))


def _waits(services: Collection[int], now: datetime) -> dict[int, list[float]]:
    """How many days those had waited who were met of late."""
    found = defaultdict(list)
    met = WaitlistEntry.objects.filter(service__in=services, state=EntryState.MET, ended_at__gt=now - OVER)
    for service_id, joined_at, ended_at in met.values_list("service_id", "joined_at", "ended_at"):
        if ended_at is not None:
            found[service_id].append((ended_at - joined_at) / timedelta(days=1))
    return found


def _offers(services: Collection[int], now: datetime) -> dict[int, dict[str, int]]:
    """How many offers of late came to each end."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    ended = WaitlistOffer.objects.filter(
        entry__service__in=services,
        offered_at__gt=now - OVER,
        state__in=(OfferState.TAKEN, OfferState.DECLINED, OfferState.LAPSED),
    )
    counted = ended.order_by().values_list("entry__service_id", "state").annotate(number=Count("pk"))
    for service_id, state, number in counted:
        found[service_id][state] = number
    return found
