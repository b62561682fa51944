"""What passes by itself: days that come, entries that grow old. Nothing waits for it but what it does."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..enums import LIVE_ENTRY_STATES, EntryState
from ..locks import locked_entry
from ..models import WaitlistEntry
from ..rules import LONGEST_WAIT, is_overdue
from ..selectors import overdue_entries
from .ending import close
from .telling import tell_ended, tell_partner_unmet, tell_unmet


def tend_waitlist(*, now: datetime | None = None) -> int:
    """End entries whose days are over, and flag those who should have been seen by now; return how many changed."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    over = Q(to_on__lt=today) | Q(joined_at__lt=now - LONGEST_WAIT)
    # Somebody who decides at the moment is left alone until they have.
    waiting = WaitlistEntry.objects.filter(over, state__in=(EntryState.WAITING, EntryState.PAUSED))
    late = overdue_entries(today=today).filter(unmet_at=None).exclude(state=EntryState.OFFERED)
    ended = sum(_end(pk, now) for pk in list(waiting.values_list("pk", flat=True)))
    return ended + sum(_flag(pk, today, now) for pk in list(late.values_list("pk", flat=True)))


@transaction.atomic(durable=True)
def _end(entry_id: int, now: datetime) -> bool:
    entry = locked_entry(entry_id)
    if entry.state not in (EntryState.WAITING, EntryState.PAUSED):
        return False
    close(entry, EntryState.ENDED, now=now)
    tell_ended(entry)
    return True


@transaction.atomic(durable=True)
def _flag(entry_id: int, today: date, now: datetime) -> bool:
    entry = locked_entry(entry_id)
    if entry.state not in LIVE_ENTRY_STATES or entry.unmet_at is not None or not is_overdue(entry, today):
        return False
    entry.unmet_at = now
    entry.save(update_fields=["unmet_at"])
    tell_unmet(entry)
    tell_partner_unmet(entry)
    return True
