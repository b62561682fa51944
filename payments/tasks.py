"""Background work of payments."""

from celery import shared_task

from payments import services


@shared_task
def reconcile_due() -> int:
    """Look again at everything due; beat calls it every half minute."""
    return services.reconcile_due()


@shared_task
def send_refund_soon(refund_id: int) -> None:
    """Send one refund just asked for."""
    services.send_refund(refund_id=refund_id)
