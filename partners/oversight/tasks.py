"""Background work: reports of weeks and months that have ended."""

from celery import shared_task

from . import services


@shared_task
def make_due_reports() -> int:
    """Make what is missing; beat asks each night."""
    return services.make_due_reports()
