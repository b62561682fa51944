"""What Stripe's objects say, in our words. Amounts are in fen already: Stripe writes CNY in its smallest unit."""

from datetime import UTC, datetime
from typing import Any

from payments.gateways.base import GatewayUnclear, RefundStatus, RefundTruth, TradeStatus, Truth

CURRENCY = "cny"
#: Where our numbers stand in Stripe's metadata.
TRADE_NO, REFUND_NO, AGREEMENT_NO = "out_trade_no", "out_refund_no", "out_agreement_no"

_REFUND_STATUS = {
    "pending": RefundStatus.PROCESSING,
    "requires_action": RefundStatus.PROCESSING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}
#: A payment that ended without money, though its page was gone through.
_DEAD_PAYMENTS = ("canceled", "requires_payment_method")
_INVOICE_STATUS = {
    "draft": TradeStatus.WAITING,
    "open": TradeStatus.WAITING,
    "paid": TradeStatus.PAID,
    "uncollectible": TradeStatus.CLOSED,
    "void": TradeStatus.CLOSED,
}


def moment(seconds: int | None) -> datetime | None:
    """Stripe's seconds since the epoch as an aware time."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def number_in(thing: dict[str, Any], name: str) -> str:
    """Our number in an object's metadata, or empty."""
    return str((thing.get("metadata") or {}).get(name) or "")


def id_of(expandable: Any) -> str:
    """The id of what may be an object or its id alone."""
    return str(expandable["id"]) if isinstance(expandable, dict) else str(expandable or "")


def foreign_in(thing: dict[str, Any], *, is_live: bool) -> str:
    """What of an object is not as ours are: another currency, or the other one of test and live."""
    wrong = {
        "currency": thing.get("currency", CURRENCY) not in (CURRENCY, None),
        "livemode": thing.get("livemode", is_live) != is_live,
    }
    return ",".join(name for name, is_wrong in wrong.items() if is_wrong)


def truth_of_session(session: dict[str, Any], *, is_live: bool) -> Truth:
    """A Checkout Session with its payment expanded. Raises GatewayUnclear for a state we do not know."""
    payment = session.get("payment_intent") or {}
    if not isinstance(payment, dict):
        raise GatewayUnclear("the payment was not expanded")
    charge = payment.get("latest_charge")
    paid_at = moment(charge["created"]) if isinstance(charge, dict) else None
    return Truth(
        status=_session_status(session, payment),
        amount_fen=session.get("amount_total") or 0,
        provider_ref=payment.get("id", ""),
        paid_at=paid_at,
        foreign=foreign_in(session, is_live=is_live),
    )


def _session_status(session: dict[str, Any], payment: dict[str, Any]) -> TradeStatus:
    status = session.get("status")
    if status == "open":
        return TradeStatus.WAITING
    if status == "expired":
        return TradeStatus.CLOSED
    if status != "complete":
        raise GatewayUnclear(f"unknown session status {status!r}")
    if session.get("payment_status") in ("paid", "no_payment_required"):
        return TradeStatus.PAID
    # The page is done with, the bank is not.
    return TradeStatus.CLOSED if payment.get("status") in _DEAD_PAYMENTS else TradeStatus.WAITING


def truth_of_invoice(invoice: dict[str, Any], *, is_live: bool) -> Truth:
    """An invoice of a subscription, seen as a trade."""
    status = _INVOICE_STATUS.get(invoice.get("status") or "draft")
    if status is None:
        raise GatewayUnclear(f"unknown invoice status {invoice.get('status')!r}")
    is_paid = status == TradeStatus.PAID
    return Truth(
        status=status,
        amount_fen=invoice["amount_paid"] if is_paid else invoice["total"],
        provider_ref=payment_of_invoice(invoice),
        paid_at=moment(invoice["status_transitions"].get("paid_at")) if is_paid else None,
        foreign=foreign_in(invoice, is_live=is_live),
    )


def payment_of_invoice(invoice: dict[str, Any]) -> str:
    """The payment behind an invoice: the one that brought the money, else the last that was tried."""
    rows = (invoice.get("payments") or {}).get("data", [])
    rows = [row for row in rows if row.get("status") == "paid"] or rows[-1:]
    return id_of(rows[-1]["payment"].get("payment_intent")) if rows else ""


def truth_of_refund(refund: dict[str, Any]) -> RefundTruth:
    """A refund. Raises GatewayUnclear for a state we do not know."""
    status = _REFUND_STATUS.get(refund.get("status") or "")
    if status is None:
        raise GatewayUnclear(f"unknown refund status {refund.get('status')!r}")
    return RefundTruth(status, refund["amount"])
