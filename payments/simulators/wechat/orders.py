"""Orders and what may happen to them: the company's own rules."""

import secrets
import threading

from payments.simulators.clock import Clock
from payments.simulators.journal import Journal
from payments.simulators.wechat.records import (
    ACCEPT,
    CLOSED,
    NOTPAY,
    PAYERROR,
    PROCESSING,
    SUCCESS,
    Order,
    WechatError,
    line_of,
)

#: A payment begun in time and confirmed late arrives this long after the order's end.
LATE_SECONDS = 20
_SHORTEST_SECONDS = 60
_LONGEST_SECONDS = 7 * 24 * 3600


class OrderBook:
    """All orders, in memory, with a journal. Every method is one step."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock, self._journal = clock, journal
        self.lock = threading.RLock()
        self.orders: dict[str, Order] = {}

    def keep(self, order: Order) -> None:
        """Remember an order as it is now."""
        with self.lock:
            self.orders[order.out_trade_no] = order
            self._journal.add(line_of(order))

    def place(self, wanted: Order) -> Order:
        """A new order, or the one there is when it is the same. Raises WechatError."""
        with self.lock:
            existing = self.find(wanted.out_trade_no)
            if existing is None:
                self._check_end(wanted)
                self.keep(wanted)
                return wanted
            if existing.paid_at:
                raise WechatError(400, "ORDERPAID", "该订单已支付")
            if existing.status in (CLOSED, PAYERROR):
                raise WechatError(400, "ORDER_CLOSED", "该订单已关闭")
            if _facts(existing) != _facts(wanted):
                raise WechatError(403, "OUT_TRADE_NO_USED", "商户订单号重复")
            return existing

    def _check_end(self, wanted: Order) -> None:
        left = wanted.expires_at - self._clock.now()
        if not _SHORTEST_SECONDS <= left <= _LONGEST_SECONDS:
            raise WechatError(400, "PARAM_ERROR", "交易结束时间应在1分钟后、7天内")

    def find(self, out_trade_no: str) -> Order | None:
        """The order as time has left it."""
        with self.lock:
            order = self.orders.get(out_trade_no)
            if order is not None:
                self._let_time_pass(order)
            return order

    def get(self, out_trade_no: str) -> Order:
        """The order. Raises WechatError."""
        order = self.find(out_trade_no)
        if order is None:
            raise WechatError(404, "ORDER_NOT_EXIST", "订单不存在")
        return order

    def by(self, name: str, value: str) -> Order | None:
        """The order whose token, prepay_id or transaction_id is `value`."""
        with self.lock:
            numbers = [no for no, order in self.orders.items() if getattr(order, name) == value]
            return self.find(numbers[0]) if value and numbers else None

    def _let_time_pass(self, order: Order) -> None:
        now = self._clock.now()
        # An order past its end stays NOTPAY until it is closed: it only cannot be paid any more.
        if order.status in (NOTPAY, ACCEPT) and order.arrives_at and now >= order.arrives_at:
            self._arrive(order)
        for refund in order.refunds.values():
            if refund.status == PROCESSING and now >= refund.due_at:
                refund.status, refund.done_at = refund.becomes, refund.due_at
                self.keep(order)

    def _arrive(self, order: Order) -> None:
        if order.lacks_funds:
            order.status, order.closed_at = PAYERROR, order.arrives_at
            self.keep(order)
        else:
            self._take_money(order, order.arrives_at)

    def _take_money(self, order: Order, at: float) -> None:
        order.status, order.paid_at = SUCCESS, at
        order.transaction_id = f"4200002026{secrets.randbelow(10**18):018d}"
        self.keep(order)

    def pay(self, out_trade_no: str, openid: str) -> Order:
        """The payer pays; twice is once. Raises WechatError."""
        with self.lock:
            order = self.get(out_trade_no)
            if order.paid_at:
                return order
            self._check_payable(order, openid)
            order.openid = openid
            self._take_money(order, self._clock.now())
            return order

    def _check_payable(self, order: Order, openid: str) -> None:
        if order.status != NOTPAY or order.arrives_at or self._clock.now() >= order.expires_at:
            raise WechatError(400, "ORDER_CLOSED", "该订单已关闭或已过期")
        if order.trade_type == "JSAPI" and order.openid != openid:
            raise WechatError(400, "INVALID_REQUEST", "下单的人和付款的人不是同一个")

    def pay_late(self, out_trade_no: str, openid: str) -> Order:
        """The payer pays in time, but the money arrives after the order's end."""
        with self.lock:
            order = self.get(out_trade_no)
            self._check_payable(order, openid)
            order.openid, order.arrives_at = openid, order.expires_at + LATE_SECONDS
            self.keep(order)
            return order

    def close(self, out_trade_no: str) -> Order:
        """The merchant closes an unpaid order. Raises WechatError."""
        with self.lock:
            order = self.get(out_trade_no)
            if order.paid_at:
                raise WechatError(400, "ORDERPAID", "订单已支付，不能关闭")
            if order.status in (CLOSED, PAYERROR):
                raise WechatError(400, "ORDER_CLOSED", "订单已关闭，无需重复关闭")
            if order.arrives_at or order.status == ACCEPT:
                raise WechatError(500, "SYSTEM_ERROR", "支付处理中，请稍后再试")
            order.status, order.closed_at = CLOSED, self._clock.now()
            self.keep(order)
            return order


def _facts(order: Order) -> tuple[str, int, str, str, str]:
    """What must be the same for the same number. Whoever pays a code or a page is not known yet."""
    openid = order.openid if order.trade_type == "JSAPI" else ""
    return order.trade_type, order.total_fen, order.description, openid, order.notify_url
