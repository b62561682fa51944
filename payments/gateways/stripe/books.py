"""What Stripe's books say: the daily bill, and disputed cards."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from payments.gateways.accounting import BillKind, BillLine, DisputeStatus, DisputeTruth
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.stripe.reading import CURRENCY, REFUND_NO, TRADE_NO, id_of, moment, number_in
from payments.gateways.stripe.sdk import StripeApi

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_KINDS = {
    "charge": BillKind.PAYMENT,
    "payment": BillKind.PAYMENT,
    "refund": BillKind.REFUND,
    "payment_refund": BillKind.REFUND,
    "refund_failure": BillKind.REFUND,
    "payment_failure_refund": BillKind.REFUND,
}
_DISPUTES = ("dispute", "dispute_reversal")
#: An inquiry takes no money; one that is closed or prevented came to nothing.
_DISPUTE_STATUS = {
    "warning_needs_response": DisputeStatus.NEEDS_RESPONSE,
    "warning_under_review": DisputeStatus.UNDER_REVIEW,
    "warning_closed": DisputeStatus.WON,
    "prevented": DisputeStatus.WON,
    "needs_response": DisputeStatus.NEEDS_RESPONSE,
    "under_review": DisputeStatus.UNDER_REVIEW,
    "won": DisputeStatus.WON,
    "lost": DisputeStatus.LOST,
}


class Books:
    """The part of the gateway that reads bills and disputes."""

    _api: StripeApi

    def bill(self, day: date) -> Iterator[BillLine]:
        """The lines of a Shanghai day. Transfers to our bank and Stripe's own charges are no lines of trades."""
        begins = datetime.combine(day, time(), _SHANGHAI)
        ends = begins + timedelta(days=1)
        if ends > datetime.now(_SHANGHAI):
            raise GatewayRefused("NO_BILL_YET")
        params = {
            "limit": 100,
            "created": {"gte": int(begins.timestamp()), "lt": int(ends.timestamp())},
            "expand": ["data.source"],
        }
        rows = self._api.all(self._api.v1.balance_transactions.list, params)
        return (line for row in rows if (line := self._line(row)) is not None)

    def _line(self, row: dict[str, Any]) -> BillLine | None:
        kind = _KINDS.get(row["type"])
        source = row.get("source")
        if row.get("reporting_category") in _DISPUTES:
            return self._dispute_line(row)
        if kind is None or not isinstance(source, dict):
            return None
        _require_cny(row)
        return BillLine(
            kind=kind,
            out_trade_no=number_in(source, TRADE_NO),
            amount_fen=row["amount"] if kind == BillKind.PAYMENT else -row["amount"],
            fee_fen=row["fee"],
            provider_ref=id_of(source.get("payment_intent")),
            out_refund_no=number_in(source, REFUND_NO),
            at=moment(row["created"]),
        )

    def _dispute_line(self, row: dict[str, Any]) -> BillLine:
        _require_cny(row)
        truth = self.query_dispute(id_of(row["source"]))
        return BillLine(
            kind=BillKind.DISPUTE,
            out_trade_no=truth.out_trade_no,
            amount_fen=-row["amount"],
            fee_fen=row["fee"],
            provider_ref=truth.provider_ref,
            at=moment(row["created"]),
        )

    def query_dispute(self, ref: str) -> DisputeTruth:
        """The dispute as it is now."""
        return _truth(self._dispute(ref))

    def answer_dispute(self, ref: str, *, evidence: str) -> DisputeTruth:
        """Send our side; Stripe takes one answer. The same words again are told as they stand, taken once."""
        params = {
            "evidence": {"uncategorized_text": evidence},
            "submit": True,
            "expand": ["payment_intent"],
        }
        try:
            return _truth(self._api.call(self._api.v1.disputes.update, ref, params))
        except GatewayRefused:
            dispute = self._dispute(ref)
            if not _has_taken(dispute, evidence):
                raise
            return _truth(dispute)

    def _dispute(self, ref: str) -> dict[str, Any]:
        return self._api.call(self._api.v1.disputes.retrieve, ref, {"expand": ["payment_intent"]})


def _has_taken(dispute: dict[str, Any], evidence: str) -> bool:
    """Whether these words arrived by an earlier call whose answer never reached us."""
    is_submitted = bool((dispute.get("evidence_details") or {}).get("submission_count"))
    return is_submitted and (dispute.get("evidence") or {}).get("uncategorized_text") == evidence


def _require_cny(row: dict[str, Any]) -> None:
    if row["currency"] != CURRENCY:
        raise GatewayUnclear(f"the balance is kept in {row['currency']}, our ledger in {CURRENCY}")


def _truth(dispute: dict[str, Any]) -> DisputeTruth:
    status = _DISPUTE_STATUS.get(dispute["status"])
    if status is None:
        raise GatewayUnclear(f"unknown dispute status {dispute['status']!r}")
    if dispute["currency"] != CURRENCY:
        raise GatewayUnclear(f"a dispute in {dispute['currency']}")
    moves = dispute.get("balance_transactions") or []
    for row in moves:
        _require_cny(row)
    payment = dispute.get("payment_intent")
    return DisputeTruth(
        ref=dispute["id"],
        out_trade_no=number_in(payment, TRADE_NO) if isinstance(payment, dict) else "",
        status=status,
        amount_fen=dispute["amount"],
        fee_fen=sum(row["fee"] for row in moves),
        reason=dispute["reason"],
        respond_by=moment((dispute.get("evidence_details") or {}).get("due_by")),
        held_fen=-sum(row["amount"] for row in moves),
        provider_ref=id_of(payment),
        opened_at=moment(dispute["created"]),
    )
