"""What a company's books say: its daily bill, disputed cards, and money we send to partners."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class BillKind(StrEnum):
    """What a line of a daily bill is about."""

    PAYMENT = "payment"
    REFUND = "refund"
    DISPUTE = "dispute"


@dataclass(frozen=True)
class BillLine:
    """One line of a company's bill. Amounts are positive; `fee_fen` is what the company kept (negative: gave back).

    A refund or dispute of a negative amount came back to us: a refund that failed later, a dispute that was won.
    `provider_ref` names the payment; by it a line is found that does not carry our number.
    """

    kind: BillKind
    out_trade_no: str
    amount_fen: int
    fee_fen: int
    provider_ref: str = ""
    out_refund_no: str = ""
    at: datetime | None = None


class BillingGateway(Protocol):
    """What a gateway with `caps.bills` adds."""

    def bill(self, day: date) -> Iterable[BillLine]:
        """All lines of a Shanghai day; empty when nothing happened. GatewayRefused("NO_BILL_YET"): come back later."""


class DisputeStatus(StrEnum):
    """A payer's bank asks for the money back."""

    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True)
class DisputeTruth:
    """The company's own account of a dispute.

    `held_fen` and `fee_fen` are what it has taken from us for it by now (an inquiry takes nothing, a won dispute gives
    back); `provider_ref` names the payment, for one that does not carry our number.
    """

    ref: str
    out_trade_no: str
    status: DisputeStatus
    amount_fen: int
    fee_fen: int
    reason: str
    respond_by: datetime | None = None
    held_fen: int = 0
    provider_ref: str = ""
    opened_at: datetime | None = None


class DisputingGateway(Protocol):
    """What a gateway with `caps.disputes` adds."""

    def query_dispute(self, ref: str) -> DisputeTruth:
        """The dispute as it is now."""

    def answer_dispute(self, ref: str, *, evidence: str) -> DisputeTruth:
        """Send our side in neutral words; once."""


class PayoutStatus(StrEnum):
    """Money on its way to a partner."""

    NOT_FOUND = "not_found"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class PayoutView:
    """All that a company may know of a payout: `account` and `name` are the receiver's at that company."""

    out_payout_no: str
    amount_fen: int
    account: str
    name: str
    subject: str


@dataclass(frozen=True)
class PayoutTruth:
    """The company's own account of a payout; `reason` is its code when it failed."""

    status: PayoutStatus
    provider_ref: str = ""
    reason: str = ""


class PayingOutGateway(Protocol):
    """A company that can send money to a partner."""

    def send_payout(self, payout: PayoutView) -> PayoutTruth:
        """Send it once per out_payout_no."""

    def query_payout(self, out_payout_no: str) -> PayoutTruth:
        """The payout as it is now."""
