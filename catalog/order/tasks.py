"""Background work of orders."""

from celery import shared_task

from catalog.order import services


@shared_task
def expire_due_orders() -> int:
    """End orders nobody paid in time; beat calls it every minute."""
    return services.expire_due_orders()
