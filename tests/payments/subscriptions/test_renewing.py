"""Debits that fail, cannot be read, come late; ends, cancellations, refunds."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

import payments.services as payment_services
from payments.enums import AttemptState, EndResult, IntentState, RefundState
from payments.gateways.base import TradeStatus
from payments.gateways.recurring import AgreementStatus
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen, total_fen
from payments.models import PaymentAttempt, PaymentIntent, Refund
from payments.subscriptions import allowances, errors, selectors, services
from payments.subscriptions.enums import AgreementState, CycleState, EndReason, SubscriptionState
from payments.subscriptions.refunds import refund_offer
from payments.subscriptions.signals import cycle_ended, cycle_opened
from tests.payments.subscriptions.family import DAY, HOUR, PRICE_FEN, Family

pytestmark = pytest.mark.django_db


@pytest.fixture
def renewing(family: Family) -> Family:
    """On the last morning of a trial that renews."""
    family.start_trial().choose(renews=True)
    return family.wait(7 * DAY - HOUR)


@pytest.fixture
def active(renewing: Family) -> Family:
    """In the first paid month."""
    return renewing.wait(2 * HOUR, step=HOUR)


def test_refused_debit_is_tried_on_days_one_three_and_five_then_ends(renewing: Family) -> None:
    renewing.company.decline = "NOT_ENOUGH"
    renewing.wait(2 * HOUR, step=HOUR)
    subscription = renewing.subscription
    assert subscription.state == SubscriptionState.PAST_DUE
    assert selectors.plan_access(renewing.user, now=renewing.now) is not None
    begun = renewing.cycles[-1].charge_begun_at
    tried = set()
    for _ in range(7 * 4):
        before = PaymentAttempt.objects.count()
        renewing.wait(6 * HOUR)
        if PaymentAttempt.objects.count() > before:
            tried.add((renewing.now - begun).days)
    assert tried == {1, 3, 5}
    assert renewing.subscription.ended_reason == EndReason.UNPAID
    assert renewing.cycles[-1].state == CycleState.VOID
    assert selectors.plan_access(renewing.user, now=renewing.now) is None
    assert renewing.taken_fen == 0
    assert renewing.company.agreements[renewing.agreement.out_agreement_no].status == AgreementStatus.ENDED


def test_second_try_succeeds(renewing: Family) -> None:
    renewing.company.decline = "NOT_ENOUGH"
    renewing.wait(2 * HOUR, step=HOUR)
    renewing.company.decline = ""
    renewing.wait(DAY + 6 * HOUR)
    subscription = renewing.subscription
    assert subscription.state == SubscriptionState.ACTIVE and renewing.taken_fen == PRICE_FEN
    assert subscription.paid_through == renewing.cycles[-1].period_ends_at
    assert renewing.cycles[-1].period_starts_at == renewing.cycles[0].period_ends_at


@pytest.mark.parametrize("when", ["before", "after"])
def test_unclear_debit_is_never_asked_for_twice(renewing: Family, when: str) -> None:
    renewing.company.faults["charge"] = when
    renewing.wait(2 * HOUR, step=HOUR)
    renewing.wait(HOUR, step=HOUR / 4)
    assert renewing.taken_fen == PRICE_FEN
    assert renewing.subscription.state == SubscriptionState.ACTIVE
    assert PaymentAttempt.objects.count() == 1


def test_debit_taken_in_and_done_later(renewing: Family) -> None:
    renewing.company.processing = True
    renewing.wait(2 * HOUR, step=HOUR)
    assert renewing.subscription.state == SubscriptionState.TRIALING
    assert selectors.plan_access(renewing.user, now=renewing.now) is not None
    attempt = PaymentAttempt.objects.get()
    assert attempt.state == AttemptState.PENDING
    renewing.company.trades[attempt.out_trade_no].status = TradeStatus.PAID
    payment_services.check_attempt(attempt_id=attempt.pk)
    assert renewing.subscription.state == SubscriptionState.ACTIVE


def test_debit_taken_in_and_refused_later_counts_as_a_try(renewing: Family) -> None:
    renewing.company.processing = True
    renewing.wait(2 * HOUR, step=HOUR)
    attempt = PaymentAttempt.objects.get()
    renewing.company.trades[attempt.out_trade_no].status = TradeStatus.CLOSED
    payment_services.check_attempt(attempt_id=attempt.pk)
    renewing.wait(6 * HOUR, step=HOUR)
    assert renewing.subscription.state == SubscriptionState.PAST_DUE
    assert renewing.cycles[-1].tries == 1 and PaymentAttempt.objects.count() == 1


def test_past_due_is_paid_by_hand(renewing: Family) -> None:
    renewing.company.decline = "NOT_ENOUGH"
    renewing.wait(2 * HOUR, step=HOUR)
    intent = renewing.cycles[-1].intent
    started = payment_services.start_attempt(
        intent=intent, gateway_code="wechat", method="qr", client="desktop", payer=None
    )
    renewing.wait(2 * DAY)  # nobody closes the cashier under their hands
    renewing.company.trades[started.attempt.out_trade_no].status = TradeStatus.PAID
    payment_services.settle_payment(out_trade_no=started.attempt.out_trade_no)
    assert renewing.subscription.state == SubscriptionState.ACTIVE
    renewing.wait(3 * DAY)
    assert renewing.taken_fen == 0


def test_cancelling_keeps_what_is_paid_and_ends_the_agreement(active: Family) -> None:
    ends_at = active.subscription.paid_through
    services.cancel_plan(subscription=active.subscription, now=active.now)
    services.advance_due(now=active.now)
    assert active.agreement.state == AgreementState.ENDED
    assert selectors.plan_access(active.user, now=ends_at - HOUR) is not None
    active.wait_until(ends_at + HOUR)
    assert active.subscription.ended_reason == EndReason.PERIOD_OVER and active.taken_fen == PRICE_FEN


def test_cancelling_is_undone_by_signing_again(active: Family) -> None:
    services.cancel_plan(subscription=active.subscription, now=active.now)
    services.advance_due(now=active.now)
    with pytest.raises(errors.NeedsAgreement):
        active.choose(renews=True)
    again = services.sign_for_renewal(subscription=active.subscription, gateway_code="wechat", now=active.now)
    assert again.agreement.first_charge_on == timezone.localdate(active.subscription.paid_through)
    active.company.sign(again.agreement.out_agreement_no)
    services.check_agreement(agreement_id=again.agreement.pk, now=active.now)
    assert active.subscription.renews
    active.wait_until(active.subscription.paid_through + HOUR)
    assert active.taken_fen == 2 * PRICE_FEN


def test_cancelling_while_past_due_ends_at_once(renewing: Family) -> None:
    renewing.company.decline = "NOT_ENOUGH"
    renewing.wait(2 * HOUR, step=HOUR)
    services.cancel_plan(subscription=renewing.subscription, now=renewing.now)
    assert renewing.subscription.state == SubscriptionState.ENDED
    assert renewing.cycles[-1].intent.state == IntentState.CANCELLED
    renewing.company.decline = ""
    renewing.wait(7 * DAY)
    assert renewing.taken_fen == 0


def test_agreement_ended_at_the_company_ends_renewal_here(active: Family) -> None:
    active.company.agreements[active.agreement.out_agreement_no].status = AgreementStatus.ENDED
    assert services.hear_of_agreement("wechat", active.agreement.out_agreement_no) == ""
    assert not active.subscription.renews and active.agreement.state == AgreementState.ENDED
    active.wait_until(active.subscription.paid_through + HOUR)
    assert active.subscription.ended_reason == EndReason.PERIOD_OVER


def test_agreement_that_ended_unheard_of_is_refused_and_ends_kindly(active: Family) -> None:
    active.company.agreements[active.agreement.out_agreement_no].status = AgreementStatus.ENDED
    active.wait_until(active.subscription.paid_through + 7 * DAY)
    assert active.subscription.state == SubscriptionState.ENDED and active.taken_fen == PRICE_FEN


def test_money_that_comes_after_the_end_goes_back(renewing: Family, django_capture_on_commit_callbacks) -> None:
    renewing.company.faults["charge"] = "after"
    renewing.company.faults["query"] = "before"
    renewing.wait(2 * HOUR, step=HOUR)
    attempt = PaymentAttempt.objects.get()
    renewing.company.faults["close"] = "before"
    services.cancel_plan(subscription=renewing.subscription, now=renewing.now)
    assert renewing.subscription.state != SubscriptionState.ENDED  # the company was unclear: asked again
    renewing.wait(DAY)
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.SUCCEEDED
    assert renewing.subscription.state in (SubscriptionState.ACTIVE, SubscriptionState.ENDED)
    assert balance_fen(AccountKind.CLEARING, "wechat") == renewing.taken_fen - _back_fen()


def _back_fen() -> int:
    return sum(refund.amount_fen for refund in Refund.objects.filter(state=RefundState.SUCCEEDED))


def test_paid_period_that_was_given_up_is_refused_and_sent_back(renewing: Family) -> None:
    renewing.company.processing = True
    renewing.wait(2 * HOUR, step=HOUR)
    attempt = PaymentAttempt.objects.get()
    renewing.choose(renews=False)  # closes the trade at the company, then ends
    assert renewing.subscription.state == SubscriptionState.ENDED
    renewing.company.trades[attempt.out_trade_no].status = TradeStatus.PAID
    payment_services.settle_payment(out_trade_no=attempt.out_trade_no)
    refund = Refund.objects.get()
    payment_services.send_refund(refund_id=refund.pk)
    assert selectors.plan_access(renewing.user, now=renewing.now) is None
    assert balance_fen(AccountKind.CLEARING, "wechat") == 0 == balance_fen(AccountKind.ORDERS)


def test_refund_gives_back_what_is_left_and_ends(active: Family) -> None:
    active.wait(10 * DAY)
    offer = refund_offer(active.subscription, now=active.now)
    assert offer and 0 < offer.amount_fen == PRICE_FEN * offer.days_left // offer.days < PRICE_FEN
    with pytest.raises(errors.OfferChanged):
        services.refund_plan(subscription=active.subscription, shown_fen=offer.amount_fen + 1, now=active.now)
    refund = services.refund_plan(subscription=active.subscription, shown_fen=offer.amount_fen, now=active.now)
    payment_services.send_refund(refund_id=refund.pk)
    assert active.subscription.ended_reason == EndReason.REFUNDED
    assert selectors.plan_access(active.user, now=active.now) is None
    assert balance_fen(AccountKind.PLANS) == -(PRICE_FEN - offer.amount_fen)
    assert balance_fen(AccountKind.ORDERS) == 0
    with pytest.raises(errors.NothingToGiveBack):
        services.refund_plan(subscription=active.subscription, shown_fen=1, now=active.now)


def test_first_day_goes_back_whole(active: Family) -> None:
    offer = refund_offer(active.subscription, now=active.now)
    assert offer and offer.amount_fen == PRICE_FEN


def test_used_session_counts_in_refund_and_income(active: Family, monkeypatch) -> None:
    monkeypatch.setattr(allowances, "_counters", [lambda cycle_id: 1])
    assert refund_offer(active.subscription, now=active.now) is None  # the only session is used
    active.choose(renews=False)
    active.wait_until(active.subscription.paid_through + HOUR)
    # The session's worth stays owed to whoever held it.
    assert balance_fen(AccountKind.PLANS) == -(PRICE_FEN - 3_000)


def test_staffs_refund_after_the_end_takes_income_back(active: Family) -> None:
    active.choose(renews=False)
    active.wait_until(active.subscription.paid_through + HOUR)
    refund = payment_services.request_refund(
        intent_id=active.cycles[1].intent_id, amount_fen=1_000, reason="goodwill", key="goodwill"
    )
    payment_services.send_refund(refund_id=refund.pk)
    assert balance_fen(AccountKind.PLANS) == -(PRICE_FEN - 1_000)
    assert balance_fen(AccountKind.ORDERS) == 0 == total_fen()


def test_each_period_is_announced_to_the_shop_once(family: Family) -> None:
    heard = []

    def opened(sender, subscription, cycle, **_):
        heard.append(("opened", cycle.kind, cycle.sessions))

    def ended(sender, subscription, cycle, **_):
        heard.append(("ended", cycle.kind, cycle.sessions))

    cycle_opened.connect(opened)
    cycle_ended.connect(ended)
    try:
        family.start_trial().choose(renews=True)
        family.wait(8 * DAY)
    finally:
        cycle_opened.disconnect(opened)
        cycle_ended.disconnect(ended)
    assert heard == [("opened", "trial", 1), ("ended", "trial", 1), ("opened", "debit", 1)]


def test_period_bought_by_hand_ends_by_itself(family: Family) -> None:
    intent = services.buy_period(user=family.user, plan=family.plan, now=family.now)
    assert services.buy_period(user=family.user, plan=family.plan, now=family.now) == intent
    started = payment_services.start_attempt(
        intent=intent, gateway_code="wechat", method="qr", client="desktop", payer=None
    )
    family.company.trades[started.attempt.out_trade_no].status = TradeStatus.PAID
    payment_services.settle_payment(out_trade_no=started.attempt.out_trade_no)
    assert family.subscription.state == SubscriptionState.ACTIVE
    with pytest.raises(errors.AlreadyHasPlan):
        services.buy_period(user=family.user, plan=family.plan, now=family.now)
    family.wait(32 * DAY, step=12 * HOUR)
    assert family.subscription.ended_reason == EndReason.PERIOD_OVER and family.taken_fen == 0


def test_unpaid_purchase_ends_as_if_never_asked_for(family: Family) -> None:
    intent = services.buy_period(user=family.user, plan=family.plan, now=family.now)
    assert payment_services.cancel_intent(intent_id=intent.pk) == EndResult.ENDED
    assert family.subscription.ended_reason == EndReason.NOT_STARTED
    assert PaymentIntent.objects.get().state == IntentState.CANCELLED


@pytest.fixture
def forewarned(family: Family) -> Family:
    """At a company that wants to be told of a debit two days before it."""
    family.company.caps = replace(family.company.caps, debit_notice_days=2)
    return family.start_trial()


def _wait_with_calendar(family: Family, length: timedelta, *, step: timedelta = 6 * HOUR) -> None:
    until = family.now + length
    while family.now < until:
        family.company.today = timezone.localdate(family.now + step)
        family.wait(step, step=step)


def test_company_is_told_days_before(forewarned: Family) -> None:
    forewarned.choose(renews=True)
    _wait_with_calendar(forewarned, 3 * DAY)
    assert forewarned.agreement.announced_at is None
    _wait_with_calendar(forewarned, 2 * DAY)
    assert forewarned.agreement.announced_at is not None
    _wait_with_calendar(forewarned, 3 * DAY)
    assert forewarned.taken_fen == PRICE_FEN and len(PaymentAttempt.objects.all()) == 1
    assert forewarned.agreement.announced_at is None


@pytest.mark.parametrize("hour", [0, 7, 13, 19, 23])
def test_told_once_every_try_is_allowed_however_late_the_night_makes_it(family: Family, hour: int) -> None:
    family.company.caps = replace(family.company.caps, debit_notice_days=2)
    family.now = timezone.localtime(family.now + DAY).replace(hour=hour, minute=50)
    family.start_trial().choose(renews=True)
    family.company.decline = "NOT_ENOUGH"
    _wait_with_calendar(family, 7 * DAY)
    # From here on the scheduler is up to a night late, as at a company that takes debits only by day.
    _wait_with_calendar(family, 6 * DAY, step=9 * HOUR)
    assert family.subscription.ended_reason == EndReason.UNPAID
    assert family.cycles[-1].tries == 4
    assert family.company.calls["announce"] == 1


def test_chosen_on_the_last_day_the_debit_waits_for_the_company(forewarned: Family) -> None:
    _wait_with_calendar(forewarned, 6 * DAY + 12 * HOUR)
    forewarned.choose(renews=True)
    _wait_with_calendar(forewarned, DAY)
    assert forewarned.taken_fen == 0 and forewarned.subscription.state == SubscriptionState.TRIALING
    assert selectors.plan_access(forewarned.user, now=forewarned.now) is not None
    _wait_with_calendar(forewarned, 2 * DAY)
    assert forewarned.taken_fen == PRICE_FEN and len(PaymentAttempt.objects.all()) == 1


def test_company_that_is_never_told_ends_the_plan(forewarned: Family) -> None:
    forewarned.choose(renews=True)
    for _ in range(20):
        forewarned.company.faults["announce"] = "before"
        _wait_with_calendar(forewarned, 6 * HOUR)
        forewarned.company.faults["announce"] = "before"
        forewarned.wait(18 * HOUR, step=18 * HOUR)
    assert forewarned.subscription.ended_reason == EndReason.UNPAID and forewarned.taken_fen == 0
