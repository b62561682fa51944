"""Background work of fapiao."""

from celery import shared_task

from payments.fapiao import services


@shared_task
def catch_up_with_refunds() -> int:
    """Follow money that left by any other way; beat calls it every hour."""
    return services.catch_up_with_refunds()
