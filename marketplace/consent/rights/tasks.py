"""Background work of data rights."""

from celery import shared_task

from . import services


@shared_task
def run_waiting_requests() -> int:
    """Carry out requests whose time has come; the beat calls it, and asking for a copy does."""
    return services.run_due_requests()
