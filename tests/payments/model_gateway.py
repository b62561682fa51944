"""A payment company in memory, kinder to mistakes than real ones, so that mistakes show.

It neither ends trades at their time nor caps refunds, and a refund number it has not seen always
moves money. `faults` makes the next call of a kind unclear, before or after it took effect.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from payments.enums import Method
from payments.gateways.base import (
    AttemptView,
    Caps,
    GatewayUnclear,
    NextAction,
    Qr,
    RefundStatus,
    RefundTruth,
    RefundView,
    TradeRef,
    TradeStatus,
    Truth,
    WebhookHint,
)


@dataclass
class ModelTrade:
    """A trade as the company keeps it."""

    fen: int
    status: TradeStatus = TradeStatus.WAITING
    refunds: dict[str, int] = field(default_factory=dict)


class ModelGateway:
    """Implements payments.gateways.base.Gateway."""

    code = "alipay"
    caps = Caps(methods=frozenset(Method))

    def __init__(self) -> None:
        self.trades: dict[str, ModelTrade] = {}
        self.faults: dict[str, str] = {}
        self.calls: Counter[str] = Counter()

    def _before(self, call: str) -> None:
        self.calls[call] += 1
        if self.faults.get(call) == "before":
            del self.faults[call]
            raise GatewayUnclear

    def _after(self, call: str) -> None:
        if self.faults.pop(call, None) == "after":
            raise GatewayUnclear

    def create(self, attempt: AttemptView) -> NextAction:
        self._before("create")
        self.trades.setdefault(attempt.out_trade_no, ModelTrade(attempt.amount_fen))
        self._after("create")
        return Qr(attempt.out_trade_no)

    def query(self, ref: TradeRef) -> Truth:
        out_trade_no = ref.out_trade_no
        self._before("query")
        trade = self.trades.get(out_trade_no)
        if trade is None:
            return Truth(TradeStatus.NOT_FOUND)
        paid_at = timezone.now() if trade.status == TradeStatus.PAID else None
        return Truth(trade.status, trade.fen, f"ref-{out_trade_no}", paid_at)

    def close(self, ref: TradeRef) -> Truth:
        self._before("close")
        trade = self.trades.get(ref.out_trade_no)
        if trade is not None and trade.status == TradeStatus.WAITING:
            trade.status = TradeStatus.CLOSED
        self._after("close")
        return self.query(ref)

    def refund(self, refund: RefundView) -> RefundTruth:
        self._before("refund")
        self.trades[refund.out_trade_no].refunds.setdefault(refund.out_refund_no, refund.amount_fen)
        self._after("refund")
        return self.query_refund(refund)

    def query_refund(self, refund: RefundView) -> RefundTruth:
        self._before("query_refund")
        fen = self.trades[refund.out_trade_no].refunds.get(refund.out_refund_no)
        if fen is None:
            return RefundTruth(RefundStatus.NOT_FOUND)
        return RefundTruth(RefundStatus.SUCCEEDED, fen)

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> WebhookHint:
        raise NotImplementedError

    def acknowledgement(self, *, kept: bool) -> tuple[int, str]:
        raise NotImplementedError
