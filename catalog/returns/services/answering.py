"""The partner answers: yes, and where to; or no, and why."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.fulfilment.models import Shipment
from catalog.fulfilment.rules import may_ship
from marketplace.accounts.models import User

from .. import locks
from ..enums import ReturnState
from ..errors import NotYourReturn, ReturnAddressMissing, ReturnMovedOn, ReturnReasonMissing
from ..models import ReturnRequest
from ..rules import SEND_WITHIN
from . import telling


@transaction.atomic(durable=True)
def approve_return(
    *, request: ReturnRequest, send_to: str, answered_by: User, now: datetime | None = None
) -> ReturnRequest:
    """Let the parcel come back, to an address of the partner; the family has two weeks to hand it in.

    Raises: NotYourReturn, ReturnAddressMissing, ReturnMovedOn.
    """
    if not may_answer(answered_by, request):
        raise NotYourReturn
    return agree(request_id=request.pk, send_to=send_to, answered_by=answered_by, now=now or timezone.now())


@transaction.atomic
def agree(*, request_id: int, send_to: str, answered_by: User | None, now: datetime) -> ReturnRequest:
    """As `approve_return`, for whoever may; joins the caller's transaction."""
    if not send_to.strip():
        raise ReturnAddressMissing
    locked = locks.locked_return(request_id)
    if locked.state != ReturnState.ASKED:
        raise ReturnMovedOn
    locked.state, locked.send_to, locked.send_by = ReturnState.APPROVED, send_to.strip(), now + SEND_WITHIN
    locked.answered_at, locked.answered_by = now, answered_by
    locked.save(update_fields=["state", "send_to", "send_by", "answered_at", "answered_by"])
    telling.tell_family(locked, "approved")
    return locked


@transaction.atomic(durable=True)
def refuse_return(
    *, request: ReturnRequest, refusal: str, answered_by: User, now: datetime | None = None
) -> ReturnRequest:
    """Refuse with a reason the family reads: before it is sent, or because of what arrived.

    Raises: NotYourReturn, ReturnReasonMissing, ReturnMovedOn.
    """
    if not may_answer(answered_by, request):
        raise NotYourReturn
    if not refusal.strip():
        raise ReturnReasonMissing
    now = now or timezone.now()
    locked = locks.locked_return(request.pk)
    if locked.state not in (ReturnState.ASKED, ReturnState.SENT_BACK):
        raise ReturnMovedOn
    if locked.state == ReturnState.SENT_BACK:
        locked.received_at = now
    locked.state, locked.refusal, locked.ended_at = ReturnState.REFUSED, refusal.strip(), now
    locked.answered_at, locked.answered_by = now, answered_by
    locked.save(update_fields=["state", "refusal", "ended_at", "received_at", "answered_at", "answered_by"])
    telling.tell_family(locked, "refused")
    return locked


def may_answer(user: User, request: ReturnRequest) -> bool:
    """Whether this person may answer: whoever may send the partner's parcels."""
    shipment = Shipment.objects.filter(lines=request.line_id).select_related("partner").first()
    return shipment is not None and may_ship(user, shipment)
