from celery import shared_task

from . import services


@shared_task(name="marketplace.consent.complaints.tasks.watch_clocks")
def watch_clocks() -> None:
    """Tell about promises that end."""
    services.watch_clocks()
