"""Opening a pilot, and stopping it early."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from .models import Pilot


def open_pilot(
    *,
    slug: str,
    title: str,
    purpose: str,
    districts: Sequence[str],
    evaluated_by: str,
    begins_on: date,
    ends_on: date,
) -> Pilot:
    """Open a pilot; one of this name is opened once."""
    pilot, _ = Pilot.objects.get_or_create(
        slug=slug,
        defaults={
            "title": title,
            "purpose": purpose,
            "districts": list(districts),
            "evaluated_by": evaluated_by,
            "begins_on": begins_on,
            "ends_on": ends_on,
        },
    )
    return pilot


def stop_pilot(pilot: Pilot, *, now: datetime | None = None) -> None:
    """Stop a pilot before its end; stopping it again changes nothing."""
    Pilot.objects.filter(pk=pilot.pk, stopped_at=None).update(stopped_at=now or timezone.now())
