"""Cancelling a paid session: the time is free again, and what the policy says goes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.errors import BookingEnded, NotYourBooking
from catalog.scheduling.models import Booking, BookingSeries
from catalog.scheduling.rules import may_mark_attendance
from catalog.scheduling.services import cancel_booking
from catalog.vouchers.services import compensate_cancelled
from marketplace.accounts.models import User
from payments.enums import RefundReason

from .. import locks
from ..cancellations import LineQuote, line_quote, lines_cancelled_with, lines_of_series
from ..covering import cover
from ..enums import Why
from ..errors import RefundChanged
from ..models import Line, Order
from ..rules import may_see
from . import telling
from .refunding import ask_line_refund

#: The provider had said yes, and takes it back.
TAKEN_BACK = (Why.CANCELLED, Why.CALLED_OFF)
REASONS = {CancelledBy.FAMILY: RefundReason.FAMILY_CANCELLED, CancelledBy.PROVIDER: RefundReason.PROVIDER_CANCELLED}


@dataclass(frozen=True)
class CancelledLine:
    """A cancelled session, how much of its price is on its way back, and whether a package's session came back.

    `others`: what was taken together with it and ended with it.
    """

    line: Line
    booking: Booking
    refund_fen: int
    is_credit_back: bool = False
    others: Sequence["CancelledLine"] = ()

    @property
    def total_refund_fen(self) -> int:
        """What comes back of all of it."""
        return self.refund_fen + sum(other.refund_fen for other in self.others)


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

    Places taken together end together. `shown_refund_fen` is the sum the family agreed to, of all of them. The refund is
    asked for in the same transaction and sent after. A provider that cancels when the family could not any more without
    loss owes it more than the price: see `compensate_cancelled`.

    Raises: NotYourBooking, TooLateToChange, BookingEnded (from scheduling), RefundChanged.
    """
    line = locked_line(booking_id)
    if not _may_cancel(initiator, line.order, line, cancelled_by):
        raise NotYourBooking
    cancelled = end_lines(lines_cancelled_with(line), by=cancelled_by, initiator=initiator, now=now or timezone.now())
    _refuse_other_sum(cancelled, shown_refund_fen)
    return CancelledLine(
        cancelled[0].line,
        cancelled[0].booking,
        cancelled[0].refund_fen,
        cancelled[0].is_credit_back,
        tuple(cancelled[1:]),
    )


@transaction.atomic(durable=True)
def cancel_series(
    *, series: BookingSeries, initiator: User, shown_refund_fen: int | None = None, now: datetime | None = None
) -> list[CancelledLine]:
    """Cancel all sessions of a series that lie ahead, for the family that bought them; each by its own window.

    Raises: BookingEnded (none is left), RefundChanged.
    """
    now = now or timezone.now()
    locks.lock_orders_with_holdings(
        Line.objects.filter(booking__series=series, order__user=initiator).values_list("order_id", flat=True)
    )
    lines = lines_of_series(series, user=initiator, now=now)
    if not lines:
        raise BookingEnded
    cancelled = end_lines(lines, by=CancelledBy.FAMILY, initiator=initiator, now=now)
    _refuse_other_sum(cancelled, shown_refund_fen)
    return cancelled


def end_lines(
    lines: Sequence[Line],
    *,
    by: CancelledBy,
    initiator: User | None,
    now: datetime,
    why: Why = Why.CANCELLED,
    words: str = "",
) -> list[CancelledLine]:
    """Cancel sessions of one order and give back what they are worth; tell both sides once.

    Joins the caller's transaction, which holds the locks of the order and of what it holds. `words`: a sentence for the
    family, fit for a stranger's eyes.
    """
    owed = [line for line in lines if by == CancelledBy.PROVIDER and why in TAKEN_BACK and _is_late(line, now)]
    cancelled = [_end_line(line, by=by, initiator=initiator, now=now) for line in lines]
    for line in owed[:1]:
        if line.booking is not None:
            compensate_cancelled(person=line.booking.booked_by, booking=line.booking, now=now)
    telling.tell_sessions_cancelled(
        [each.line for each in cancelled],
        by=by,
        amount_fen=sum(each.refund_fen for each in cancelled),
        credits_back=sum(each.is_credit_back for each in cancelled),
        why=why,
        words=words,
    )
    return cancelled


def _end_line(line: Line, *, by: CancelledBy, initiator: User | None, now: datetime) -> CancelledLine:
    if line.booking_id is None:
        raise NotYourBooking
    cancellation = cancel_booking(booking_id=line.booking_id, cancelled_by=by, now=now)
    quote = line_quote(line, window=cancellation.window)
    if quote.refund_fen:
        ask_line_refund(line=line, amount_fen=quote.refund_fen, reason=REASONS[by], initiator=initiator)
    is_back = quote.is_credit_back and _give_credit_back(quote, now)
    return CancelledLine(line, cancellation.booking, quote.refund_fen, is_back)


def _give_credit_back(quote: LineQuote, now: datetime) -> bool:
    return bool(quote.line.booking_id and cover().give_back(booking_ids=[quote.line.booking_id], now=now))


def locked_line(booking_id: int) -> Line:
    """Return a booking's line, read after its order and all that it holds were locked."""
    order_id = Line.objects.filter(booking_id=booking_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotYourBooking
    locks.lock_order_with_holdings(order_id)
    return Line.objects.select_related("order", "booking__occupancy__provider__partner").get(booking_id=booking_id)


def _may_cancel(initiator: User, order: Order, line: Line, cancelled_by: CancelledBy) -> bool:
    if cancelled_by == CancelledBy.FAMILY:
        return may_see(initiator, order)
    return line.booking is not None and may_mark_attendance(initiator, line.booking)


def _is_late(line: Line, now: datetime) -> bool:
    """Whether a paid session is fixed and so near that its family could not cancel it any more without loss."""
    booking = line.booking
    if booking is None or line.order.paid_at is None or not _was_fixed(booking):
        return False
    return not booking.cancellation_policy.window_at(starts_at=booking.occupancy.starts_at, now=now).is_free


def _was_fixed(booking: Booking) -> bool:
    """Whether the provider had said yes. Places of a group that was called off are on their way out already."""
    return booking.status == BookingStatus.BOOKED or not booking.occupancy.is_live


def _refuse_other_sum(cancelled: Sequence[CancelledLine], shown_refund_fen: int | None) -> None:
    """Raises RefundChanged: what comes back is not what the family saw."""
    if shown_refund_fen is not None and shown_refund_fen != sum(each.refund_fen for each in cancelled):
        raise RefundChanged
