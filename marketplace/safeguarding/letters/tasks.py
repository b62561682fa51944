from celery import shared_task

from . import services


@shared_task(name="marketplace.safeguarding.letters.tasks.watch_clocks")
def watch_clocks() -> None:
    """Remind of letters that wait."""
    services.watch_clocks()
