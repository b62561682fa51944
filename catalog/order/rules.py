"""Money of orders, and who may do what with one. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from catalog.catalogue.cancellation import Window
from marketplace.accounts.models import User

from .enums import OrderStatus
from .models import Order

#: How long a placed order waits for its payment.
PAY_WITHIN = timedelta(minutes=30)


def payment_deadline(*, now: datetime, starts: Sequence[datetime]) -> datetime:
    """Return until when an order can be paid: in half an hour, never after its earliest session begins."""
    return min([now + PAY_WITHIN, *starts])


def refund_fen(*, price_fen: int, window: Window, claimed_fen: int = 0) -> int:
    """Return what goes back of a line: what the policy's window says, never more than has not been asked back yet."""
    return max(0, min(window.refund_fen(price_fen), price_fen - claimed_fen))


def may_see(user: User, order: Order) -> bool:
    """Only the person who placed an order sees it here; our staff and partners have their own pages."""
    return bool(user.is_authenticated) and order.user_id == user.pk


def can_be_paid(order: Order, *, now: datetime) -> bool:
    """Whether the family may start paying now."""
    return order.status == OrderStatus.PENDING and order.expires_at is not None and now < order.expires_at
