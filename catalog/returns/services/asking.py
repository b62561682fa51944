"""A family asks to send something back, or thinks again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.catalogue.enums import ReturnRule
from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Shipment
from catalog.order.locks import lock_order_with_holdings
from catalog.order.models import Line
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers

from .. import locks
from ..enums import OPEN_RETURN_STATES, ReturnState
from ..errors import (
    NotReturnable,
    NotSentYet,
    NotYourReturn,
    OpenedAlready,
    ReturnMovedOn,
    ReturnOpen,
    ReturnTooLate,
    ReturnTooMany,
)
from ..models import ReturnRequest
from ..rules import RETURNABLE, return_until
from ..selectors import units_going_back, worth_fen
from . import telling


@transaction.atomic(durable=True)
def ask_return(
    *,
    line: Line,
    quantity: int,
    asked_by: User,
    reason: str = "",
    is_unopened: bool = False,
    now: datetime | None = None,
) -> ReturnRequest:
    """Ask to send units of a line back within seven days of receipt. No reason is needed; the partner is told.

    `is_unopened`: the family says so, where only unopened goods come back.

    Raises: NotYourReturn, NotSentYet, NotReturnable, OpenedAlready, ReturnTooLate, ReturnOpen, ReturnTooMany.
    """
    now = now or timezone.now()
    order = lock_order_with_holdings(line.order_id)
    if order.user_id != asked_by.pk or order.paid_at is None:
        raise NotYourReturn
    line = Line.objects.select_related("order", "partner").get(pk=line.pk)
    _refuse_by_law(line, is_unopened=is_unopened, now=now)
    if ReturnRequest.objects.filter(line=line, state__in=OPEN_RETURN_STATES).exists():
        raise ReturnOpen
    before = units_going_back(line)
    if not 1 <= quantity <= line.quantity - before:
        raise ReturnTooMany
    made = ReturnRequest.objects.create(
        line=line,
        quantity=quantity,
        asked_by=asked_by,
        asked_at=now,
        reason=without_identity_numbers(reason.strip()),
        refund_fen=worth_fen(line, units=quantity, before=before),
    )
    telling.tell_partner(made, "asked")
    return made


def _refuse_by_law(line: Line, *, is_unopened: bool, now: datetime) -> None:
    shipment = Shipment.objects.filter(lines=line).exclude(status=ShipmentStatus.STOPPED).first()
    until = return_until(shipment) if shipment else None
    if until is None:
        raise NotSentYet
    if line.return_rule not in RETURNABLE:
        raise NotReturnable
    if line.return_rule == ReturnRule.UNOPENED and not is_unopened:
        raise OpenedAlready
    if now >= until:
        raise ReturnTooLate


@transaction.atomic(durable=True)
def withdraw_return(*, request: ReturnRequest, withdrawn_by: User, now: datetime | None = None) -> ReturnRequest:
    """Keep it after all, as long as nothing is on its way. Raises: NotYourReturn, ReturnMovedOn."""
    locked = locks.locked_return(request.pk)
    if locked.asked_by_id != withdrawn_by.pk:
        raise NotYourReturn
    if locked.state not in (ReturnState.ASKED, ReturnState.APPROVED):
        raise ReturnMovedOn
    locked.state, locked.ended_at = ReturnState.WITHDRAWN, now or timezone.now()
    locked.save(update_fields=["state", "ended_at"])
    telling.tell_partner(locked, "withdrawn")
    return locked
