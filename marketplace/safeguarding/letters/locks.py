"""Row locks of letters."""

from uuid import UUID

from .models import LetterThread


def locked_thread(public_id: UUID) -> LetterThread:
    """Return a thread, locked and read after the lock."""
    return LetterThread.objects.select_for_update(of=("self",)).get(public_id=public_id)
