"""Background work of sessions paid for ahead."""

from celery import shared_task

from . import services


@shared_task
def tend_credits() -> None:
    """Announce what will end, and end what has; beat calls it every hour."""
    services.remind_of_ending()
    services.end_due_grants()
