"""Who can be talked to soonest from where one is: by video, voice or text."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from catalog.catalogue.enums import ProductKind
from catalog.scheduling.enums import REMOTE_MODES
from catalog.scheduling.models import HealthcareService
from catalog.scheduling.selectors import Slot, next_open_slots

#: How many listings are asked for their true times, and how many are shown.
ASKED = 12
SHOWN = 6
#: Of each, so many free times are looked through for one that needs no journey.
_LOOKED_THROUGH = 12


@dataclass(frozen=True, slots=True)
class Talk:
    """A service with its next free time from a distance."""

    service: HealthcareService
    slot: Slot

    @property
    def href(self) -> str:
        """Where this time is taken."""
        query = {"service": str(self.service.pk), "start": self.slot.starts_at.isoformat(timespec="minutes")}
        return f"{reverse('basket:choose')}?{urlencode(query)}"


def soonest_talks(*, now: datetime) -> list[Talk]:
    """Return the services that can be talked to soonest, the soonest first. Eight queries at most.

    Listings say which to ask; the times are those of the timetables.
    """
    remote = Q()
    for mode in REMOTE_MODES:
        remote |= Q(modes__contains=[mode])
    services = list(
        HealthcareService.objects.filter(
            remote,
            product__kind=ProductKind.SESSION,
            product__listing__is_shown=True,
            product__listing__earliest_at__gt=now,
        )
        .select_related("product")
        .order_by("product__listing__earliest_at", "pk")[:ASKED]
    )
    times = next_open_slots(services=services, count=_LOOKED_THROUGH, now=now)
    talks = [
        Talk(service, slot)
        for service in services
        if (slot := next((slot for slot in times[service.pk] if set(slot.modes) & set(REMOTE_MODES)), None))
    ]
    return sorted(talks, key=lambda talk: (talk.slot.starts_at, talk.service.pk))[:SHOWN]
