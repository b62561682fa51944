"""What payments needs to know of the thing that is paid for.

Payments is below the shop and never learns its names. A higher package implements `Payable` and
registers it under a kind in its AppConfig.ready(); an intent carries that kind and an id.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class PayableView:
    """The payable as re-read under its lock. `awaits_payment`: placed, unpaid, not cancelled."""

    payable_id: int
    amount_fen: int
    awaits_payment: bool


@dataclass(frozen=True)
class NeutralDescription:
    """The only words about an order that a payment company, a payer or a receipt may see.

    Never a product's title, a provider, a child or anything clinical.
    """

    subject: str
    """For example 健康服务 1 项."""
    order_number: str
    payee: str
    """Neutral name of who receives the money."""
    return_path: str
    """Where our pages lead once it is paid, for example the order's page."""
    refund_note: str = ""
    """One sentence on refunds, shown before paying."""
    splits: bool = False
    """Part of the money is a partner's: companies want to know when it is paid."""


@dataclass(frozen=True)
class Acceptance:
    """Whether the payable took the money. `reason` is a code for staff, not for people."""

    accepted: bool
    reason: str = ""

    @classmethod
    def taken(cls) -> "Acceptance":
        """The order is paid and what it holds is confirmed."""
        return cls(accepted=True)

    @classmethod
    def refused(cls, reason: str) -> "Acceptance":
        """It can no longer be fulfilled: payments will give the money back in full."""
        return cls(accepted=False, reason=reason)


@dataclass(frozen=True)
class RefundNews:
    """A refund that reached the payer, as told to the payable."""

    public_id: UUID
    amount_fen: int
    refunded_total_fen: int
    captured_fen: int
    reason: str
    """A value of payments.enums.RefundReason."""

    @property
    def is_full(self) -> bool:
        """Nothing of this payment is left with us."""
        return self.refunded_total_fen == self.captured_fen


class Payable(Protocol):
    """One kind of thing that can be paid for.

    Every method but `describe` runs inside payments' transaction and must neither commit nor talk
    to anyone outside; messages leave by on_commit or an outbox row. Exceptions roll the payment
    back and are tried again later, so a refusal is an answer, never an exception.
    """

    kind: str

    def lock(self, payable_id: int) -> PayableView:
        """Lock its rows in the house's order (order, provider, room, child, ...) and re-read them."""

    def describe(self, payable_id: int) -> NeutralDescription:
        """Words fit for a stranger's eyes. Takes no lock."""

    def accept(self, payable_id: int, *, paid_at: datetime, amount_fen: int) -> Acceptance:
        """Mark it paid and confirm what it holds, or refuse. Called after `lock`.

        Also asked when the money came after expiry: what was held may be taken again if still free.
        Accepting twice does nothing the second time and answers accepted.
        """

    def release(self, payable_id: int, *, reason: str) -> None:
        """Nobody paid (`reason` is expired or cancelled): end the hold, cancel the order."""

    def refunded(self, payable_id: int, *, refund: RefundNews) -> None:
        """The payer has this money back (perhaps money that was never accepted)."""


class UnknownPayable(LookupError):
    """No package registered this kind: a fault of the installation."""


_payables: dict[str, Payable] = {}


def register_payable(payable: Payable) -> None:
    """Make a kind payable; the last registration of a kind wins."""
    _payables[payable.kind] = payable


def payable_for(kind: str) -> Payable:
    """The registered payable of `kind`. Raises UnknownPayable."""
    try:
        return _payables[kind]
    except KeyError:
        raise UnknownPayable(kind) from None
