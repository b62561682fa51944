"""Row locks of notes."""

from .models import SessionNote


def locked_note(note_id: int) -> SessionNote:
    """Return a note, locked and read after the lock. Raises SessionNote.DoesNotExist."""
    return SessionNote.objects.select_for_update(of=("self",)).select_related("provider").get(pk=note_id)
