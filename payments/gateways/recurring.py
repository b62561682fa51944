"""Agreements: a payer allows debits once, and money comes every period without another click.

Two shapes. WeChat and Alipay let us take the money (`Recurring.WE_CHARGE`): our calendar is the master. Stripe takes it
by its own calendar (`Recurring.COMPANY_CHARGES`): we mirror its invoices. The same three answers as everywhere: a value,
GatewayRefused, GatewayUnclear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from payments.gateways.base import AttemptView, NextAction, Truth


@dataclass(frozen=True)
class AgreementView:
    """All that a gateway may know of an agreement; `subject` is neutral.

    `amount_fen` is taken every `period_months`, first on `first_charge_on` (a Shanghai day; the end of the trial, or
    today). `renews`: whether a company that charges by itself goes on after the first period it was asked for.
    """

    out_agreement_no: str
    subject: str
    amount_fen: int
    period_months: int
    first_charge_on: date
    trial_days: int
    renews: bool
    payer_ref: str
    """Our opaque number of the payer."""
    return_url: str
    notify_url: str
    is_phone: bool = False
    payer_ip: str = ""
    """Where the payer sits; WeChat asks for it."""


class AgreementStatus(StrEnum):
    """An agreement as the company sees it. NOT_FOUND is normal until the payer opens the company's page."""

    NOT_FOUND = "not_found"
    WAITING = "waiting"
    SIGNED = "signed"
    ENDED = "ended"


@dataclass(frozen=True)
class AgreementRef:
    """How to find an agreement again: our number, the company's, and its handle of the page that signs it."""

    out_agreement_no: str
    provider_ref: str = ""
    handle: str = ""
    begun_at: datetime | None = None


@dataclass(frozen=True)
class AgreementTruth:
    """The company's own account of an agreement.

    `instrument` is the same for the same account or card, whoever uses it (Alipay's user id, an openid, a card's
    fingerprint): one trial each. `paid_through`: until when a company that charges by itself has been paid.
    """

    status: AgreementStatus
    provider_ref: str = ""
    instrument: str = ""
    signed_at: datetime | None = None
    renews: bool = True
    paid_through: datetime | None = None
    foreign: str = ""


class InvoiceStatus(StrEnum):
    """A bill that a company made out by itself."""

    OPEN = "open"
    PAID = "paid"
    VOID = "void"


@dataclass(frozen=True)
class InvoiceTruth:
    """One period that a company charged, or tries to. Bills of nothing (a trial's) are left out."""

    handle: str
    provider_ref: str
    """The payment behind it, once there is one: what refunds and bills name."""
    period_starts_at: datetime
    period_ends_at: datetime
    amount_fen: int
    status: InvoiceStatus
    paid_at: datetime | None = None


class RecurringGateway(Protocol):
    """What a gateway with `caps.recurring` adds."""

    def sign_agreement(self, agreement: AgreementView) -> NextAction:
        """Open the company's page on which the payer agrees; the same number again opens the same."""

    def query_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        """The agreement as it is now."""

    def end_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        """No more debits, at once; ENDED also when it was over already or never signed."""


class ChargingGateway(RecurringGateway, Protocol):
    """`Recurring.WE_CHARGE`."""

    def announce_charge(self, agreement: AgreementRef, *, out_trade_no: str, amount_fen: int, on: date) -> None:
        """Tell the company of a debit to come, where it wants to know (WeChat reserves it); repeats are harmless."""

    def charge_agreement(self, agreement: AgreementRef, attempt: AttemptView) -> Truth:
        """Take the money now. WAITING: taken in, ask `query` later. GatewayRefused: no money, with the company's code."""


class InvoicingGateway(RecurringGateway, Protocol):
    """`Recurring.COMPANY_CHARGES`."""

    def set_renewal(self, agreement: AgreementRef, *, renews: bool) -> AgreementTruth:
        """Whether another period follows the one that runs."""

    def invoices(self, agreement: AgreementRef) -> Sequence[InvoiceTruth]:
        """All periods charged so far, oldest first."""
