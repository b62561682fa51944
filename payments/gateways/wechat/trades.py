"""Reading what WeChat says of orders and refunds."""

from collections.abc import Mapping
from typing import Any

from payments.gateways.base import GatewayUnclear, RefundStatus, RefundTruth, TradeStatus, Truth
from payments.gateways.wechat.wire import fen_of, foreign_fields, time_of

_STATUS = {
    "NOTPAY": TradeStatus.WAITING,
    "USERPAYING": TradeStatus.WAITING,
    # A debit that was taken in and is carried out later.
    "ACCEPT": TradeStatus.WAITING,
    "SUCCESS": TradeStatus.PAID,
    # From its first refund on; the money did come.
    "REFUND": TradeStatus.PAID,
    "CLOSED": TradeStatus.CLOSED,
    "REVOKED": TradeStatus.CLOSED,
    # Only of debits: tried, and there was no money. Another try takes another number.
    "PAYERROR": TradeStatus.CLOSED,
}
_REFUND_STATUS = {
    "PROCESSING": RefundStatus.PROCESSING,
    "SUCCESS": RefundStatus.SUCCEEDED,
    # The payer's card takes no money back: people have to find another way.
    "ABNORMAL": RefundStatus.FAILED,
    "CLOSED": RefundStatus.FAILED,
}


def truth_of(content: Mapping[str, Any], *, out_trade_no: str, ours: Mapping[str, str]) -> Truth:
    """The truth in the answer to a query. Raises GatewayUnclear."""
    if content.get("out_trade_no") != out_trade_no:
        raise GatewayUnclear("the answer is about another order")
    status = _STATUS.get(str(content.get("trade_state", "")))
    if status is None:
        raise GatewayUnclear(f"unknown trade_state {content.get('trade_state')!r}")
    if status != TradeStatus.PAID:
        return Truth(status, foreign=foreign_fields(content, ours))
    try:
        paid_at = time_of(content["success_time"])
        provider_ref = str(content["transaction_id"])
    except (KeyError, ValueError, TypeError) as error:
        raise GatewayUnclear("paid, but not when") from error
    return Truth(
        status=status,
        amount_fen=fen_of(content),
        provider_ref=provider_ref,
        paid_at=paid_at,
        foreign=foreign_fields(content, ours),
    )


def refund_truth_of(content: Mapping[str, Any], *, out_refund_no: str) -> RefundTruth:
    """The truth in an answer about a refund. Raises GatewayUnclear."""
    if content.get("out_refund_no") != out_refund_no:
        raise GatewayUnclear("the answer is about another refund")
    status = _REFUND_STATUS.get(str(content.get("status", "")))
    if status is None:
        raise GatewayUnclear(f"unknown status {content.get('status')!r}")
    return RefundTruth(status, fen_of(content, "refund"))
