"""Background work of orders."""

from celery import shared_task

from catalog.order import services


@shared_task
def expire_due_orders() -> int:
    """End orders nobody paid in time; beat calls it every minute."""
    return services.expire_due_orders()


@shared_task
def tend_requests() -> None:
    """End unanswered requests, and decide group sessions; beat calls it every minute."""
    services.lapse_requests()
    services.decide_groups()


@shared_task
def refund_missed() -> int:
    """Give back what policies say of missed sessions; beat calls it every hour."""
    return services.refund_missed()
