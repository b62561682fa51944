"""Background work of the capacity report."""

from celery import shared_task

from . import services


@shared_task
def note_exposures() -> int:
    """Write the counts of what listings showed into the table; beat calls it every five minutes."""
    return services.note_exposures()
