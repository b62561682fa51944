"""Plans by card: Stripe's subscription takes the money by its own calendar, and we mirror it."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from payments.gateways.base import GatewayRefused, GatewayUnclear, RefundStatus, RefundView, TradeRef, TradeStatus
from payments.gateways.recurring import AgreementRef, AgreementStatus, AgreementTruth, AgreementView, InvoiceStatus
from payments.gateways.stripe.gateway import StripeGateway
from tests.payments.simulated import Simulator, visit

DAY = 86400
_numbers = count(1)


def a_plan(**changes: object) -> AgreementView:
    """¥68 a month after seven days on trial; nobody has chosen that it goes on."""
    view = AgreementView(
        out_agreement_no=f"A{next(_numbers):08d}",
        subject="家庭会员",
        amount_fen=6800,
        period_months=1,
        first_charge_on=timezone.localdate() + timedelta(days=7),
        trial_days=7,
        renews=False,
        payer_ref="payer-1",
        return_url="http://127.0.0.1:9/plan/",
        notify_url="",
    )
    return replace(view, **changes)


def signed(stripe: StripeGateway, card: str = "4242", **changes: object) -> AgreementRef:
    """A plan whose page was gone through, known by our number and the page."""
    plan = a_plan(**changes)
    action = stripe.sign_agreement(plan)
    visit(f"{action.url}/{card}", post=True)
    if card == "3220":
        visit(f"{action.url}/verify-pass", post=True)
    return AgreementRef(plan.out_agreement_no, handle=action.handle)


def test_page_is_opened_once_and_waits(stripe: StripeGateway) -> None:
    plan = a_plan()
    ref = AgreementRef(plan.out_agreement_no, begun_at=timezone.now())
    assert stripe.query_agreement(ref).status == AgreementStatus.NOT_FOUND
    action = stripe.sign_agreement(plan)
    assert stripe.sign_agreement(plan) == action
    assert stripe.query_agreement(ref).status == AgreementStatus.WAITING
    assert stripe.invoices(ref) == []


def test_trial_ends_without_a_charge_unless_chosen(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe)
    truth = stripe.query_agreement(ref)
    assert (truth.status, truth.renews, truth.paid_through) == (AgreementStatus.SIGNED, False, None)
    assert truth.provider_ref.startswith("sub_")
    stripe_simulator.command("clock", advance=7 * DAY + 1)
    assert stripe.query_agreement(ref).status == AgreementStatus.ENDED
    assert stripe.invoices(ref) == []
    assert not stripe_simulator.command("objects", object="charge")["objects"]


def test_renewal_that_was_chosen_is_charged_every_month(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe)
    assert stripe.set_renewal(ref, renews=True).renews
    assert stripe.query_agreement(ref).renews
    stripe_simulator.command("clock", advance=7 * DAY + 1)
    truth = stripe.query_agreement(ref)
    [first] = stripe.invoices(ref)
    assert (first.status, first.amount_fen) == (InvoiceStatus.PAID, 6800)
    assert first.handle.startswith("in_")
    assert first.provider_ref.startswith("pi_")
    assert truth.paid_through == first.period_ends_at
    assert first.paid_at == first.period_starts_at
    stripe_simulator.command("clock", advance=32 * DAY)
    periods = stripe.invoices(ref)
    assert len(periods) == 2
    assert periods[0].period_ends_at == periods[1].period_starts_at


def test_renewal_may_be_taken_back_and_runs_to_the_end_of_what_was_paid(
    stripe: StripeGateway, stripe_simulator: Simulator
) -> None:
    ref = signed(stripe, renews=True)
    stripe_simulator.command("clock", advance=7 * DAY + 1)
    truth = stripe.set_renewal(ref, renews=False)
    assert (truth.status, truth.renews) == (AgreementStatus.SIGNED, False)
    stripe_simulator.command("clock", advance=32 * DAY)
    truth = stripe.query_agreement(ref)
    assert truth.status == AgreementStatus.ENDED
    assert len(stripe.invoices(ref)) == 1


def test_without_a_trial_the_first_period_is_paid_at_once(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe, trial_days=0)
    [first] = stripe.invoices(ref)
    assert first.status == InvoiceStatus.PAID
    assert stripe.query_agreement(ref).paid_through == first.period_ends_at
    stripe_simulator.command("clock", advance=32 * DAY)
    assert len(stripe.invoices(ref)) == 1


def test_debit_that_fails_is_tried_again_and_then_paid(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe, card="0341", renews=True)
    stripe_simulator.command("clock", advance=7 * DAY + 1)
    truth = stripe.query_agreement(ref)
    assert (truth.status, truth.paid_through) == (AgreementStatus.SIGNED, None)
    assert [each.status for each in stripe.invoices(ref)] == [InvoiceStatus.OPEN]
    stripe_simulator.command("card", out_agreement_no=ref.out_agreement_no, card="4242")
    stripe_simulator.command("clock", advance=DAY)
    [paid] = stripe.invoices(ref)
    assert paid.status == InvoiceStatus.PAID
    assert stripe.query_agreement(ref).paid_through == paid.period_ends_at


def test_debits_that_go_on_failing_end_the_agreement(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe, card="0341", renews=True)
    stripe_simulator.command("clock", advance=7 * DAY + 1)
    stripe_simulator.command("clock", advance=10 * DAY)
    assert stripe.query_agreement(ref).status == AgreementStatus.ENDED
    assert [each.status for each in stripe.invoices(ref)] == [InvoiceStatus.OPEN]


def test_second_period_that_fails_is_paid_through_the_first(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe, renews=True)
    stripe_simulator.command("clock", advance=7 * DAY + 1)
    stripe_simulator.command("card", out_agreement_no=ref.out_agreement_no, card="0341")
    stripe_simulator.command("clock", advance=31 * DAY)
    first, second = stripe.invoices(ref)
    assert (first.status, second.status) == (InvoiceStatus.PAID, InvoiceStatus.OPEN)
    assert stripe.query_agreement(ref).paid_through == first.period_ends_at


def test_ending_at_once(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe, renews=True)
    for _ in range(2):
        assert stripe.end_agreement(ref).status == AgreementStatus.ENDED
    stripe_simulator.command("clock", advance=40 * DAY)
    assert stripe.invoices(ref) == []
    with pytest.raises(GatewayRefused):
        stripe.set_renewal(ref, renews=True)


def test_ending_a_page_that_nobody_signed(stripe: StripeGateway) -> None:
    plan = a_plan()
    action = stripe.sign_agreement(plan)
    ref = AgreementRef(plan.out_agreement_no, handle=action.handle)
    assert stripe.end_agreement(ref).status == AgreementStatus.ENDED
    assert "已经关闭" in visit(f"{action.url}/4242", post=True)[1]
    assert stripe.end_agreement(AgreementRef("never-begun", begun_at=timezone.now())).status == (
        AgreementStatus.NOT_FOUND
    )


def test_same_card_is_known_again(stripe: StripeGateway) -> None:
    first, again = (stripe.query_agreement(signed(stripe)).instrument for _ in range(2))
    other = stripe.query_agreement(signed(stripe, card="4444")).instrument
    assert first == again != ""
    assert other not in ("", first)


def test_three_d_secure_on_the_page(stripe: StripeGateway) -> None:
    assert stripe.query_agreement(signed(stripe, card="3220")).status == AgreementStatus.SIGNED


@pytest.mark.parametrize("card", ["0002", "9995"])
def test_declined_card_signs_nothing(stripe: StripeGateway, card: str) -> None:
    assert stripe.query_agreement(signed(stripe, card=card)).status == AgreementStatus.WAITING


@pytest.mark.parametrize("fault", ["lost_answer", "http_500_done"])
def test_lost_answer_leads_to_one_page(stripe: StripeGateway, stripe_simulator: Simulator, fault: str) -> None:
    plan = a_plan()
    stripe_simulator.fault("sessions.create", fault)
    with pytest.raises(GatewayUnclear):
        stripe.sign_agreement(plan)
    visit(f"{stripe.sign_agreement(plan).url}/4242", post=True)
    found = stripe.query_agreement(AgreementRef(plan.out_agreement_no, begun_at=timezone.now()))
    assert found.status == AgreementStatus.SIGNED
    assert len(stripe_simulator.trades()) == 1


def test_known_by_the_subscription_alone(stripe: StripeGateway) -> None:
    truth: AgreementTruth = stripe.query_agreement(signed(stripe))
    other = AgreementRef("another", provider_ref=truth.provider_ref)
    with pytest.raises(GatewayUnclear):
        stripe.query_agreement(other)


def test_choice_that_was_lost_on_the_way_is_put_right(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    """Checkout makes a subscription that goes on; the first look that succeeds ends that."""
    ref = signed(stripe)
    stripe_simulator.fault("subscriptions.update", "http_503")
    with pytest.raises(GatewayUnclear):
        stripe.query_agreement(ref)
    assert not stripe.query_agreement(ref).renews
    assert stripe_simulator.calls().count("subscriptions.update") == 2
    stripe.query_agreement(ref)
    assert stripe_simulator.calls().count("subscriptions.update") == 2


def test_mirrored_invoice_is_a_trade_and_is_refunded(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe, trial_days=0)
    [invoice] = stripe.invoices(ref)
    trade = TradeRef("P1", invoice.handle)
    truth = stripe.query(trade)
    assert (truth.status, truth.amount_fen) == (TradeStatus.PAID, 6800)
    assert (truth.provider_ref, truth.paid_at) == (invoice.provider_ref, invoice.paid_at)
    assert stripe.close(trade) == truth
    refund = RefundView("P1", "R1", 6800, 6800, "退款", handle=invoice.handle, provider_ref=truth.provider_ref)
    assert stripe.refund(refund).status == RefundStatus.SUCCEEDED
    assert stripe.query_refund(refund).amount_fen == 6800
    assert stripe.query(TradeRef("P1", "in_nothing")).status == TradeStatus.NOT_FOUND


def test_open_invoice_waits_and_is_voided(stripe: StripeGateway, stripe_simulator: Simulator) -> None:
    ref = signed(stripe, card="0341", renews=True)
    stripe_simulator.command("clock", advance=7 * DAY + 1)
    trade = TradeRef("P1", stripe.invoices(ref)[0].handle)
    assert stripe.query(trade).status == TradeStatus.WAITING
    assert stripe.close(trade).status == TradeStatus.CLOSED
    assert stripe.query(trade).status == TradeStatus.CLOSED
    assert stripe.invoices(ref)[0].status == InvoiceStatus.VOID
