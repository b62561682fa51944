"""What happens by the clock."""

from celery import shared_task

from . import services


@shared_task
def tend_applications() -> int:
    """Remind of questions, and end what nobody answers."""
    return services.tend_applications()
