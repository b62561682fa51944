"""The simulated company as one object: its book, keys, clock, notifier and faults."""

import os
import secrets
from pathlib import Path

from payments.simulators import environment
from payments.simulators.alipay.agreements import Agreement, AgreementBook, Rule
from payments.simulators.alipay.bills import Bills
from payments.simulators.alipay.certificates import Serials
from payments.simulators.alipay.faults import CALL_FAULTS, NOTIFY_FAULTS
from payments.simulators.alipay.notifier import Merchant, Notifier
from payments.simulators.alipay.rsa2 import KeyRing
from payments.simulators.alipay.trades import CLOSED, SUCCESS, WAITING, Book, Offer, Trade, TradeError
from payments.simulators.alipay.transfers import TransferBook
from payments.simulators.clock import Clock
from payments.simulators.faults import FaultQueue
from payments.simulators.journal import Journal
from payments.simulators.keys import DEMO_APP_ID, DEMO_SELLER_ID, ensure_keys

_DEBIT_WAIT = 5.0


class House:
    """What happens to trades, and who hears of it."""

    def __init__(self, keys_folder: Path, journal: Path | None, merchant: Merchant, scale: float) -> None:
        ensure_keys(keys_folder)
        self.merchant = merchant
        self.keys = KeyRing(keys_folder)
        self.serials = Serials(keys_folder)
        self.clock = Clock()
        self.faults = FaultQueue(call_faults=CALL_FAULTS, notify_faults=NOTIFY_FAULTS)
        self.book = Book(self.clock, Journal(journal))
        self.agreements = AgreementBook(self.clock, _beside(journal, "agreements"))
        self.transfers = TransferBook(self.clock, _beside(journal, "transfers"))
        self.bills = Bills(self.clock)
        self.notifier = Notifier(merchant, self.keys, self.clock, self.faults, scale)
        self.calls: list[str] = []
        for trade in list(self.book.trades.values()):
            self.watch(trade)

    def watch(self, trade: Trade) -> None:
        """Look at a waiting trade when its end, or its late money, comes."""
        if trade.status == WAITING:
            at = trade.arrives_at or trade.offer.expires_at
            self.clock.call_at(at, lambda: self._time_came(trade.offer.out_trade_no))

    def _time_came(self, out_trade_no: str) -> None:
        if out_trade_no not in self.book.trades:
            return
        trade = self.book.get(out_trade_no)
        if trade.status == SUCCESS and trade.arrives_at or trade.status == CLOSED and not trade.refunds:
            self.notifier.tell(trade)

    def open(self, offer: Offer) -> Trade:
        """The buyer opens an offer; its end is watched from then on."""
        is_new = self.book.find(offer.out_trade_no) is None
        trade = self.book.open(offer)
        if is_new:
            self.watch(trade)
        return trade

    def pay(self, out_trade_no: str) -> Trade:
        """The buyer pays; the merchant hears of it once."""
        was_paid = self.book.get(out_trade_no).paid_at
        trade = self.book.pay(out_trade_no)
        if not was_paid:
            self.notifier.tell(trade)
        return trade

    def pay_late(self, out_trade_no: str) -> Trade:
        """The buyer pays now, and the money arrives after the trade's end."""
        trade = self.book.pay_late(out_trade_no)
        self.watch(trade)
        return trade

    def refund(self, out_trade_no: str, out_request_no: str, fen: int) -> tuple[Trade, bool]:
        """Give money back; the merchant hears of it when money moved."""
        trade, moved = self.book.refund(out_trade_no, out_request_no, fen)
        if moved:
            self.notifier.tell(trade, refund_no=out_request_no)
        return trade, moved

    def refund_by_hand(self, out_trade_no: str, fen: int) -> Trade:
        """Somebody at the merchant gives money back on the company's own pages: the number is the company's."""
        number = f"H{secrets.token_hex(10)}"
        return self.refund(out_trade_no, number, fen)[0]

    def open_agreement(self, external_no: str, rule: Rule, notify_url: str, return_url: str) -> Agreement:
        """The payer opens the page on which to agree."""
        return self.agreements.open(external_no, rule, notify_url, return_url)

    def sign(self, external_no: str, wallet: str) -> Agreement:
        """The payer agrees; the merchant hears of it once."""
        was_signed = self.agreements.get(external_no).signed_at
        agreement = self.agreements.sign(external_no, wallet)
        if not was_signed:
            self.notifier.tell_agreement(agreement)
        return agreement

    def end_agreement(self, external_no: str) -> Agreement:
        """It is over; the merchant hears of it when it had begun."""
        agreement = self.agreements.end(external_no)
        if agreement.signed_at:
            self.notifier.tell_agreement(agreement)
        return agreement

    def debit(self, agreement_no: str, offer: Offer) -> Trade:
        """Take money by an agreement. Raises TradeError when none may be taken; the trade waits for one taken in."""
        known = self.book.find(offer.out_trade_no)
        if known is not None:
            # Paid and closed are refused there; one that is under way is told again.
            return self.book.open(offer)
        fault = self.faults.take("debit")
        kind = fault.kind if fault else ""
        agreement, period = self.agreements.admit(agreement_no, offer.total_fen)
        if kind == "no_money":
            raise TradeError("ACQ.BUYER_BALANCE_NOT_ENOUGH", "买家余额不足")
        if kind == "frozen":
            raise TradeError("ACQ.BUYER_ENABLE_STATUS_FORBID", "买家状态非法，无法继续交易")
        trade = self.book.open(offer)
        self.agreements.note_taken(agreement, period, offer.out_trade_no)
        if fault and kind == "pending":
            trade = self.book.pay_in(offer.out_trade_no, fault.seconds or _DEBIT_WAIT)
            self.watch(trade)
            return trade
        return self.pay(offer.out_trade_no)

    def reset(self) -> None:
        """Forget trades, faults, messages and pushed time."""
        self.clock.reset()
        self.book.reset()
        self.agreements.reset()
        self.transfers.reset()
        self.bills.files.clear()
        self.faults.clear()
        self.notifier.forget()
        self.calls.clear()


def _beside(journal: Path | None, what: str) -> Journal:
    return Journal(journal.with_name(f"{journal.stem}-{what}.jsonl") if journal else None)


def house_from_environment() -> House:
    """The house named by the environment; by default the one of this checkout's demo."""
    return House(
        keys_folder=environment.keys_folder(),
        journal=environment.journal_path("alipay"),
        merchant=Merchant(
            os.environ.get("ALIPAY_APP_ID", DEMO_APP_ID),
            os.environ.get("ALIPAY_SELLER_ID", DEMO_SELLER_ID),
        ),
        scale=environment.notify_scale(),
    )
