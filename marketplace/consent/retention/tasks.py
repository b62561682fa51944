from celery import shared_task

from . import services


@shared_task(name="marketplace.consent.retention.tasks.apply_retention")
def apply_retention() -> None:
    """Erase what is over."""
    services.apply_retention()
