"""Background work of grants."""

from celery import shared_task

from payments.grants import services


@shared_task
def close_due_funds() -> int:
    """Give back what is left of funds whose time is over; beat calls it every hour."""
    return services.close_due_funds()
