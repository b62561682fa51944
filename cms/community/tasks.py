"""What runs by itself."""

from celery import shared_task

from .services.withdrawing import erase_withdrawn


@shared_task(ignore_result=True)
def erase_taken_back() -> None:
    """Erase what was taken back more than half an hour ago, and drafts of yesterday."""
    erase_withdrawn()
