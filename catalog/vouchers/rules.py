"""Arithmetic of vouchers, in fen, and who may use one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from marketplace.core.throttling import Pace

#: How fast codes may be tried by one person.
CODE_PACE = Pace("voucher-code", 10, timedelta(seconds=30), timedelta(hours=1), timedelta(hours=6))
#: How many rewards of a kind one person gets in a year: sharing is a kindness, not a trade. What is not named has no end.
REWARDS_A_YEAR = {"feedback": 12, "sharing": 5, "welcome": 1}
REWARD_VALID = timedelta(days=180)
REWARD_FEN = {"feedback": 1_000, "sharing": 2_000, "welcome": 2_000, "sorry": 3_000}
#: Whoever registered longer ago is no newcomer.
NEW_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Terms:
    """What a voucher takes off: a share of the price, or a sum; from a minimum on, up to a most."""

    percent: int | None = None
    amount_fen: int | None = None
    minimum_fen: int = 0
    most_fen: int | None = None
    total_limit: int | None = None
    person_limit: int | None = None

    @property
    def is_sane(self) -> bool:
        """Exactly one kind of discount, and nothing below zero."""
        one_kind = (self.percent is None) != (self.amount_fen is None)
        numbers = (self.percent, self.amount_fen, self.most_fen, self.total_limit, self.person_limit)
        return (
            one_kind
            and self.minimum_fen >= 0
            and all(number is None or number > 0 for number in numbers)
            and (self.percent or 0) <= 100
        )

    def discount_fen(self, total_fen: int) -> int:
        """Return what is taken off a total: never more than the total, nothing below the minimum."""
        if total_fen < self.minimum_fen:
            return 0
        wanted = total_fen * self.percent // 100 if self.percent is not None else (self.amount_fen or 0)
        return min(wanted, total_fen) if self.most_fen is None else min(wanted, total_fen, self.most_fen)


def distributed(discount_fen: int, prices: Sequence[int]) -> list[int]:
    """Split a discount over lines in proportion to their prices, to the fen.

    Largest remainders first, so that the parts sum to the discount exactly and no line is asked for more than its price.
    The discount must not exceed the prices' sum.
    """
    total = sum(prices)
    if not 0 <= discount_fen <= total:
        raise ValueError(discount_fen)
    if not discount_fen:
        return [0] * len(prices)
    parts = [discount_fen * price // total for price in prices]
    rest = discount_fen - sum(parts)
    by_remainder = sorted(range(len(prices)), key=lambda i: (-(discount_fen * prices[i] % total), i))
    for index in by_remainder[:rest]:
        parts[index] += 1
    return parts
