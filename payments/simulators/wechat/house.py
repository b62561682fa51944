"""The simulated company as one object: its books, keys, clock, messages and faults."""

from pathlib import Path

from payments.simulators import environment
from payments.simulators.clock import Clock
from payments.simulators.faults import FaultQueue
from payments.simulators.journal import Journal
from payments.simulators.wechat.contracts import ContractBook
from payments.simulators.wechat.faults import CALL_FAULTS, NOTIFY_FAULTS
from payments.simulators.wechat.keys import ensure_wechat_keys
from payments.simulators.wechat.news import contract_news, order_news, refund_news
from payments.simulators.wechat.notifier import Notifier
from payments.simulators.wechat.orders import OrderBook
from payments.simulators.wechat.people import People
from payments.simulators.wechat.records import ACCEPT, NOTPAY, PAYERROR, SUCCESS, Contract, Order, Refund, record_from
from payments.simulators.wechat.refunds import RefundDesk
from payments.simulators.wechat.seals import Seals


class House:
    """What happens to orders, refunds and contracts, and who hears of it."""

    def __init__(self, keys_folder: Path, journal: Path | None, scale: float) -> None:
        ensure_wechat_keys(keys_folder)
        self.seals = Seals(keys_folder)
        self.clock = Clock()
        self.faults = FaultQueue(call_faults=CALL_FAULTS, notify_faults=NOTIFY_FAULTS)
        self.journal = Journal(journal)
        self.orders = OrderBook(self.clock, self.journal)
        self.refunds = RefundDesk(self.clock, self.orders)
        self.contracts = ContractBook(self.clock, self.journal)
        self.people = People(self.clock)
        self.notifier = Notifier(self.seals, self.clock, self.faults, scale)
        self.calls: list[str] = []
        self.gives_certificates = True
        self.debit_seconds = 1.0
        self._remember()

    def _remember(self) -> None:
        for record in self.journal.read(record_from):
            if isinstance(record, Order):
                self.orders.orders[record.out_trade_no] = record
            else:
                self.contracts.contracts[record.out_contract_code] = record
        for order in list(self.orders.orders.values()):
            self.watch(order)
        for order, refund in self.refunds.still_waiting():
            self.watch_refund(order, refund)

    def watch(self, order: Order) -> None:
        """Look at an order when its late money, or its debit, comes."""
        if order.status in (NOTPAY, ACCEPT) and order.arrives_at:
            self.clock.call_at(order.arrives_at, lambda: self._money_came(order.out_trade_no))

    def _money_came(self, out_trade_no: str) -> None:
        order = self.orders.find(out_trade_no)
        if order is not None and order.status in (SUCCESS, PAYERROR):
            if order.contract_id and order.status == SUCCESS:
                self.contracts.end_cycle(order.contract_id)
            self.notifier.tell(order.notify_url, order_news(order))

    def watch_refund(self, order: Order, refund: Refund) -> None:
        """Look at a refund when it is done."""
        self.clock.call_at(refund.due_at, lambda: self._refund_done(order.out_trade_no, refund.out_refund_no))

    def _refund_done(self, out_trade_no: str, out_refund_no: str) -> None:
        order = self.orders.find(out_trade_no)
        if order is not None and out_refund_no in order.refunds:
            refund = order.refunds[out_refund_no]
            self.notifier.tell(refund.notify_url, refund_news(order, refund))

    def pay(self, out_trade_no: str) -> Order:
        """Whoever holds the phone pays; the merchant hears of it once."""
        was_paid = self.orders.get(out_trade_no).paid_at
        order = self.orders.pay(out_trade_no, self.people.openid)
        if not was_paid:
            self.notifier.tell(order.notify_url, order_news(order))
        return order

    def pay_late(self, out_trade_no: str) -> Order:
        """Whoever holds the phone pays now, and the money arrives after the order's end."""
        order = self.orders.pay_late(out_trade_no, self.people.openid)
        self.watch(order)
        return order

    def sign(self, contract: Contract) -> Contract:
        """Whoever holds the phone agrees to debits."""
        signed = self.contracts.sign(contract, self.people.openid)
        self.notifier.tell(signed.notify_url, contract_news(signed))
        return signed

    def terminate(self, contract: Contract, by: str) -> None:
        """An agreement ends, by the merchant or the payer."""
        if self.contracts.terminate(contract, by):
            self.notifier.tell(contract.notify_url, contract_news(contract))

    def reset(self) -> None:
        """Forget everything: orders, faults, messages, people, pushed time."""
        self.clock.reset()
        self.orders.orders.clear()
        self.contracts.contracts.clear()
        self.contracts.keeps_hours = False
        self.journal.clear()
        for part in (self.refunds, self.people, self.notifier, self.seals):
            part.reset()
        self.faults.clear()
        self.calls.clear()
        self.gives_certificates, self.debit_seconds = True, 1.0


def house_from_environment() -> House:
    """The house named by the environment; by default the one of this checkout's demo."""
    return House(
        keys_folder=environment.keys_folder(),
        journal=environment.journal_path("wechat"),
        scale=environment.notify_scale(),
    )
