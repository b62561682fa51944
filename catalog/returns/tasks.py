"""Background work of returns."""

from celery import shared_task

from . import services


@shared_task
def tend_returns() -> int:
    """Move what nobody moves; beat calls it every hour."""
    return services.tend_returns()
