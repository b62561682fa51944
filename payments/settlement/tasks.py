"""Background work of settlement."""

from celery import shared_task

from payments.settlement import services


@shared_task
def close_month() -> int:
    """Draw up last month's statements and propose payouts; beat calls it every night, and it does its work once a month."""
    return services.close_month()


@shared_task
def check_due_payouts() -> int:
    """Ask about sent payouts; beat calls it every minute."""
    return services.check_due_payouts()
