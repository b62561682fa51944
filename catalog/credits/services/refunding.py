"""Money back for sessions nobody used."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.order.locks import lock_order_with_holdings
from catalog.order.services.refunding import ask_line_refund
from marketplace.accounts.models import User
from payments.enums import RefundReason

from .. import locks
from ..errors import NotForMoney, NothingLeft, NotYourCredits, RefundOfCreditsChanged
from ..models import CreditGrant, CreditRefund
from ..rules import is_bought, value_of_units_fen
from ..selectors import refundable_part


@transaction.atomic(durable=True)
def refund_unused(
    *, grant: CreditGrant, units: int, asked_by: User, shown_fen: int | None = None, now: datetime | None = None
) -> CreditRefund:
    """Give `units` unused sessions of a bought grant back for money: their part of the price, never more than was paid.

    `shown_fen` is the sum the family agreed to.

    Raises: NotYourCredits, NotForMoney, NothingLeft (fewer are left), RefundOfCreditsChanged.
    """
    if grant.owner_id != asked_by.pk:
        raise NotYourCredits
    return return_units(grant_id=grant.pk, units=units, asked_by=asked_by, shown_fen=shown_fen, now=now)


@transaction.atomic
def return_units(
    *, grant_id: int, units: int, asked_by: User, shown_fen: int | None = None, now: datetime | None = None
) -> CreditRefund:
    """As `refund_unused`, whoever asks; joins the caller's transaction."""
    unlocked = CreditGrant.objects.select_related("order_line").get(pk=grant_id)
    if not is_bought(unlocked) or unlocked.order_line is None:
        raise NotForMoney
    lock_order_with_holdings(unlocked.order_line.order_id)
    grant = locks.locked_grant(grant_id)
    if not 1 <= units <= grant.left:
        raise NothingLeft
    amount = dict(refundable_part(grant).sums).get(units, 0)
    if shown_fen is not None and shown_fen != amount:
        raise RefundOfCreditsChanged
    made = CreditRefund.objects.create(grant=grant, units=units, amount_fen=amount, asked_by=asked_by)
    if amount and grant.order_line is not None:
        made.refund = ask_line_refund(
            line=grant.order_line,
            amount_fen=amount,
            reason=RefundReason.UNUSED,
            initiator=asked_by,
            act=str(made.public_id),
        )
        made.save(update_fields=["refund"])
    grant.consumed_fen += value_of_units_fen(grant, units)
    grant.returned += units
    if grant.left == 0 and grant.used == 0:
        grant.ended_at = now or timezone.now()
    grant.save(update_fields=["returned", "consumed_fen", "ended_at"])
    return made
