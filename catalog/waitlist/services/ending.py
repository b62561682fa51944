"""The end of an entry, whoever or whatever ends it."""

from datetime import datetime

from django.db import transaction

from ..enums import EntryState
from ..locks import locked_entry
from ..models import WaitlistEntry


def close(entry: WaitlistEntry, state: EntryState, *, now: datetime) -> None:
    """Note the end of a locked live entry."""
    entry.state, entry.ended_at = state, now
    entry.save(update_fields=["state", "ended_at"])


@transaction.atomic
def end_entry(*, entry_id: int, now: datetime) -> bool:
    """End an entry that can never be served any more; return whether it was live. What is kept for it stays kept."""
    entry = locked_entry(entry_id)
    if not entry.is_live:
        return False
    close(entry, EntryState.ENDED, now=now)
    return True
