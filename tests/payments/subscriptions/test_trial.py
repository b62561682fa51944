"""From a trial to its end: without a choice nothing is taken; with one, once, after an announcement."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import tests.factories as factories
from marketplace.notifications.models import Message
from payments.gateways.recurring import AgreementStatus
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen, total_fen
from payments.subscriptions import errors, selectors, services
from payments.subscriptions.enums import AgreementState, CycleState, EndReason, SubscriptionState
from payments.subscriptions.models import Agreement, BillingCycle, RenewalNotice, Subscription, TrialUse
from payments.subscriptions.timing import NOTICE
from tests.payments.model_recurring import ModelCharging
from tests.payments.subscriptions.family import DAY, HOUR, PRICE_FEN, Family, make_plan

pytestmark = pytest.mark.django_db


def test_trial_runs_at_once_and_nothing_is_chosen(family: Family) -> None:
    family.start_trial()
    subscription = family.subscription
    assert subscription.state == SubscriptionState.TRIALING
    assert subscription.trial_ends_at == family.now + 7 * DAY
    assert not subscription.renews
    access = selectors.plan_access(family.user, now=family.now)
    assert access and access.is_trial and access.benefits == {"reports", "courses"}


def test_page_of_return_is_not_believed(family: Family) -> None:
    agreement = family.ask_for_trial()
    assert services.check_agreement(agreement_id=agreement.pk, now=family.now) == AgreementState.WAITING
    assert selectors.plan_access(family.user, now=family.now) is None


def test_asking_again_opens_the_same_page(family: Family) -> None:
    assert family.ask_for_trial().pk == family.ask_for_trial().pk


def test_another_company_gives_the_first_question_up(family: Family, companies: dict[str, ModelCharging]) -> None:
    first = family.ask_for_trial()
    second = services.begin_trial(user=family.user, plan=family.plan, gateway_code="stripe", now=family.now).agreement
    first.refresh_from_db()
    assert first.state == AgreementState.ENDING and second.state == AgreementState.WAITING
    services.advance_due(now=family.now)
    assert family.company.agreements[first.out_agreement_no].status == AgreementStatus.ENDED


def test_notice_goes_on_the_second_day(family: Family) -> None:
    family.start_trial().wait(DAY)
    assert not RenewalNotice.objects.exists()
    family.wait(DAY)
    notices = RenewalNotice.objects.filter(cycle__subscription=family.subscription)
    assert {notice.channel for notice in notices} == {"in_app", "sms"}
    for notice in notices:
        assert family.subscription.trial_ends_at - notice.sent_at >= NOTICE
        assert "¥98" in notice.text and "不会扣款" in notice.text


def test_without_a_choice_it_ends_and_nothing_is_taken(family: Family) -> None:
    family.start_trial().wait(8 * DAY)
    subscription = family.subscription
    assert (subscription.state, subscription.ended_reason) == (SubscriptionState.ENDED, EndReason.TRIAL_OVER)
    assert family.company.debits == []
    assert family.agreement.state == AgreementState.ENDED
    assert family.company.agreements[family.agreement.out_agreement_no].status == AgreementStatus.ENDED
    assert selectors.plan_access(family.user, now=family.now) is None
    assert Message.objects.filter(recipient=family.user, body__contains="没有扣款").exists()


def test_chosen_it_renews_month_after_month(family: Family) -> None:
    family.start_trial().choose(renews=True)
    family.wait(7 * DAY + HOUR)
    assert family.subscription.state == SubscriptionState.ACTIVE
    assert family.taken_fen == PRICE_FEN
    family.wait_until(family.subscription.paid_through + HOUR)
    family.wait_until(family.subscription.paid_through + HOUR)
    assert family.taken_fen == 3 * PRICE_FEN
    assert [cycle.state for cycle in family.cycles] == [CycleState.CLOSED] * 3 + [CycleState.OPENED]
    for cycle in family.cycles[1:]:
        assert min(cycle.notices.values_list("sent_at", flat=True)) <= cycle.charge_begun_at - NOTICE
    assert balance_fen(AccountKind.PLANS) == -2 * PRICE_FEN
    assert balance_fen(AccountKind.ORDERS) == -PRICE_FEN
    assert total_fen() == 0


def test_chosen_on_the_last_day_is_covered_by_the_notice_that_went(family: Family) -> None:
    family.start_trial().wait(6 * DAY + 20 * HOUR)
    family.choose(renews=True)
    family.wait(5 * HOUR, step=HOUR)
    assert family.taken_fen == PRICE_FEN


def test_unchosen_again_before_the_end(family: Family) -> None:
    family.start_trial().choose(renews=True)
    family.wait(6 * DAY)
    family.choose(renews=False)
    family.wait(2 * DAY)
    assert family.taken_fen == 0 and family.subscription.ended_reason == EndReason.TRIAL_OVER


def test_worker_that_slept_charges_five_days_after_its_notice_and_not_before(family: Family) -> None:
    family.start_trial().choose(renews=True)
    family.now += 6 * DAY
    services.advance_due(now=family.now)
    notice = RenewalNotice.objects.filter(cycle__subscription=family.subscription).earliest("sent_at")
    family.wait(4 * DAY)
    assert family.taken_fen == 0
    assert selectors.plan_access(family.user, now=family.now) is not None
    family.wait(DAY + 6 * HOUR)
    assert family.taken_fen == PRICE_FEN
    assert family.cycles[-1].charge_begun_at >= notice.sent_at + NOTICE


def test_database_refuses_a_debit_that_was_not_announced(family: Family) -> None:
    family.start_trial()
    cycle = BillingCycle.objects.create(
        subscription=family.subscription,
        kind="debit",
        period_starts_at=family.now + 7 * DAY,
        period_ends_at=family.now + 37 * DAY,
        amount_fen=PRICE_FEN,
    )
    with pytest.raises(IntegrityError, match="not announced"), transaction.atomic():
        BillingCycle.objects.filter(pk=cycle.pk).update(charge_begun_at=family.now)
    RenewalNotice.objects.create(
        cycle=cycle, channel="in_app", sent_at=family.now, charge_on=timezone.localdate(), amount_fen=PRICE_FEN,
        renews=True, wording="x", text="x", sha256="x",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="not announced"), transaction.atomic():
        BillingCycle.objects.filter(pk=cycle.pk).update(charge_begun_at=family.now + NOTICE - timedelta(seconds=1))
    BillingCycle.objects.filter(pk=cycle.pk).update(charge_begun_at=family.now + NOTICE)


def test_notice_is_never_changed(family: Family) -> None:
    from django.db.utils import DatabaseError

    family.start_trial().wait(2 * DAY)
    for act in (lambda rows: rows.update(text=""), lambda rows: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act(RenewalNotice.objects.all())


def test_one_trial_per_person(family: Family) -> None:
    family.start_trial().wait(8 * DAY)
    with pytest.raises(errors.TrialUsed):
        family.ask_for_trial()


def test_one_trial_per_account_or_card(company: ModelCharging) -> None:
    plan = make_plan()
    Family(company, plan=plan).start_trial(instrument="the-card")
    second = Family(company, plan=plan).start_trial(instrument="the-card")
    assert second.subscription.ended_reason == EndReason.TRIAL_USED
    services.advance_due(now=second.now)
    assert company.agreements[second.agreement.out_agreement_no].status == AgreementStatus.ENDED
    assert not TrialUse.objects.filter(user=second.user).exists()


def test_young_people_and_staff_take_no_plan(company: ModelCharging) -> None:
    for user in (factories.make_teen(factories.make_parent()), factories.make_staff()):
        with pytest.raises(errors.NotForMinors):
            Family(company, user=user).ask_for_trial()
    assert not Subscription.objects.exists()


def test_childs_account_has_what_a_parents_plan_opens(family: Family) -> None:
    teen = factories.make_teen(family.user)
    family.start_trial()
    assert selectors.plan_access(teen, now=family.now) is not None
    assert selectors.plan_access(factories.make_teen(factories.make_parent()), now=family.now) is None


def test_unsigned_question_is_forgotten_after_a_day(family: Family) -> None:
    agreement = family.ask_for_trial()
    family.wait(2 * DAY)
    assert family.subscription.ended_reason == EndReason.NOT_STARTED
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ENDED
    assert Agreement.objects.filter(subscription__user=family.user).count() == 1


def test_new_price_does_not_reach_who_agreed_to_the_old(family: Family) -> None:
    family.start_trial().choose(renews=True)
    make_plan(code=family.plan.code, amount_fen=99_900)
    family.wait(8 * DAY)
    assert family.taken_fen == PRICE_FEN


def test_plan_not_on_sale_cannot_be_taken(family: Family) -> None:
    make_plan(code=family.plan.code, amount_fen=99_900)
    family.now += HOUR
    with pytest.raises(errors.PlanNotOffered):
        family.ask_for_trial()
