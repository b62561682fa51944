"""The lock of the sealers."""

from django.db import connection

#: Any number of our own; every sealer takes the same.
_SEALING = 7_236_001


def hold_sealing_lock() -> None:
    """Let one sealer at a time go on, until its transaction ends: two would both carry on from the same link."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALING])
