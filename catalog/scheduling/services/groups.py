"""Group sessions: one occupancy with several seats."""

from datetime import datetime, timedelta

from django.utils import timezone

from ..enums import OccupancyKind
from ..errors import SlotInThePast, SlotNotOffered
from ..locks import lock_provider_of_service
from ..models import HealthcareService, Occupancy, Provider
from ..retry import retried
from .places import announce, refusing_overlaps, release_expired_holds_of


@retried
def schedule_group_session(
    *,
    service: HealthcareService,
    provider: Provider,
    starts_at: datetime,
    seats: int,
    now: datetime | None = None,
) -> Occupancy:
    """Put a group session into a provider's time, inside the weekly hours or not.

    Raises:
        SlotInThePast: it would already have begun.
        SlotNotOffered: the provider does not give this service, or it is not on sale.
        SlotTaken: the provider has something else then.
    """
    now = now or timezone.now()
    if starts_at <= now:
        raise SlotInThePast
    ends_at = starts_at + timedelta(minutes=service.duration_minutes)
    with refusing_overlaps():
        if not lock_provider_of_service(provider_id=provider.pk, service_id=service.pk):
            raise SlotNotOffered
        release_expired_holds_of(provider.pk, now=now)
        session = Occupancy.objects.create(
            provider=provider,
            service=service,
            location_id=service.location_id,
            kind=OccupancyKind.GROUP,
            busy_from=starts_at - timedelta(minutes=service.buffer_before_minutes),
            starts_at=starts_at,
            ends_at=ends_at,
            busy_until=ends_at + timedelta(minutes=service.buffer_minutes),
            seats=seats,
        )
        announce([provider.pk])
    return session
