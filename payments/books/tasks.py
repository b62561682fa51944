"""Background work of the books."""

from celery import shared_task

from payments.books import services


@shared_task
def book_due_bills() -> int:
    """Fetch and compare the bills that should be there; beat calls it every quarter of an hour."""
    return services.book_due_bills()


@shared_task
def return_due() -> int:
    """Send back what people decided on, and ask about what is under way; beat calls it every minute."""
    return services.return_due()


@shared_task
def send_suspense_return_soon(return_id: int) -> None:
    """Send one return just decided on."""
    services.send_suspense_return(return_id=return_id)
