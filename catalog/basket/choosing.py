"""A time a family points at: read from an address, and looked for among the free ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.models import HealthcareService, Occupancy, Provider
from catalog.scheduling.selectors import Slot, open_slots


class NotATime(Exception):
    """The address names no service and time that exist."""


@dataclass(frozen=True)
class Choice:
    """A session of a service at a time: with a provider or with anyone, or a seat in a group's session."""

    service: HealthcareService
    starts_at: datetime
    provider: Provider | None = None
    occupancy: Occupancy | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.service.duration_minutes)


def choose_url(slot: Slot, *, provider_id: int | None = None, occupancy_public_id: UUID | None = None) -> str:
    """Return the address at which `slot` is taken; without a provider, with anyone who is free."""
    query = {"service": slot.service_id, "start": slot.starts_at.isoformat()}
    if occupancy_public_id:
        query["occupancy"] = str(occupancy_public_id)
    elif provider_id:
        query["provider"] = provider_id
    return f"{reverse('basket:choose')}?{urlencode(query)}"


def series_url(choice: Choice, slot: Slot) -> str:
    """Return where sessions every so many weeks begin with this one; empty where the service gives none."""
    if choice.occupancy or choice.service.series_limit < 2:
        return ""
    query = {
        "service": choice.service.pk,
        "start": choice.starts_at.isoformat(),
        "provider": choice.provider.pk if choice.provider else slot.provider_ids[0],
    }
    return f"{reverse('basket:series')}?{urlencode(query)}"


def together_url(choice: Choice, *, children: int) -> str:
    """Return where several places of this time are taken at once; empty where there is nobody to come along.

    In a group that is siblings or a guardian; individually, siblings with one provider each.
    """
    query: dict[str, object] = {"service": choice.service.pk, "start": choice.starts_at.isoformat()}
    if choice.occupancy:
        query["occupancy"] = choice.occupancy.public_id
        suits = children > 1 or (children == 1 and choice.service.admits_guardian)
    else:
        suits = children > 1 and choice.service.providers.count() > 1
    return f"{reverse('basket:together')}?{urlencode(query)}" if suits else ""


def choice_from(query: QueryDict) -> Choice:
    """Read ?service=&start=&provider=&occupancy=. Raises NotATime."""
    service = _service(query.get("service", ""))
    # A plus sign that nobody escaped arrives as a space.
    start = query.get("start", "").replace(" ", "+")
    if occupancy := query.get("occupancy"):
        return _group_choice(service, occupancy, _moment(start) if start else None)
    starts_at = _moment(start)
    return Choice(service, starts_at, _provider(service, query.get("provider", "")))


def free_slot(choice: Choice, *, now: datetime | None = None) -> Slot | None:
    """Return the free slot a choice points at, or None when it is not on offer."""
    day = timezone.localtime(choice.starts_at).date()
    slots = open_slots(service=choice.service, from_on=day, to_on=day, now=now, provider=choice.provider)
    wanted = choice.occupancy.pk if choice.occupancy else None
    return next((s for s in slots if s.starts_at == choice.starts_at and wanted in (None, s.occupancy_id)), None)


def alternatives(slots: list[Slot], *, provider_id: int | None = None) -> list[tuple[Slot, str]]:
    """Return other times with the address of each, with the same provider where that one is free then."""
    public_ids = dict(
        Occupancy.objects.filter(pk__in=[slot.occupancy_id for slot in slots if slot.occupancy_id]).values_list(
            "pk", "public_id"
        )
    )
    return [
        (
            slot,
            choose_url(
                slot,
                provider_id=provider_id if provider_id in slot.provider_ids else None,
                occupancy_public_id=public_ids.get(slot.occupancy_id or 0),
            ),
        )
        for slot in slots
    ]


def _service(written: str) -> HealthcareService:
    services = HealthcareService.objects.select_related("product__product_class", "location")
    found = services.filter(pk=written).first() if written.isdecimal() and len(written) < 18 else None
    if found is None:
        raise NotATime
    return found


def _moment(written: str) -> datetime:
    try:
        moment = parse_datetime(written)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise NotATime
    return moment


def _provider(service: HealthcareService, written: str) -> Provider | None:
    if not written:
        return None
    found = service.providers.filter(pk=written).first() if written.isdecimal() and len(written) < 18 else None
    if found is None:
        raise NotATime
    return found


def _group_choice(service: HealthcareService, written: str, starts_at: datetime | None) -> Choice:
    """A seat of a session, at the time the family saw: one that was moved since is not what they chose."""
    try:
        public_id = UUID(written)
    except ValueError:
        raise NotATime from None
    occupancy = (
        Occupancy.objects.filter(public_id=public_id, service=service, kind=OccupancyKind.GROUP)
        .select_related("provider", "service__product")
        .first()
    )
    if occupancy is None:
        raise NotATime
    return Choice(service, starts_at or occupancy.starts_at, occupancy.provider, occupancy)
