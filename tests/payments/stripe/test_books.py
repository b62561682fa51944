"""What Stripe's bill says of a day, with fees, refunds that came back and disputes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.gateways.accounting import BillKind
from payments.gateways.base import GatewayRefused, RefundView
from payments.gateways.stripe import books
from payments.gateways.stripe.gateway import StripeGateway
from tests.payments.simulated import Simulator, visit
from tests.payments.stripe.test_agreements import signed
from tests.payments.stripe.test_trades import an_attempt, ref


class _Tomorrow:
    """Our clock, a day ahead: what happened today is a day that has ended."""

    @staticmethod
    def now(zone):
        return timezone.now().astimezone(zone) + timedelta(days=1)

    combine = staticmethod(books.datetime.combine)


@pytest.fixture
def tomorrow(monkeypatch) -> None:
    monkeypatch.setattr(books, "datetime", _Tomorrow)


def lines(stripe: StripeGateway) -> list:
    return sorted(stripe.bill(timezone.localdate()), key=lambda line: (line.kind, line.amount_fen))


def test_no_bill_before_the_day_is_over(stripe: StripeGateway) -> None:
    with pytest.raises(GatewayRefused, match="NO_BILL_YET"):
        stripe.bill(timezone.localdate())
    assert list(stripe.bill(timezone.localdate() - timedelta(days=1))) == []


def test_bill_of_a_day(stripe: StripeGateway, stripe_simulator: Simulator, tomorrow: None) -> None:
    attempt = an_attempt()
    visit(f"{stripe.create(attempt).url}/4242", post=True)
    truth = stripe.query(ref(attempt))
    view = RefundView(attempt.out_trade_no, "R1", 10000, 36000, "退款", provider_ref=truth.provider_ref)
    stripe.refund(view)
    stripe_simulator.command("refund", out_refund_no="R1", status="failed")
    paid, back, out = sorted(lines(stripe), key=lambda line: (line.kind, line.amount_fen))
    assert (paid.kind, paid.out_trade_no, paid.amount_fen) == (BillKind.PAYMENT, attempt.out_trade_no, 36000)
    assert paid.provider_ref == truth.provider_ref
    assert paid.fee_fen > 0
    assert [(each.kind, each.out_refund_no, each.amount_fen) for each in (back, out)] == [
        (BillKind.REFUND, "R1", -10000),
        (BillKind.REFUND, "R1", 10000),
    ]


def test_dispute_stands_on_the_bill_both_ways(
    stripe: StripeGateway, stripe_simulator: Simulator, tomorrow: None
) -> None:
    attempt = an_attempt()
    visit(f"{stripe.create(attempt).url}/4242", post=True)
    dispute = stripe_simulator.command("dispute", out_trade_no=attempt.out_trade_no)["dispute"]
    stripe_simulator.command("decide", ref=dispute["id"], status="won")
    back, taken, _ = sorted(lines(stripe), key=lambda line: (line.kind, line.amount_fen))
    assert (taken.kind, taken.amount_fen, taken.provider_ref) == (BillKind.DISPUTE, 36000, dispute["payment_intent"])
    assert (back.amount_fen, back.fee_fen) == (-36000, -taken.fee_fen)
    assert taken.out_trade_no == attempt.out_trade_no


def test_invoice_of_a_plan_stands_on_the_bill_by_its_payment(
    stripe: StripeGateway, stripe_simulator: Simulator, tomorrow: None
) -> None:
    agreement = signed(stripe, trial_days=0)
    [line] = lines(stripe)
    assert (line.out_trade_no, line.provider_ref) == ("", stripe.invoices(agreement)[0].provider_ref)


def test_bill_of_many_pages(stripe: StripeGateway, stripe_simulator: Simulator, tomorrow: None, monkeypatch) -> None:
    for _ in range(3):
        visit(f"{stripe.create(an_attempt()).url}/4242", post=True)
    pages = stripe._api.all
    monkeypatch.setattr(stripe._api, "all", lambda method, params: pages(method, params | {"limit": 2}))
    assert len(lines(stripe)) == 3
