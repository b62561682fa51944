"""Two connections at once: one debit per period, one trial per card, a cancellation against a debit."""

import threading
from contextlib import suppress
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from payments.enums import AttemptState
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen, total_fen
from payments.models import PaymentAttempt, Refund
from payments.services import send_refund, settle_payment
from payments.subscriptions import services
from payments.subscriptions.enums import CycleState, EndReason, SubscriptionState
from payments.subscriptions.models import BillingCycle, Subscription, TrialUse
from tests.payments.model_recurring import ModelCharging
from tests.payments.subscriptions.family import DAY, HOUR, PRICE_FEN, Family, make_plan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def due(company: ModelCharging, transactional_db: None) -> Family:
    """A minute after a trial that renews, nobody has looked yet."""
    family = Family(company).start_trial()
    family.choose(renews=True)
    family.wait(7 * DAY - HOUR)
    family.now += 2 * HOUR
    return family


def test_two_workers_debit_a_period_once(due: Family, run_concurrently) -> None:
    run_concurrently(lambda _: services.charge_period(subscription_id=due.subscription.pk, now=due.now), 2)
    assert due.taken_fen == PRICE_FEN
    assert PaymentAttempt.objects.count() == 1
    assert due.subscription.state == SubscriptionState.ACTIVE


def _without_lock(subscription_id: int) -> Subscription:
    return Subscription.objects.select_related("plan", "user").get(pk=subscription_id)


def test_even_without_the_lock_the_database_keeps_one_try(due: Family, run_concurrently) -> None:
    meeting = threading.Barrier(2)

    def unlocked(subscription_id: int) -> Subscription:
        found = _without_lock(subscription_id)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(2)
        return found

    def work(_: int) -> None:
        with suppress(IntegrityError):
            services.charge_period(subscription_id=due.subscription.pk, now=due.now)

    with patch("payments.subscriptions.locks.locked_subscription", unlocked):
        run_concurrently(work, 2)
    assert due.taken_fen == PRICE_FEN
    assert PaymentAttempt.objects.count() == 1


def test_same_card_at_once_is_one_trial(company: ModelCharging, run_concurrently) -> None:
    plan = make_plan()
    families = [Family(company, plan=plan) for _ in range(2)]
    agreements = []
    for family in families:
        agreement = family.ask_for_trial()
        company.sign(agreement.out_agreement_no, instrument="the-card")
        agreements.append((family, agreement))

    def come_back(number: int) -> None:
        family, agreement = agreements[number]
        services.check_agreement(agreement_id=agreement.pk, now=family.now)

    run_concurrently(come_back, 2)
    assert TrialUse.objects.count() == 1
    assert sorted(str(family.subscription.state) for family in families) == ["ended", "trialing"]
    lost = next(family for family in families if family.subscription.state == SubscriptionState.ENDED)
    assert lost.subscription.ended_reason == EndReason.TRIAL_USED


def test_two_pages_start_one_subscription(company: ModelCharging, transactional_db: None, run_concurrently) -> None:
    family = Family(company)
    run_concurrently(lambda _: family.ask_for_trial(), 2)
    assert Subscription.objects.filter(user=family.user).count() == 1
    assert family.subscription.agreements.count() == 1


@pytest.mark.parametrize("first", ["cancel", "charge"])
def test_cancelling_against_a_debit_loses_no_money(due: Family, run_concurrently, first: str) -> None:
    reached, go = threading.Event(), threading.Event()
    charge = due.company.charge_agreement

    def slow_charge(agreement, attempt):
        if first == "cancel":
            reached.set()
            go.wait(10)
            return charge(agreement, attempt)
        answer = charge(agreement, attempt)
        reached.set()
        go.wait(10)
        return answer

    acts = [
        lambda: services.charge_period(subscription_id=due.subscription.pk, now=due.now),
        lambda: (reached.wait(10), services.cancel_plan(subscription=due.subscription, now=due.now), go.set()),
    ]
    with patch.object(due.company, "charge_agreement", slow_charge):
        run_concurrently(lambda number: acts[number](), 2)
    for attempt in PaymentAttempt.objects.exclude(state=AttemptState.SUCCEEDED):
        settle_payment(out_trade_no=attempt.out_trade_no)
    for refund in Refund.objects.all():
        send_refund(refund_id=refund.pk)
    cycle = BillingCycle.objects.get(subscription=due.subscription, kind="debit", state__in=["opened", "void"])
    kept = balance_fen(AccountKind.CLEARING, "wechat")
    # Either the family has the period it paid for, or its money is back.
    assert kept == (PRICE_FEN if cycle.state == CycleState.OPENED else 0)
    assert total_fen() == 0 and not due.subscription.renews
