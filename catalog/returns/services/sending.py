"""The family hands the parcel in."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from .. import locks
from ..enums import ReturnState
from ..errors import NotYourReturn, ReturnMovedOn, ReturnTrackingMissing
from ..models import ReturnRequest
from . import telling


@transaction.atomic(durable=True)
def mark_sent_back(
    *, request: ReturnRequest, carrier: str, tracking_number: str, sent_by: User, now: datetime | None = None
) -> ReturnRequest:
    """Say that the parcel is on its way back. Raises: NotYourReturn, ReturnTrackingMissing, ReturnMovedOn."""
    if not carrier.strip() or not tracking_number.strip():
        raise ReturnTrackingMissing
    locked = locks.locked_return(request.pk)
    if locked.asked_by_id != sent_by.pk:
        raise NotYourReturn
    if locked.state != ReturnState.APPROVED:
        raise ReturnMovedOn
    locked.state, locked.sent_at = ReturnState.SENT_BACK, now or timezone.now()
    locked.carrier, locked.tracking_number = carrier.strip(), tracking_number.strip()
    locked.save(update_fields=["state", "sent_at", "carrier", "tracking_number"])
    telling.tell_partner(locked, "sent")
    return locked
