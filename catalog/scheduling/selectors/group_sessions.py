"""Group sessions that still have seats."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, Q

from ..enums import BookingStatus, OccupancyKind
from ..models import HealthcareService, Occupancy, Provider
from ..timetable import Demand, moment_of
from .slots import Slot


class Session(NamedTuple):
    """A live group session; a seat whose hold has ended counts as left."""

    service_id: int
    occupancy_id: int
    provider_id: int
    starts_at: datetime
    ends_at: datetime
    seats_left: int
    location_id: int | None


def sessions_of(service: HealthcareService, now: datetime) -> list[Session]:
    """Return the sessions of one service to come that have seats left, by time."""
    return sessions_with_seats([service], now).get(service.pk, [])


def sessions_with_seats(services: Collection[HealthcareService], now: datetime) -> dict[int, list[Session]]:
    """Return each service's group sessions to come that have seats left, by time."""
    ended = Count("bookings", filter=Q(bookings__status=BookingStatus.PENDING, bookings__held_until__lte=now))
    rows = (
        Occupancy.objects.filter(
            service__in=services,
            kind=OccupancyKind.GROUP,
            is_live=True,
            provider__is_active=True,
            starts_at__gt=now,
        )
        .order_by("starts_at", "pk")
        .annotate(left=F("seats") - F("seats_taken") + ended)
        .values_list("service_id", "pk", "provider_id", "starts_at", "ends_at", "left", "location_id")
    )
    found: dict[int, list[Session]] = {}
    for session in map(Session._make, rows):
        if session.seats_left > 0:
            found.setdefault(session.service_id, []).append(session)
    return found


def group_slots(
    service: HealthcareService, demand: Demand, sessions: Iterable[Session], provider: Provider | None = None
) -> list[Slot]:
    """Return those sessions as slots that a demand, and a provider where one is named, lets one book."""
    if not demand.modes:
        return []
    return [
        Slot(
            service_id=service.pk,
            starts_at=moment_of(int(session.starts_at.timestamp())),
            ends_at=moment_of(int(session.ends_at.timestamp())),
            provider_ids=(session.provider_id,),
            modes=demand.modes,
            seats_left=session.seats_left,
            occupancy_id=session.occupancy_id,
            location_id=session.location_id,
        )
        for session in sessions
        if demand.earliest <= session.starts_at.timestamp() <= demand.latest
        and (provider is None or provider.pk == session.provider_id)
    ]
