"""Money of orders, and who may do what with one. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from catalog.catalogue.cancellation import Window
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User

from .enums import OrderStatus
from .models import Line, Order

#: How long a placed order waits for its payment.
PAY_WITHIN = timedelta(minutes=30)


#: A time that waits for a parent is free again at the latest so long before it begins: somebody else may still take it.
PARENTS_END_BEFORE = timedelta(hours=2)


#: What one person may give back of a line; above it a second one on finance duty decides.
_ALONE_FEN = {Duty.SUPPORT: 20_000, Duty.FINANCE: 100_000}
#: A partner gives its own money back.
PARTNER_ALONE_FEN = 100_000


def payment_deadline(*, now: datetime, starts: Sequence[datetime], parent_pay_hours: int | None = None) -> datetime:
    """Return until when an order can be paid: in half an hour, never after its earliest session begins.

    `parent_pay_hours`: a parent is asked to pay, and needs time. Where the two hours before the start leave less than
    half an hour, it is an ordinary hold: the young person may still ask, and is told until when.
    """
    ordinary = min([now + PAY_WITHIN, *starts])
    if parent_pay_hours is None:
        return ordinary
    patient = min([now + timedelta(hours=parent_pay_hours), *(start - PARENTS_END_BEFORE for start in starts)])
    return max(ordinary, patient)


def refund_fen(*, price_fen: int, window: Window, claimed_fen: int = 0) -> int:
    """Return what goes back of a line: what the policy's window says, never more than has not been asked back yet."""
    return max(0, min(window.refund_fen(price_fen), price_fen - claimed_fen))


def is_paid_by_credit(line: Line) -> bool:
    """Whether a session of a package pays for a line: it costs nothing, and no voucher made it so."""
    return line.booking_id is not None and line.price_fen == 0 and line.discount_fen == 0


def alone_fen(duties: Collection[str], *, is_partners: bool) -> int:
    """Return up to what sum a person on these duties may give back of a line without a second one; 0 is never."""
    return max([*(_ALONE_FEN.get(Duty(duty), 0) for duty in duties), PARTNER_ALONE_FEN if is_partners else 0])


def may_see(user: User, order: Order) -> bool:
    """Only the person who placed an order sees it here; our staff and partners have their own pages."""
    return bool(user.is_authenticated) and order.user_id == user.pk


def can_be_paid(order: Order, *, now: datetime) -> bool:
    """Whether the family may start paying now."""
    return order.status == OrderStatus.PENDING and order.expires_at is not None and now < order.expires_at
