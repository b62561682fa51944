"""A company that charges by its own calendar: we copy its bills, both ways, and never its messages."""

from datetime import timedelta

import pytest

from payments.enums import AttemptState
from payments.gateways.recurring import AgreementStatus, InvoiceStatus
from payments.models import PaymentAttempt, Refund
from payments.subscriptions import selectors, services
from payments.subscriptions.enums import CycleState, EndReason, SubscriptionState
from tests.payments.model_recurring import ModelInvoicing
from tests.payments.subscriptions.family import DAY, HOUR, PRICE_FEN, Family

pytestmark = pytest.mark.django_db


@pytest.fixture
def carded(db: None, card_company: ModelInvoicing) -> Family:
    """A trial on a card."""
    return Family(card_company).start_trial()


def bill(family: Family, status: InvoiceStatus) -> str:
    """The company's bill of the period after the one that runs."""
    starts = family.subscription.period_ends_at + timedelta(seconds=3)
    ends = starts + 30 * DAY
    company = family.company
    assert isinstance(company, ModelInvoicing)
    return company.bill(family.agreement.out_agreement_no, starts=starts, ends=ends, status=status, fen=PRICE_FEN)


def test_it_does_not_renew_there_until_chosen_here(carded: Family) -> None:
    kept = carded.company.agreements[carded.agreement.out_agreement_no]
    assert not kept.renews
    carded.choose(renews=True)
    assert kept.renews
    carded.choose(renews=False)
    assert not kept.renews


def test_paid_bill_opens_the_period(carded: Family) -> None:
    carded.choose(renews=True)
    carded.wait(7 * DAY)
    bill(carded, InvoiceStatus.PAID)
    carded.wait(2 * HOUR, step=HOUR)
    assert carded.subscription.state == SubscriptionState.ACTIVE
    cycle = carded.cycles[-1]
    assert carded.subscription.paid_through == cycle.period_ends_at
    attempt = PaymentAttempt.objects.get()
    assert attempt.state == AttemptState.SUCCEEDED and attempt.provider_ref.startswith("pay_in_")
    assert carded.company.debits == []
    carded.wait(DAY)
    assert len(carded.cycles) == 2


def test_unpaid_bill_is_past_due_then_paid(carded: Family) -> None:
    carded.choose(renews=True)
    carded.wait(7 * DAY)
    ends_at = carded.subscription.period_ends_at
    bill(carded, InvoiceStatus.OPEN)
    carded.wait(HOUR, step=HOUR)
    assert carded.subscription.state == SubscriptionState.PAST_DUE
    assert selectors.plan_access(carded.user, now=carded.now) is not None
    number = carded.agreement.out_agreement_no
    starts = ends_at + timedelta(seconds=3)
    carded.company.bill(number, starts=starts, ends=starts + 30 * DAY, status=InvoiceStatus.PAID, fen=PRICE_FEN)
    carded.wait(2 * DAY)
    assert carded.subscription.state == SubscriptionState.ACTIVE


def test_bill_never_paid_ends_the_plan_and_the_agreement(carded: Family) -> None:
    carded.choose(renews=True)
    carded.wait(7 * DAY)
    bill(carded, InvoiceStatus.OPEN)
    carded.wait(8 * DAY)
    assert carded.subscription.ended_reason == EndReason.UNPAID
    assert carded.company.agreements[carded.agreement.out_agreement_no].status == AgreementStatus.ENDED
    assert selectors.plan_access(carded.user, now=carded.now) is None


def test_cancelled_at_the_company_stops_here(carded: Family) -> None:
    carded.choose(renews=True)
    carded.wait(2 * DAY)
    carded.company.agreements[carded.agreement.out_agreement_no].renews = False
    services.hear_of_agreement("stripe", carded.agreement.out_agreement_no)
    carded.wait(DAY)
    assert not carded.subscription.renews
    carded.wait(6 * DAY)
    assert carded.subscription.ended_reason == EndReason.TRIAL_OVER


def test_renewal_that_nobody_chose_here_is_stopped_there(carded: Family) -> None:
    kept = carded.company.agreements[carded.agreement.out_agreement_no]
    kept.renews = True
    carded.wait(DAY)
    assert not kept.renews and not carded.subscription.renews


def test_choice_that_did_not_arrive_is_said_again(carded: Family) -> None:
    carded.company.faults["set_renewal"] = "before"
    carded.choose(renews=True)
    kept = carded.company.agreements[carded.agreement.out_agreement_no]
    assert not kept.renews
    carded.wait(HOUR / 2, step=HOUR / 4)
    assert kept.renews and carded.subscription.renews


def test_cancelling_can_be_undone_without_signing_again(carded: Family) -> None:
    carded.choose(renews=True)
    services.cancel_plan(subscription=carded.subscription, now=carded.now)
    kept = carded.company.agreements[carded.agreement.out_agreement_no]
    assert not kept.renews and kept.status == AgreementStatus.SIGNED
    carded.choose(renews=True)
    assert kept.renews


def test_charge_after_the_end_goes_back(carded: Family) -> None:
    carded.wait(8 * DAY)
    assert carded.subscription.state == SubscriptionState.ENDED
    bill(carded, InvoiceStatus.PAID)
    services.hear_of_agreement("stripe", carded.agreement.out_agreement_no)
    assert Refund.objects.get().amount_fen == PRICE_FEN
    assert carded.cycles[-1].state == CycleState.VOID
    assert selectors.plan_access(carded.user, now=carded.now) is None


def test_late_announcement_stops_a_company_that_would_charge_too_early(carded: Family) -> None:
    carded.choose(renews=True)
    carded.now += 6 * DAY
    services.advance_due(now=carded.now)
    services.advance_due(now=carded.now + HOUR)
    kept = carded.company.agreements[carded.agreement.out_agreement_no]
    assert not kept.renews
