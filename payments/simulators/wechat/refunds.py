"""Refunds: once per number, never more than came, done some time later."""

import secrets

from payments.simulators.clock import Clock
from payments.simulators.wechat.orders import OrderBook
from payments.simulators.wechat.records import PROCESSING, SUCCESS, Order, Refund, WechatError

_MOST_PARTS = 50
_LONGEST_SECONDS = 365 * 24 * 3600


class RefundDesk:
    """Takes refunds in; `outcome` and `seconds` are what the next ones turn into, and when."""

    def __init__(self, clock: Clock, book: OrderBook) -> None:
        self._clock, self._book = clock, book
        self.outcome, self.seconds = SUCCESS, 3.0

    def reset(self) -> None:
        """Every refund succeeds again, after three seconds."""
        self.outcome, self.seconds = SUCCESS, 3.0

    def ask(
        self, order: Order, *, out_refund_no: str, fen: int, total_fen: int, notify_url: str
    ) -> tuple[Refund, bool]:
        """The refund under this number, and whether it is new. Raises WechatError."""
        with self._book.lock:
            existing = self._existing(order, out_refund_no)
            if existing is not None:
                if (existing.fen, order.total_fen) != (fen, total_fen):
                    raise WechatError(400, "PARAM_ERROR", "订单金额或退款金额与之前请求不一致")
                return existing, False
            self._check(order, fen, total_fen)
            now = self._clock.now()
            refund = Refund(
                out_refund_no=out_refund_no,
                refund_id=f"5030002026{secrets.randbelow(10**18):018d}",
                fen=fen,
                notify_url=notify_url,
                created_at=now,
                due_at=now + self.seconds,
                becomes=self.outcome,
            )
            order.refunds[out_refund_no] = refund
            self._book.keep(order)
            return refund, True

    def _existing(self, order: Order, out_refund_no: str) -> Refund | None:
        found = self.find(out_refund_no)
        if found is None:
            return None
        if found[0].out_trade_no != order.out_trade_no:
            raise WechatError(400, "PARAM_ERROR", "退款单号已用于其他订单")
        return found[1]

    def _check(self, order: Order, fen: int, total_fen: int) -> None:
        if not order.paid_at:
            raise WechatError(403, "TRADE_ERROR", "订单未支付，不能退款")
        if total_fen != order.total_fen:
            raise WechatError(400, "PARAM_ERROR", "原订单金额与实际不一致")
        if self._clock.now() - order.paid_at > _LONGEST_SECONDS:
            raise WechatError(403, "TRADE_ERROR", "订单已超过可退款的最大期限")
        if len(order.refunds) >= _MOST_PARTS:
            raise WechatError(400, "INVALID_REQUEST", "一笔订单最多支持50次部分退款")
        if order.refunded_fen + fen > order.total_fen:
            raise WechatError(400, "PARAM_ERROR", "退款金额大于可退金额")

    def find(self, out_refund_no: str) -> tuple[Order, Refund] | None:
        """An order and its refund of this number, as time has left them."""
        with self._book.lock:
            for number, order in self._book.orders.items():
                if out_refund_no in order.refunds:
                    self._book.find(number)
                    return order, order.refunds[out_refund_no]
        return None

    def get(self, out_refund_no: str) -> tuple[Order, Refund]:
        """The same, or WechatError."""
        found = self.find(out_refund_no)
        if found is None:
            raise WechatError(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return found

    def still_waiting(self) -> list[tuple[Order, Refund]]:
        """Refunds that time will finish."""
        orders = self._book.orders.values()
        return [(order, r) for order in orders for r in order.refunds.values() if r.status == PROCESSING]
