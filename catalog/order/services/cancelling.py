"""Cancelling a paid session: the time is free again, and what the policy says goes back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.catalogue.cancellation import Window
from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.errors import NotYourBooking
from catalog.scheduling.models import Booking
from catalog.scheduling.rules import may_mark_attendance
from catalog.scheduling.services import cancel_booking
from marketplace.accounts.models import User
from payments.enums import RefundReason

from .. import locks
from ..covering import cover
from ..errors import RefundChanged
from ..models import Line, Order
from ..rules import is_paid_by_credit, may_see, refund_fen
from ..selectors import claimed_fen
from . import telling
from .refunding import ask_line_refund

REASONS = {CancelledBy.FAMILY: RefundReason.FAMILY_CANCELLED, CancelledBy.PROVIDER: RefundReason.PROVIDER_CANCELLED}


@dataclass(frozen=True)
class CancelledLine:
    """A cancelled session, how much of its price is on its way back, and whether a package's session came back."""

    line: Line
    booking: Booking
    refund_fen: int
    is_credit_back: bool = False


@transaction.atomic(durable=True)
def cancel_booked_line(
    *,
    booking_id: int,
    cancelled_by: CancelledBy,
    initiator: User,
    shown_refund_fen: int | None = None,
    now: datetime | None = None,
) -> CancelledLine:
    """Cancel a session for the family (the policy's share goes back) or for the provider (all of it does).

    `shown_refund_fen` is the sum the family agreed to. The refund is asked for in the same transaction and sent after.

    Raises: NotYourBooking, TooLateToChange, BookingEnded (from scheduling), RefundChanged.
    """
    now = now or timezone.now()
    line = Line.objects.filter(booking_id=booking_id).select_related("order").first()
    if line is None:
        raise NotYourBooking
    order = locks.lock_order_with_holdings(line.order_id)
    line = Line.objects.select_related("booking__occupancy__provider__partner").get(pk=line.pk)
    if not _may_cancel(initiator, order, line, cancelled_by):
        raise NotYourBooking
    cancellation = cancel_booking(booking_id=booking_id, cancelled_by=cancelled_by, now=now)
    amount = _what_goes_back(order, line, cancellation.window)
    if shown_refund_fen is not None and shown_refund_fen != amount:
        raise RefundChanged
    if amount:
        ask_line_refund(line=line, amount_fen=amount, reason=REASONS[cancelled_by], initiator=initiator)
    is_credit_back = is_paid_by_credit(line) and cancellation.window.is_free and _give_credit_back(line, now)
    telling.tell_session_cancelled(order, line, by=cancelled_by, amount_fen=amount, is_credit_back=is_credit_back)
    return CancelledLine(line, cancellation.booking, amount, is_credit_back)


def _give_credit_back(line: Line, now: datetime) -> bool:
    """A package's session comes back in the free window, and whenever it was not the family that cancelled."""
    return bool(line.booking_id and cover().give_back(booking_ids=[line.booking_id], now=now))


def _may_cancel(initiator: User, order: Order, line: Line, cancelled_by: CancelledBy) -> bool:
    if cancelled_by == CancelledBy.FAMILY:
        return may_see(initiator, order)
    return line.booking is not None and may_mark_attendance(initiator, line.booking)


def _what_goes_back(order: Order, line: Line, window: Window) -> int:
    """Nothing of an order nobody paid; its end is payments' business."""
    if order.paid_at is None:
        return 0
    return refund_fen(price_fen=line.price_fen, window=window, claimed_fen=claimed_fen(line))
