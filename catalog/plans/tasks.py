from celery import shared_task

from . import services


@shared_task
def tend_plans() -> None:
    """Keep what was promised: look for times again, wait where there are none, say where the day has come."""
    services.tend_plans()
