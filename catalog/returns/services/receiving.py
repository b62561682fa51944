"""The parcel is back: the stock has its units again, the family its money."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalog.order.locks import lock_order_with_holdings
from catalog.order.services.refunding import ask_line_refund
from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from payments.enums import RefundReason

from .. import locks
from ..enums import COUNTING_STATES, ReturnState
from ..errors import NotYourReturn, ReturnMovedOn
from ..models import ReturnRequest
from ..selectors import units_going_back, worth_fen
from . import telling
from .answering import may_answer


@transaction.atomic(durable=True)
def receive_return(
    *, request: ReturnRequest, is_sellable: bool, received_by: User, now: datetime | None = None
) -> ReturnRequest:
    """Note that the goods are back, and send the money back in the same act; sellable units can be bought again.

    Raises: NotYourReturn, ReturnMovedOn.
    """
    if not may_answer(received_by, request):
        raise NotYourReturn
    lock_order_with_holdings(request.line.order_id)
    locked = locks.locked_return(request.pk)
    if locked.state != ReturnState.SENT_BACK:
        raise ReturnMovedOn
    before = units_going_back(locked.line) - (locked.quantity if locked.state in COUNTING_STATES else 0)
    locked.refund_fen = worth_fen(locked.line, units=locked.quantity, before=before)
    locked.state, locked.received_at, locked.is_restocked = ReturnState.RECEIVED, now or timezone.now(), is_sellable
    if locked.refund_fen:
        locked.refund = ask_line_refund(
            line=locked.line,
            amount_fen=locked.refund_fen,
            reason=RefundReason.RETURNED,
            initiator=received_by,
            act=str(locked.public_id),
        )
    else:
        locked.state, locked.ended_at = ReturnState.REFUNDED, locked.received_at
    locked.save()
    if is_sellable:
        _restock(locked)
    telling.tell_family(locked, "received")
    return locked


def _restock(request: ReturnRequest) -> None:
    """Stock that is counted has these units again."""
    StockRecord.objects.filter(pk=request.line.stockrecord_id, num_in_stock__isnull=False).update(
        num_in_stock=F("num_in_stock") + request.quantity
    )


def note_refunded(*, refund_id: UUID, now: datetime | None = None) -> None:
    """The family has its money: the return is over. Joins the refund's transaction; any other refund is left alone."""
    ReturnRequest.objects.filter(refund__public_id=refund_id, state=ReturnState.RECEIVED).update(
        state=ReturnState.REFUNDED, ended_at=now or timezone.now()
    )
