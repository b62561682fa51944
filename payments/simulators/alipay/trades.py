"""Trades and what may happen to them: the company's own rules."""

import secrets
import threading
from dataclasses import asdict, dataclass, field
from typing import Any

from payments.simulators.clock import Clock
from payments.simulators.journal import Journal

WAITING, SUCCESS, FINISHED, CLOSED = "WAIT_BUYER_PAY", "TRADE_SUCCESS", "TRADE_FINISHED", "TRADE_CLOSED"
#: A payment begun in time and confirmed late arrives this long after the trade's end.
LATE_SECONDS = 20
_DEFAULT_LIFE_SECONDS = 15 * 24 * 3600


class TradeError(Exception):
    """A business refusal with Alipay's sub_code and sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code, self.message = code, message


@dataclass
class Offer:
    """What a merchant asks for; it becomes a trade when a buyer opens it."""

    out_trade_no: str
    total_fen: int
    subject: str
    product: str
    notify_url: str = ""
    return_url: str = ""
    quit_url: str = ""
    expires_at: float = 0.0
    #: Part of the money is somebody else's and will be shared out.
    royalty_freeze: bool = False


@dataclass
class Trade:
    """A trade as the company keeps it; times are seconds since the epoch."""

    offer: Offer
    trade_no: str
    token: str
    created_at: float
    status: str = WAITING
    paid_at: float = 0.0
    arrives_at: float = 0.0
    closed_at: float = 0.0
    refunds: dict[str, int] = field(default_factory=dict)
    refunded_at: dict[str, float] = field(default_factory=dict)

    @property
    def refunded_fen(self) -> int:
        """The total of all refunds."""
        return sum(self.refunds.values())


def _trade_from(row: dict[str, Any]) -> Trade:
    return Trade(**{**row, "offer": Offer(**row["offer"])})


class Book:
    """All trades, in memory, with a journal to survive a restart. Every method is one step."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock, self._journal = clock, journal
        self._lock = threading.RLock()
        self.trades = {each.offer.out_trade_no: each for each in journal.read(_trade_from)}
        self.offers: dict[str, tuple[str, Offer]] = {}

    def _keep(self, trade: Trade) -> None:
        self.trades[trade.offer.out_trade_no] = trade
        self._journal.add(asdict(trade))

    def reset(self) -> None:
        """Forget everything."""
        with self._lock:
            self.trades.clear()
            self.offers.clear()
            self._journal.clear()

    def offer(self, offer: Offer) -> str:
        """Keep an offer for a code to scan; returns its token."""
        with self._lock:
            self._check_same(offer)
            token = secrets.token_urlsafe(12)
            self.offers[token] = (token, offer)
            return token

    def open(self, offer: Offer) -> Trade:
        """The buyer opens an offer: the trade begins, or goes on when it is the same one."""
        with self._lock:
            existing = self._check_same(offer)
            if existing is not None:
                return existing
            now = self._clock.now()
            if offer.expires_at and offer.expires_at <= now:
                raise TradeError("ACQ.TRADE_HAS_CLOSE", "交易已经关闭")
            offer.expires_at = offer.expires_at or now + _DEFAULT_LIFE_SECONDS
            number = f"{secrets.randbelow(10**12):012d}"
            trade = Trade(offer, f"20261122220014{number}", secrets.token_urlsafe(12), now)
            self._keep(trade)
            return trade

    def _check_same(self, offer: Offer) -> Trade | None:
        trade = self.find(offer.out_trade_no)
        if trade is None:
            return None
        if trade.status in (SUCCESS, FINISHED):
            raise TradeError("ACQ.TRADE_HAS_SUCCESS", "交易已被支付")
        if trade.status == CLOSED:
            raise TradeError("ACQ.TRADE_HAS_CLOSE", "交易已经关闭")
        if (trade.offer.total_fen, trade.offer.subject) != (offer.total_fen, offer.subject):
            raise TradeError("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改")
        return trade

    def find(self, out_trade_no: str) -> Trade | None:
        """The trade as time has left it."""
        with self._lock:
            trade = self.trades.get(out_trade_no)
            if trade is not None:
                self._let_time_pass(trade)
            return trade

    def by_token(self, token: str) -> Trade | None:
        """The trade of a cashier address."""
        with self._lock:
            numbers = [no for no, trade in self.trades.items() if trade.token == token]
            return self.find(numbers[0]) if numbers else None

    def _let_time_pass(self, trade: Trade) -> None:
        now = self._clock.now()
        if trade.status != WAITING:
            return
        if trade.arrives_at:
            if now >= trade.arrives_at:
                trade.status, trade.paid_at = SUCCESS, trade.arrives_at
                self._keep(trade)
        elif now >= trade.offer.expires_at:
            trade.status, trade.closed_at = CLOSED, trade.offer.expires_at
            self._keep(trade)

    def get(self, out_trade_no: str) -> Trade:
        """The trade. Raises TradeError when no buyer has opened it."""
        trade = self.find(out_trade_no)
        if trade is None:
            raise TradeError("ACQ.TRADE_NOT_EXIST", "交易不存在")
        return trade

    def pay(self, out_trade_no: str) -> Trade:
        """The buyer pays; twice is once."""
        with self._lock:
            trade = self.get(out_trade_no)
            if trade.status == WAITING:
                trade.status, trade.paid_at = SUCCESS, self._clock.now()
                self._keep(trade)
            elif trade.status == CLOSED:
                raise TradeError("ACQ.TRADE_HAS_CLOSE", "交易已经关闭")
            return trade

    def pay_late(self, out_trade_no: str) -> Trade:
        """The buyer pays in time, but the money arrives after the trade's end."""
        with self._lock:
            trade = self.get(out_trade_no)
            if trade.status == WAITING and not trade.arrives_at:
                trade.arrives_at = trade.offer.expires_at + LATE_SECONDS
                self._keep(trade)
            return trade

    def pay_in(self, out_trade_no: str, seconds: float) -> Trade:
        """A debit taken in: the money arrives after a while."""
        with self._lock:
            trade = self.get(out_trade_no)
            if trade.status == WAITING and not trade.arrives_at:
                trade.arrives_at = self._clock.now() + seconds
                self._keep(trade)
            return trade

    def finish(self, out_trade_no: str) -> Trade:
        """The refund period is over: the trade can no longer be refunded."""
        with self._lock:
            trade = self.get(out_trade_no)
            if trade.status == SUCCESS:
                trade.status = FINISHED
                self._keep(trade)
            return trade

    def close(self, out_trade_no: str) -> Trade:
        """The merchant closes an unpaid trade."""
        with self._lock:
            trade = self.get(out_trade_no)
            if trade.arrives_at and trade.status == WAITING:
                raise TradeError("aop.ACQ.SYSTEM_ERROR", "系统繁忙")
            if trade.status != WAITING:
                raise TradeError("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
            trade.status, trade.closed_at = CLOSED, self._clock.now()
            self._keep(trade)
            return trade

    def refund(self, out_trade_no: str, out_request_no: str, fen: int) -> tuple[Trade, bool]:
        """Give money back; returns the trade and whether money moved (not on a replay)."""
        with self._lock:
            trade = self.get(out_trade_no)
            if out_request_no in trade.refunds:
                if trade.refunds[out_request_no] != fen:
                    raise TradeError("ACQ.DISCORDANT_REPEAT_REQUEST", "不一致的请求")
                return trade, False
            if trade.status == FINISHED:
                raise TradeError("ACQ.TRADE_HAS_FINISHED", "交易已完结")
            if trade.status != SUCCESS:
                raise TradeError("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
            if trade.refunded_fen + fen > trade.offer.total_fen:
                raise TradeError("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额超限")
            trade.refunds[out_request_no] = fen
            trade.refunded_at[out_request_no] = self._clock.now()
            if trade.refunded_fen == trade.offer.total_fen:
                trade.status, trade.closed_at = CLOSED, self._clock.now()
            self._keep(trade)
            return trade, True
