"""How long somebody played."""

from datetime import date
from typing import Any

from django.utils import timezone

from ..models import GameDay


def seconds_played(user: Any, today: date | None = None) -> int:
    """Return the seconds a person spent in the games today; 0 for whoever is not signed in."""
    if not user.is_authenticated:
        return 0
    found = GameDay.objects.filter(owner=user, played_on=today or timezone.localdate())
    return found.values_list("seconds", flat=True).first() or 0
