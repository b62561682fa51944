"""Every row lock of the books. They are taken before any lock of payments."""

from uuid import UUID

from payments.books.models import BookedBill, Decision, Difference, SuspenseReturn


def locked_bill(bill_id: int) -> BookedBill:
    """The bill, locked and read after the lock."""
    return BookedBill.objects.select_for_update().get(pk=bill_id)


def locked_difference(public_id: UUID) -> Difference:
    """The difference, locked and read after the lock."""
    return Difference.objects.select_for_update().get(public_id=public_id)


def locked_decision(public_id: UUID) -> Decision:
    """The decision, locked and read after the lock; its difference, if it has one, locked first."""
    unlocked = Decision.objects.only("difference_id").get(public_id=public_id)
    if unlocked.difference_id is not None:
        Difference.objects.select_for_update().get(pk=unlocked.difference_id)
    return Decision.objects.select_for_update(of=("self",)).select_related("difference").get(pk=unlocked.pk)


def locked_return(return_id: int) -> SuspenseReturn:
    """The return, locked and read after the lock."""
    return SuspenseReturn.objects.select_for_update(of=("self",)).select_related("decision").get(pk=return_id)
