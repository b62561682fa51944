"""What partners earn and are paid, and the published rules it follows. No workflow here."""

from .earnings import ClawBack, ClawBackLine, Earning, EarningLine
from .fees import FeeLine, FeeVersion
from .payouts import Payee, Payout, PayoutAccount, Statement

__all__ = [
    "ClawBack",
    "ClawBackLine",
    "Earning",
    "EarningLine",
    "FeeLine",
    "FeeVersion",
    "Payee",
    "Payout",
    "PayoutAccount",
    "Statement",
]
