"""Locks of retention. House order: these come before any other lock."""

from django.db import connection

from .models import LegalHold, RetentionRun

#: Any number no other advisory lock of the house uses.
_ERASING = 81_203_001


def lock_erasing() -> None:
    """Wait until nobody else erases or sets a hold, and keep them out until the transaction ends.

    Without it a hold could be set between the reading of holds and the erasing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ERASING])


def locked_hold(hold_id: int) -> LegalHold:
    """Return a hold, locked and read after the lock."""
    return LegalHold.objects.select_for_update(of=("self",)).get(pk=hold_id)


def locked_run(run_id: int) -> RetentionRun:
    """Return a run, locked and read after the lock."""
    return RetentionRun.objects.select_for_update().get(pk=run_id)
