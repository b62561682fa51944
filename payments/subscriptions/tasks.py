"""Background work of plans."""

from celery import shared_task

from payments.subscriptions import services


@shared_task
def advance_due() -> int:
    """Announce, renew, try again and end what is due; beat calls it every minute."""
    return services.advance_due()


@shared_task
def end_agreement_soon(agreement_id: int) -> None:
    """Tell a company that an agreement is over."""
    services.check_agreement(agreement_id=agreement_id)
