"""What comes back when paid sessions are cancelled, line by line: the same arithmetic for the page and for the act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.catalogue.cancellation import Window
from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.models import BookingSeries
from catalog.scheduling.rules import PAID_AHEAD, window_of
from catalog.scheduling.selectors.bookings import ids_taken_together
from marketplace.accounts.models import User

from .models import Line
from .rules import is_paid_by_credit, refund_fen
from .selectors import claimed_fen, lines_of_bookings


@dataclass(frozen=True)
class LineQuote:
    """What a cancellation of one session gives back: money, or a session of a package."""

    line: Line
    window: Window
    refund_fen: int

    @property
    def is_credit(self) -> bool:
        return is_paid_by_credit(self.line)

    @property
    def is_credit_back(self) -> bool:
        """A package's session comes back in the free window, and whenever it was not the family that cancelled."""
        return self.is_credit and self.window.is_free


@dataclass(frozen=True)
class CancellationQuote:
    """Sessions that would be cancelled in one go, and what comes back of them together."""

    lines: Sequence[LineQuote]

    @property
    def refund_fen(self) -> int:
        return sum(quote.refund_fen for quote in self.lines)

    @property
    def paid_fen(self) -> int:
        return sum(quote.line.price_fen for quote in self.lines)

    @property
    def credits_back(self) -> int:
        """How many sessions of packages come back."""
        return sum(quote.is_credit_back for quote in self.lines)


def line_quote(line: Line, *, window: Window) -> LineQuote:
    """Return what a window gives back of a line; nothing of an order nobody paid: its end is payments' business."""
    if line.order.paid_at is None:
        return LineQuote(line, window, 0)
    return LineQuote(line, window, refund_fen(price_fen=line.price_fen, window=window, claimed_fen=claimed_fen(line)))


def quote_cancellation(lines: Sequence[Line], *, now: datetime) -> CancellationQuote:
    """Return what the family gets back when it cancels these sessions at `now`."""
    return CancellationQuote(
        [
            line_quote(line, window=window_of(line.booking, cancelled_by=CancelledBy.FAMILY, now=now))
            for line in lines
            if line.booking is not None
        ]
    )


def lines_cancelled_with(line: Line) -> list[Line]:
    """Return a session's line, first, and those of the places that were taken together with it and are not over."""
    if line.booking_id is None:
        return []
    lines = lines_of_bookings(ids_taken_together(line.booking_id))
    lines = [each for each in lines if each.order_id == line.order_id]
    return sorted(lines, key=lambda each: (each.pk != line.pk, each.pk))


def lines_of_series(series: BookingSeries, *, user: User, now: datetime) -> list[Line]:
    """Return the lines of a series' paid sessions to come that this person bought, the next one first."""
    found = series.bookings.filter(status__in=PAID_AHEAD, starts_at__gt=now).values_list("pk", flat=True)
    lines = [line for line in lines_of_bookings(list(found)) if line.order.user_id == user.pk and line.order.paid_at]
    return sorted(lines, key=lambda line: line.booking.starts_at if line.booking else now)
