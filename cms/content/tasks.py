"""What happens to the library by the clock."""

from celery import shared_task

from .editing.services import publish_due_items
from .services import reaching


@shared_task
def publish_due() -> int:
    """Publish what was planned for now and has its review; return how many."""
    return len(publish_due_items())


@shared_task
def fold_help_reach() -> int:
    """Put what was counted of the way to help into rows; return how many changed."""
    return reaching.fold_help_reach()
