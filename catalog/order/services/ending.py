"""Orders nobody paid."""

import logging
from datetime import datetime

from django.utils import timezone

from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.services import release_bookings
from marketplace.accounts.models import User
from payments.enums import EndResult, IntentState
from payments.selectors import open_intent_of
from payments.services import cancel_intent, expire_intent

from ..enums import PAYABLE_KIND, OrderStatus
from ..errors import NotYourOrder, OrderNotOpen, PaymentUnclear
from ..models import Line, Order
from ..rules import may_see
from .reducing import give_reductions_back
from .stock import give_stock_back

logger = logging.getLogger(__name__)


def cancel_order(*, order: Order, cancelled_by: User) -> Order:
    """Give up an unpaid order: at the payment company first, then here; its times and stock are free again.

    Talks to a gateway: call it outside transactions.

    Raises: NotYourOrder, OrderNotOpen (paid or ended already), PaymentUnclear (ask again in a minute).
    """
    if not may_see(cancelled_by, order):
        raise NotYourOrder
    intent = open_intent_of(PAYABLE_KIND, order.pk)
    if intent is None:
        raise OrderNotOpen
    result = cancel_intent(intent_id=intent.pk)
    if result == EndResult.NOT_YET:
        raise PaymentUnclear
    if result == EndResult.PAID:
        raise OrderNotOpen
    order.refresh_from_db()
    return order


def expire_due_orders(*, now: datetime | None = None, limit: int = 200) -> int:
    """End pending orders whose time has come, oldest first, and return how many ended.

    Each at the payment company first: an order paid in the last second is settled instead. One that cannot be ended
    now is tried again by the next beat and stops no other.
    """
    due = Order.objects.filter(status=OrderStatus.PENDING, expires_at__lte=now or timezone.now())
    ended = 0
    for order_id in list(due.order_by("expires_at").values_list("pk", flat=True)[:limit]):
        intent = open_intent_of(PAYABLE_KIND, order_id)
        if intent is None:
            continue
        try:
            ended += expire_intent(intent_id=intent.pk) == EndResult.ENDED
        except Exception:  # one order's trouble is not the others'
            logger.exception("order %s could not be ended", order_id)
    return ended


def release_order(*, order_id: int, reason: str) -> None:
    """Close an unpaid order and free what it holds; repeats do nothing. Not durable: joins payments.

    `reason` is `expired` or `cancelled`, as payments names the end of an intent.
    """
    order = Order.objects.get(pk=order_id)
    if order.status != OrderStatus.PENDING:
        return
    by_family = reason == IntentState.CANCELLED
    bookings = Line.objects.filter(order=order, booking__isnull=False).values_list("booking_id", flat=True)
    release_bookings(booking_ids=list(bookings), cancelled_by=CancelledBy.FAMILY if by_family else CancelledBy.EXPIRY)
    give_stock_back(order)
    give_reductions_back(order, now=timezone.now())
    status = OrderStatus.CANCELLED if by_family else OrderStatus.EXPIRED
    order.set_status(status)
    Order.objects.filter(pk=order.pk).update(closed_at=timezone.now())
    Line.objects.filter(order=order).update(status=status)
