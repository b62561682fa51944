"""Whether something that is tried out is on, here and today."""

from datetime import date

from django.utils import timezone

from .models import Pilot


def is_open(slug: str, district: str, on: date | None = None) -> bool:
    """Return whether a pilot runs in this district; off for one that nobody opened, and everywhere else."""
    on = on or timezone.localdate()
    running = Pilot.objects.filter(
        slug=slug, districts__contains=[district], begins_on__lte=on, ends_on__gte=on, stopped_at=None
    )
    return bool(district) and running.exists()
