from celery import shared_task

from . import services


@shared_task(name="marketplace.consent.council.tasks.close_due_questions")
def close_due_questions() -> None:
    """Count what has ended, and tell of late answers."""
    services.close_due_questions()
