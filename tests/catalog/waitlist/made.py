"""A service whose one provider works on one Saturday only, and families who wait for it."""

from datetime import time, timedelta
from typing import Any

from catalog.scheduling.models import HealthcareService, Occupancy, Provider, WeeklyAvailability
from tests.factories import make_provider, make_service, next_weekday, shanghai

#: A weekday noon: nobody sleeps, nothing is near.
NOON = shanghai(next_weekday(2), 12)
SATURDAY = NOON.date() + timedelta(days=3)
TEN = shanghai(SATURDAY, 10)


def short_week(from_hour: int = 10, to_hour: int = 11, **fields: Any) -> Provider:
    """A provider who works on Saturdays between two hours."""
    provider = make_provider(weekly=(), **fields)
    WeeklyAvailability.objects.create(
        provider=provider,
        weekday=5,
        from_time=time(from_hour),
        to_time=time(to_hour),
        modes=["in_person", "phone", "video", "text"],
    )
    return provider


def one_hour(*providers: Any, **fields: Any) -> HealthcareService:
    """A service of which one Saturday alone lies within the horizon: one session at ten, unless its providers have more."""
    usual = {"horizon_days": 4, "start_interval_minutes": 60, "modes": ["in_person", "phone"]}
    return make_service(*(providers or [short_week()]), **usual | fields)


def free(occupancy: Occupancy) -> None:
    """Give a time back, past the services."""
    Occupancy.objects.filter(pk=occupancy.pk).update(is_live=False)
