"""What every payment company looks like from inside the house.

A gateway answers in three ways only: a value (yes, or a definite state), `GatewayRefused` (a
definite no), `GatewayUnclear` (timeouts, 5xx, answers that cannot be read or verified). Unclear is
never a failure: whoever asked asks again later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from payments.enums import Method


class GatewayRefused(Exception):
    """The company says no and nothing happened. `code` is the company's own."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code} {message}".strip())
        self.code = code


class GatewayUnclear(Exception):
    """It may or may not have happened: ask for the truth later."""


class BadSignature(Exception):
    """A message that the company did not sign."""


@dataclass(frozen=True)
class Caps:
    """What a gateway can do."""

    methods: frozenset[Method]
    partial_refund: bool = True


@dataclass(frozen=True)
class AttemptView:
    """All that a gateway may know of an attempt; `subject` is neutral, times are aware."""

    out_trade_no: str
    amount_fen: int
    subject: str
    method: Method
    payable_until: datetime
    return_url: str
    notify_url: str


@dataclass(frozen=True)
class RefundView:
    """All that a gateway may know of a refund."""

    out_trade_no: str
    out_refund_no: str
    amount_fen: int
    captured_fen: int
    reason: str


@dataclass(frozen=True)
class Redirect:
    """Send the payer's browser to the company."""

    url: str


@dataclass(frozen=True)
class Qr:
    """Show `text` as a code to scan."""

    text: str


NextAction = Redirect | Qr


class TradeStatus(StrEnum):
    """A trade as the company sees it. NOT_FOUND is normal until the payer opens the cashier."""

    NOT_FOUND = "not_found"
    WAITING = "waiting"
    PAID = "paid"
    CLOSED = "closed"


@dataclass(frozen=True)
class Truth:
    """The company's own account of a trade.

    `foreign` names what is not ours (for example app_id, seller_id), empty when all is ours.
    """

    status: TradeStatus
    amount_fen: int = 0
    provider_ref: str = ""
    paid_at: datetime | None = None
    foreign: str = ""


class RefundStatus(StrEnum):
    """A refund as the company sees it."""

    NOT_FOUND = "not_found"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class RefundTruth:
    """The company's own account of one refund."""

    status: RefundStatus
    amount_fen: int = 0


@dataclass(frozen=True)
class WebhookHint:
    """A verified message, reduced to whom it concerns. Amounts in it are only compared, never booked."""

    event_id: str
    kind: str
    out_trade_no: str
    amount_fen: int | None = None
    foreign: str = ""


class Gateway(Protocol):
    """A payment company. Every method may raise GatewayRefused or GatewayUnclear."""

    code: str
    caps: Caps

    def create(self, attempt: AttemptView) -> NextAction:
        """Open the trade; the same out_trade_no again opens the same trade."""

    def query(self, out_trade_no: str) -> Truth:
        """The trade as it is now."""

    def close(self, out_trade_no: str) -> Truth:
        """Make the trade unpayable. PAID says that it was too late."""

    def refund(self, refund: RefundView) -> RefundTruth:
        """Give money back; the same out_refund_no again moves nothing more."""

    def query_refund(self, refund: RefundView) -> RefundTruth:
        """The refund as it is now."""

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> WebhookHint:
        """Verify a message. Raises BadSignature for anything not signed by the company."""

    def acknowledgement(self, *, kept: bool) -> tuple[int, str]:
        """HTTP status and plain-text body that tell the company to stop, or to send again."""
