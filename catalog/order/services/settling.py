"""Money arrived for an order. Called inside payments' transaction, after the order and its holdings are locked."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.scheduling.services import confirm_bookings
from marketplace.core.errors import Refusal
from payments.payables import Acceptance

from ..enums import OrderStatus
from ..models import Line, Order
from ..signals import order_paid
from . import telling
from .reducing import take_reductions_again
from .stock import take_stock

#: States in which money for an order is welcome: late money may still find its time and stock free.
TAKES_MONEY = (OrderStatus.PENDING, OrderStatus.EXPIRED)


def accept_payment(*, order_id: int, paid_at: datetime, amount_fen: int) -> Acceptance:
    """Make an order paid, its bookings confirmed and its purchases open, or say why not. Not durable: joins payments.

    Money after expiry takes time and stock again where they are still free; else everything stays as it was and the
    family is told that all of it goes back. A repeat does nothing and answers accepted.
    """
    order = Order.objects.select_related("user").get(pk=order_id)
    if order.paid_at is not None:
        return Acceptance.taken()
    refusal = _refusal_reason(order, amount_fen) or _take_holdings(order)
    if refusal:
        telling.tell_payment_refused(order, amount_fen)
        return Acceptance.refused(refusal)
    _mark_paid(order, paid_at)
    order_paid.send(sender=Order, order=order)
    telling.tell_paid(order)
    return Acceptance.taken()


def _refusal_reason(order: Order, amount_fen: int) -> str:
    if order.status not in TAKES_MONEY:
        return f"order_{order.status}"
    return "" if amount_fen == order.total_fen else "amount_differs"


def _take_holdings(order: Order) -> str:
    """Confirm the bookings and take stock that was given back; on a refusal nothing of it is kept."""
    bookings = Line.objects.filter(order=order, booking__isnull=False).values_list("booking_id", flat=True)
    try:
        with transaction.atomic():
            confirm_bookings(booking_ids=list(bookings))
            take_stock(order)
            if order.status == OrderStatus.EXPIRED:
                take_reductions_again(order, now=timezone.now())
    except Refusal as refusal:
        return type(refusal).__name__
    except IntegrityError:
        # The child has meanwhile got another seat of the same group.
        return "conflict"
    return ""


def _mark_paid(order: Order, paid_at: datetime) -> None:
    order.set_status(OrderStatus.PAID)
    order.paid_at = paid_at
    order.closed_at = None
    order.save(update_fields=["paid_at", "closed_at"])
    Line.objects.filter(order=order).update(status=OrderStatus.PAID)
