"""A company that sends money to partners, in memory, kinder to mistakes than real ones: what it knows, it knows for good."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from payments.gateways.accounting import PayoutStatus, PayoutTruth, PayoutView
from payments.gateways.base import GatewayRefused, GatewayUnclear


class PayingCompany:
    """Implements payments.gateways.accounting.PayingOutGateway.

    `faults` makes the next call of a kind fail: before or after it took effect, refused, or with an unforeseen error.
    """

    def __init__(self) -> None:
        self.sent: dict[str, int] = {}
        self.status: dict[str, PayoutStatus] = {}
        self.faults: dict[str, str] = {}
        self.calls: Counter[str] = Counter()
        self.outcome = PayoutStatus.SUCCEEDED

    def send_payout(self, payout: PayoutView) -> PayoutTruth:
        """Send once per number: the same number again is the same payout."""
        fault = self._fault("send")
        if payout.out_payout_no not in self.sent:
            self.sent[payout.out_payout_no] = payout.amount_fen
            self.status[payout.out_payout_no] = self.outcome
        if fault == "after":
            raise GatewayUnclear
        return self._truth(payout.out_payout_no)

    def query_payout(self, out_payout_no: str) -> PayoutTruth:
        """What became of it."""
        if self._fault("query") == "after":
            raise GatewayUnclear
        return self._truth(out_payout_no)

    def _fault(self, call: str) -> str | None:
        self.calls[call] += 1
        fault = self.faults.pop(call, None)
        if fault == "before":
            raise GatewayUnclear
        if fault == "refused":
            raise GatewayRefused("PAYEE_NOT_EXIST")
        if fault == "broken":
            raise ValueError("unreadable")
        return fault

    def _truth(self, number: str) -> PayoutTruth:
        status = self.status.get(number, PayoutStatus.NOT_FOUND)
        return PayoutTruth(status, provider_ref="ref-1", reason="PAYEE_ERROR" if status == PayoutStatus.FAILED else "")

    @property
    def paid_fen(self) -> int:
        """What really left."""
        return sum(fen for number, fen in self.sent.items() if self.status[number] == PayoutStatus.SUCCEEDED)


@contextmanager
def paying_company() -> Iterator[PayingCompany]:
    """Let payouts go through a company in memory."""
    company = PayingCompany()
    with (
        patch("payments.settlement.services.sending.gateway_for", lambda code: company),
        patch("payments.settlement.services.sending.enabled_codes", lambda: ["alipay"]),
    ):
        yield company
