"""The arithmetic of shares, the windows, and who may decide. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from payments.settlement.enums import PayoutState as P
from payments.settlement.models import Payout

#: Changed rules are published at least this long before they count (Art. 34 of the E-Commerce Law).
NOTICE = timedelta(days=7)
#: A confirmed change of a partner's account waits this long, so that the partner can stop it.
ACCOUNT_WAIT = timedelta(hours=24)
#: How long money that arrived may still come back: an account that does not take it.
RETURN_WINDOW = timedelta(days=3)
#: Smaller balances are carried over to the next month.
MINIMUM_PAYOUT_FEN = 10_000
BPS = 10_000

PAYOUT_SOURCES: dict[P, tuple[P, ...]] = {
    P.APPROVED: (P.DRAFT,),
    P.WITHDRAWN: (P.DRAFT, P.APPROVED),
    P.SENT: (P.APPROVED,),
    P.PAID: (P.SENT,),
    P.FAILED: (P.SENT, P.PAID),
}


@dataclass(frozen=True)
class Shares:
    """How a value is divided: (code, bps, fen) per share, and the rest, which is the partner's."""

    lines: tuple[tuple[str, int, int], ...]
    net_fen: int

    @property
    def commission_fen(self) -> int:
        """All shares together."""
        return sum(fen for _code, _bps, fen in self.lines)


def shares_of(value_fen: int, rates: Sequence[tuple[str, int]]) -> Shares:
    """Divide a value: each (code, bps) takes floor(value * bps / 10000), the partner gets the rest.

    Used on what is left of a thing after each refund, never on the refund itself: so the sums stay exact.
    """
    lines = tuple((code, bps, value_fen * bps // BPS) for code, bps in rates)
    return Shares(lines, value_fen - sum(fen for _code, _bps, fen in lines))


def left_of(part_fen: int, *, price_fen: int, refunded_fen: int) -> int:
    """What is left of `part_fen` when `refunded_fen` of the price went back: in proportion, cumulative, exact at the end."""
    if price_fen == 0:
        return part_fen
    return part_fen - part_fen * refunded_fen // price_fen


def month_after(period_on: date) -> date:
    """The first day of the following month."""
    return (period_on.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before this day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def can_retry(payout: Payout) -> bool:
    """A new try starts only from a definite no that nobody has followed up yet."""
    return payout.state == P.FAILED and not hasattr(payout, "retried_by")
