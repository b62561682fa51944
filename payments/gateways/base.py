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

from payments.enums import EventAbout, Method


class GatewayRefused(Exception):
    """The company says no and nothing happened. `code` is the company's own."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code} {message}".strip())
        self.code = code


class GatewayUnclear(Exception):
    """It may or may not have happened: ask for the truth later."""


class Recurring(StrEnum):
    """Who starts the debits of an agreement: nobody, we on the day, or the company by its own calendar."""

    NONE = "none"
    WE_CHARGE = "we_charge"
    COMPANY_CHARGES = "company_charges"


class BadSignature(Exception):
    """A message that the company did not sign."""


@dataclass(frozen=True)
class Caps:
    """What a gateway can do.

    `recurring`: who takes the money of a running agreement (see payments.gateways.recurring). `debit_notice_days`: how
    many days before a debit the company must have been told of it (`announce_charge`); 0 where it need not.
    """

    methods: frozenset[Method]
    recurring: Recurring = Recurring.NONE
    debit_notice_days: int = 0
    disputes: bool = False
    bills: bool = False


@dataclass(frozen=True)
class AttemptView:
    """All that a gateway may know of an attempt; `subject` is neutral, times are aware.

    `payer_ip` and `openid` are for the companies that ask for them: WeChat's H5 and JSAPI. `splits`: part of the
    money is a partner's, which a company must know when it is paid to let it be shared out later.
    """

    out_trade_no: str
    amount_fen: int
    subject: str
    method: Method
    payable_until: datetime
    return_url: str
    notify_url: str
    payer_ip: str = ""
    openid: str = ""
    splits: bool = False


@dataclass(frozen=True)
class TradeRef:
    """How to find a trade again: our number, the company's own handle where `create` gave one, and when we began."""

    out_trade_no: str
    handle: str = ""
    begun_at: datetime | None = None


@dataclass(frozen=True)
class RefundView:
    """All that a gateway may know of a refund."""

    out_trade_no: str
    out_refund_no: str
    amount_fen: int
    captured_fen: int
    reason: str
    handle: str = ""
    provider_ref: str = ""
    notify_url: str = ""


@dataclass(frozen=True)
class Redirect:
    """Send the payer's browser to the company. `handle`: the company's own name for the trade, if it needs it later."""

    url: str
    handle: str = ""


@dataclass(frozen=True)
class Qr:
    """Show `text` as a code to scan."""

    text: str


@dataclass(frozen=True)
class JsApi:
    """Let the page ask the WeChat app it is open in: the signed arguments of `getBrandWCPayRequest`."""

    arguments: Mapping[str, str]


NextAction = Redirect | Qr | JsApi


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
    """A verified message, reduced to whom it concerns. Amounts in it are only compared, never booked.

    `out_trade_no` is ours and may be empty when the message is not about a trade; `ref` then says about what:
    our out_refund_no or out_agreement_no, or the company's name of a dispute.
    """

    event_id: str
    kind: str
    out_trade_no: str
    amount_fen: int | None = None
    foreign: str = ""
    about: EventAbout = EventAbout.TRADE
    ref: str = ""


class Gateway(Protocol):
    """A payment company. Every method may raise GatewayRefused or GatewayUnclear."""

    code: str
    caps: Caps

    def create(self, attempt: AttemptView) -> NextAction:
        """Open the trade; the same out_trade_no again opens the same trade."""

    def query(self, trade: TradeRef) -> Truth:
        """The trade as it is now."""

    def close(self, trade: TradeRef) -> Truth:
        """Make the trade unpayable. PAID says that it was too late."""

    def refund(self, refund: RefundView) -> RefundTruth:
        """Give money back; the same out_refund_no again moves nothing more."""

    def query_refund(self, refund: RefundView) -> RefundTruth:
        """The refund as it is now."""

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> WebhookHint:
        """Verify a message. Raises BadSignature for anything not signed by the company."""

    def acknowledgement(self, *, kept: bool) -> tuple[int, str]:
        """HTTP status and plain-text body that tell the company to stop, or to send again."""
