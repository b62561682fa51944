from celery import shared_task

from . import journal


@shared_task(name="marketplace.core.encryption.tasks.note_destroyed_keys")
def note_destroyed_keys() -> int:
    """Write down outside the database what a crash kept from being written; asked for by beat."""
    return journal.note_missing()
