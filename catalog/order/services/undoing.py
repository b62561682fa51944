"""Taking a paid order back whole, because a guardian does not assent to what a young person paid alone."""

from django.utils import timezone

from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.services import release_bookings
from marketplace.accounts.models import User
from payments.enums import RefundReason

from ..delivery import is_delivered
from ..models import Line, Order
from ..selectors import claimed_fen
from ..signals import order_undone
from . import telling
from .refunding import ask_line_refund
from .stock import give_stock_back


def undo_order(*, order_id: int, guardian: User) -> bool:
    """Give every time and unit back and ask for all the money, whatever the cancellation policy says.

    False, and nothing done, when any of it was delivered. Not durable: the caller holds the locks of the order and what
    it holds. Civil Code, art. 157: what was received is given back.
    """
    order = Order.objects.get(pk=order_id)
    lines = list(
        Line.objects.filter(order=order)
        .select_related("booking__occupancy__provider__partner", "booking__occupancy__provider__user")
        .order_by("pk")
    )
    now = timezone.now()
    if order.paid_at is None or any(is_delivered(line, now=now) for line in lines):
        return False
    booked = [line for line in lines if line.booking is not None]
    release_bookings(
        booking_ids=[line.booking.pk for line in booked if line.booking], cancelled_by=CancelledBy.FAMILY, now=now
    )
    give_stock_back(order)
    order_undone.send(sender=Order, order=order)
    for line in lines:
        if left := line.price_fen - claimed_fen(line):
            ask_line_refund(line=line, amount_fen=left, reason=RefundReason.NOT_RATIFIED, initiator=guardian)
    for line in booked:
        telling.tell_provider_cancelled(line)
    return True
