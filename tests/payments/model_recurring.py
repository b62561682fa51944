"""Payment companies with agreements in memory: one that we charge, one that charges by itself.

Kinder to mistakes than real ones: they take any debit of a signed agreement, at any time, so that mistakes show in what
they took. `faults` makes the next call of a kind unclear, before or after it took effect.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils import timezone

from payments.enums import Method
from payments.gateways.base import (
    AttemptView,
    Caps,
    GatewayRefused,
    GatewayUnclear,
    NextAction,
    Qr,
    Recurring,
    Redirect,
    RefundStatus,
    RefundTruth,
    RefundView,
    TradeRef,
    TradeStatus,
    Truth,
    WebhookHint,
)
from payments.gateways.recurring import (
    AgreementRef,
    AgreementStatus,
    AgreementTruth,
    AgreementView,
    InvoiceStatus,
    InvoiceTruth,
)


@dataclass
class ModelTrade:
    """A trade as the company keeps it."""

    fen: int
    status: TradeStatus = TradeStatus.WAITING
    refunds: dict[str, int] = field(default_factory=dict)


class _Company:
    """What every company does: trades that are paid, closed and given back."""

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


@dataclass
class ModelAgreement:
    """An agreement as the company keeps it."""

    view: AgreementView
    status: AgreementStatus = AgreementStatus.WAITING
    instrument: str = "card-1"
    renews: bool = False
    bills: list[InvoiceTruth] = field(default_factory=list)


class ModelCharging(_Company):
    """`Recurring.WE_CHARGE`. `decline`: the code with which debits are refused."""

    caps = Caps(methods=frozenset(Method), recurring=Recurring.WE_CHARGE)

    def __init__(self) -> None:
        super().__init__()
        self.agreements: dict[str, ModelAgreement] = {}
        self.announced: dict[str, date] = {}
        self.debits: list[tuple[str, str, int]] = []
        self.decline = ""
        self.processing = False
        self.today = date.min

    def sign_agreement(self, agreement: AgreementView) -> NextAction:
        self._before("sign")
        kept = self.agreements.setdefault(agreement.out_agreement_no, ModelAgreement(agreement))
        kept.renews = agreement.renews
        self._after("sign")
        return Redirect(f"https://company.example/sign/{agreement.out_agreement_no}")

    def sign(self, number: str, *, instrument: str = "card-1") -> None:
        """Agree as the payer does on the company's page."""
        kept = self.agreements[number]
        kept.status, kept.instrument = AgreementStatus.SIGNED, instrument

    def query_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        self._before("query_agreement")
        kept = self.agreements.get(agreement.out_agreement_no)
        if kept is None:
            return AgreementTruth(AgreementStatus.NOT_FOUND)
        instrument = kept.instrument if kept.status == AgreementStatus.SIGNED else ""
        return AgreementTruth(kept.status, f"agr-{agreement.out_agreement_no}", instrument, renews=kept.renews)

    def end_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        self._before("end_agreement")
        if kept := self.agreements.get(agreement.out_agreement_no):
            kept.status = AgreementStatus.ENDED
        self._after("end_agreement")
        return AgreementTruth(AgreementStatus.ENDED, f"agr-{agreement.out_agreement_no}")

    def announce_charge(self, agreement: AgreementRef, *, out_trade_no: str, amount_fen: int, on: date) -> None:
        self._before("announce")
        self.announced[agreement.out_agreement_no] = on

    def charge_agreement(self, agreement: AgreementRef, attempt: AttemptView) -> Truth:
        self._before("charge")
        number = attempt.out_trade_no
        kept = self.agreements.get(agreement.out_agreement_no)
        if self.caps.debit_notice_days and self.today < self.announced.get(agreement.out_agreement_no, date.max):
            raise GatewayRefused("NOT_ANNOUNCED")
        if kept is None or kept.status != AgreementStatus.SIGNED:
            raise GatewayRefused("AGREEMENT_NOT_EXIST")
        if self.decline:
            raise GatewayRefused(self.decline)
        if number not in self.trades:
            status = TradeStatus.WAITING if self.processing else TradeStatus.PAID
            self.trades[number] = ModelTrade(attempt.amount_fen, status)
            self.debits.append((agreement.out_agreement_no, number, attempt.amount_fen))
        self._after("charge")
        return self.query(TradeRef(number))


_TRADE_OF_BILL = {
    InvoiceStatus.OPEN: TradeStatus.WAITING,
    InvoiceStatus.PAID: TradeStatus.PAID,
    InvoiceStatus.VOID: TradeStatus.CLOSED,
}


class ModelInvoicing(ModelCharging):
    """`Recurring.COMPANY_CHARGES`: bills are made by `bill`, as its calendar would."""

    code = "stripe"
    caps = Caps(methods=frozenset(Method), recurring=Recurring.COMPANY_CHARGES)

    def set_renewal(self, agreement: AgreementRef, *, renews: bool) -> AgreementTruth:
        self._before("set_renewal")
        self.agreements[agreement.out_agreement_no].renews = renews
        self._after("set_renewal")
        return self.query_agreement(agreement)

    def invoices(self, agreement: AgreementRef) -> Sequence[InvoiceTruth]:
        self._before("invoices")
        kept = self.agreements.get(agreement.out_agreement_no)
        return list(kept.bills) if kept else []

    def bill(self, number: str, *, starts: datetime, ends: datetime, status: InvoiceStatus, fen: int) -> str:
        """Make out (or make over) the bill of a period; returns its handle."""
        kept = self.agreements[number]
        handle = f"in_{number}_{starts:%Y%m%d}"
        kept.bills = [bill for bill in kept.bills if bill.handle != handle]
        kept.bills.append(InvoiceTruth(handle, f"pay_{handle}", starts, ends, fen, status, starts))
        return handle

    def query(self, ref: TradeRef) -> Truth:
        for kept in self.agreements.values():
            for bill in kept.bills:
                if bill.handle == ref.handle:
                    paid = bill.status == InvoiceStatus.PAID
                    status = _TRADE_OF_BILL[bill.status]
                    return Truth(status, bill.amount_fen, bill.provider_ref, bill.paid_at if paid else None)
        return super().query(ref)

    def close(self, ref: TradeRef) -> Truth:
        for kept in self.agreements.values():
            kept.bills = [
                replace(bill, status=InvoiceStatus.VOID)
                if (bill.handle, bill.status) == (ref.handle, InvoiceStatus.OPEN)
                else bill
                for bill in kept.bills
            ]
        return super().close(ref)
