"""Who waits for what, in the order in which they are served: for serving them, and for the people who give care."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.models import HealthcareService, Provider

from ..bands import band_of
from ..enums import LIVE_ENTRY_STATES, LIVE_OFFER_STATES, EntryState, NeedBand, OfferState
from ..models import WaitlistEntry, WaitlistOffer
from ..rules import is_overdue, rank


def queues(*, service_ids: Collection[int]) -> dict[int, list[WaitlistEntry]]:
    """Return who waits for each of these services, whoever is next first. Two queries."""
    waiting = WaitlistEntry.objects.filter(service__in=service_ids, state=EntryState.WAITING)
    return _in_order(waiting.select_related("joined_by", "provider").prefetch_related("children"))


def _in_order(entries: Iterable[WaitlistEntry]) -> dict[int, list[WaitlistEntry]]:
    found: dict[int, list[WaitlistEntry]] = {}
    for entry in sorted(entries, key=lambda entry: rank(entry, band_of(entry))):
        found.setdefault(entry.service_id, []).append(entry)
    return found


def services_waited_for(provider_ids: Collection[int] | None = None) -> list[int]:
    """Return the services somebody waits for, by id: all, or those that these providers give."""
    waiting = WaitlistEntry.objects.filter(state=EntryState.WAITING).order_by()
    if provider_ids is not None:
        waiting = waiting.filter(_given_by(provider_ids))
    return sorted(set(waiting.values_list("service_id", flat=True)))


def anybody_waits_for(provider_ids: Collection[int]) -> bool:
    """Whether anybody waits for a time of these providers."""
    return WaitlistEntry.objects.filter(_given_by(provider_ids), state=EntryState.WAITING).exists()


def starts_offered_to(entry: WaitlistEntry) -> set[datetime]:
    """Return the times that were offered to an entry before: none is offered twice, unless it was withdrawn."""
    return set(entry.offers.exclude(state=OfferState.WITHDRAWN).values_list("starts_at", flat=True))


def _given_by(providers: Collection[int] | Collection[Provider]) -> Q:
    """Entries that a time of these providers may serve: they give the service, and nobody else was asked for."""
    giving = HealthcareService.providers.through.objects.filter(provider__in=providers)
    return Q(service__in=giving.values("healthcareservice_id")) & (Q(provider__isnull=True) | Q(provider__in=providers))


@dataclass(frozen=True)
class QueueRow:
    """One entry as those see it who give the service: where it stands, and why."""

    entry: WaitlistEntry
    place: int
    """1 is next. Paused ones, and those with an offer open, keep their place."""
    band: NeedBand
    is_overdue: bool
    offer: WaitlistOffer | None

    @property
    def reasons(self) -> list[Promise | str]:
        """Why it stands where it stands, weightiest first."""
        found: list[Promise | str] = [self.band.label] if self.band else []
        if self.entry.needed_by:
            found.append(_("约定的日子之前要见面"))
        return [*found, _("等候的时间")]


def entries_of(providers: Collection[Provider], *, today: date | None = None) -> list[QueueRow]:
    """Return who waits for these providers, by service and then in the order of serving. Four queries.

    Whoever shows a child's name asks consent first.
    """
    today = today or timezone.localdate()
    live = (
        WaitlistEntry.objects.filter(_given_by(providers), state__in=LIVE_ENTRY_STATES)
        .select_related("service__product", "provider", "joined_by")
        .prefetch_related("children", _live_offers())
    )
    return [
        QueueRow(entry, place, band_of(entry), is_overdue(entry, today), next(iter(entry.offers.all()), None))
        for _service, queue in sorted(_in_order(live).items())
        for place, entry in enumerate(queue, start=1)
    ]


def _live_offers() -> "Prefetch[str, QuerySet[WaitlistOffer], str]":
    return Prefetch("offers", WaitlistOffer.objects.filter(state__in=LIVE_OFFER_STATES))


def offers_open(providers: Collection[Provider]) -> QuerySet[WaitlistOffer]:
    """Return the times of these providers that are kept for somebody now, by start."""
    return (
        WaitlistOffer.objects.filter(state__in=LIVE_OFFER_STATES, places__booking__occupancy__provider__in=providers)
        .select_related("entry__service__product")
        .prefetch_related("entry__children", "places__booking__occupancy__provider")
        .order_by("starts_at", "pk")
        .distinct()
    )


def overdue_entries(
    providers: Collection[Provider] | None = None, *, today: date | None = None
) -> QuerySet[WaitlistEntry]:
    """Return who still waits though the day has come by which they should have been seen, the earliest first."""
    today = today or timezone.localdate()
    late = WaitlistEntry.objects.filter(state__in=LIVE_ENTRY_STATES, needed_by__lte=today)
    if providers is not None:
        late = late.filter(_given_by(providers))
    return late.select_related("service__product").order_by("needed_by", "joined_at", "pk")
