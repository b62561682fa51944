"""What the calendar does to licences: warnings before they end, and the end."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..models import Licence
from ..selectors import current_licences, has_successor
from .telling import tell_licence_ends

#: How many days before its end a licence is spoken of.
WARNINGS = (7, 30, 60)


def warn_of_ending_licences(*, now: datetime | None = None) -> int:
    """Tell managers of licences that end within 60, 30 or 7 days, each once; return how many were spoken of.

    One that was renewed already (another of its kind counts on the day after its end) is not spoken of.
    """
    today = timezone.localdate(now or timezone.now())
    told = 0
    for licence in current_licences(today).filter(valid_until_on__isnull=False).select_related("partner"):
        days = (licence.valid_until_on - today).days if licence.valid_until_on else WARNINGS[-1] + 1
        level = next((level for level in WARNINGS if days <= level), None)
        if level is None or (licence.warned_days or level + 1) <= level or has_successor(licence):
            continue
        told += _warn(licence, level, days)
    return told


@transaction.atomic
def _warn(licence: Licence, level: int, days: int) -> int:
    """Write down the level first: two beats at a time speak once."""
    unsaid = Q(warned_days__isnull=True) | Q(warned_days__gt=level)
    if not Licence.objects.filter(unsaid, pk=licence.pk).update(warned_days=level):
        return 0
    tell_licence_ends(licence, days)
    return 1
