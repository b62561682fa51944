from celery import shared_task

from . import services


@shared_task
def refresh_marked() -> None:
    """Refresh the listings that were marked; sent for by the first mark."""
    services.refresh_marked_listings()


@shared_task
def refresh_stale_listings() -> None:
    """Refresh what time has passed over."""
    services.refresh_stale_listings()
