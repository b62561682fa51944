"""Row locks of data rights. Order: the request, the person's account, the person's profile."""

from uuid import UUID

from marketplace.accounts.models import User
from marketplace.families.models import Child

from .models import Correction, DataRequest


def locked_request(public_id: UUID) -> DataRequest | None:
    """One request, locked and read after the lock."""
    return DataRequest.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()


def claimed_request(request_id: int, claim: UUID) -> DataRequest | None:
    """The request, locked, if this worker's claim still holds."""
    return DataRequest.objects.select_for_update(of=("self",)).filter(pk=request_id, claim=claim).first()


def locked_correction(public_id: UUID) -> Correction | None:
    """One correction with its request, both locked."""
    rows = Correction.objects.select_for_update(of=("self", "request")).select_related("request")
    return rows.filter(public_id=public_id).first()


def lock_person(*, user_id: int | None, child_id: int | None) -> None:
    """Lock a person's account and profile: booking takes these locks too, so nothing is booked meanwhile."""
    if child_id:
        list(Child.objects.select_for_update(no_key=True).filter(pk=child_id).values_list("pk"))
    if user_id:
        list(User.objects.select_for_update(no_key=True).filter(pk=user_id).values_list("pk"))
