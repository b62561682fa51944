"""Writing down how long somebody played."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from marketplace.accounts.models import User

from ..models import GameDay
from ..rules.games import CAP_SECONDS, seconds_left


@transaction.atomic(durable=True)
def note_play(*, owner: User, seconds: int, today: date | None = None) -> int:
    """Add seconds to today's time, all games together, and return how many are left; never more than the cap."""
    day = GameDay.objects.get_or_create(owner=owner, played_on=today or timezone.localdate())[0]
    added = max(0, min(seconds, CAP_SECONDS))
    GameDay.objects.filter(pk=day.pk).update(seconds=Least(F("seconds") + added, CAP_SECONDS))
    day.refresh_from_db()
    return seconds_left(day.seconds)
