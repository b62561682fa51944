"""Payouts: two people, never more than is owed, sent once under a number, and unclear is never a no."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from payments import owing
from payments.gateways.accounting import PayoutStatus
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen, total_fen
from payments.settlement import services
from payments.settlement.enums import Channel, PayoutState
from payments.settlement.errors import (
    AccountChangeOpen,
    AccountChangeOver,
    NoPayoutAccount,
    NothingToPayOut,
    PayoutChannelClosed,
    PayoutMoved,
    PayoutTooMuch,
    PayoutUnderWay,
    SecondPersonNeeded,
)
from payments.settlement.models import Payout, PayoutAccount
from payments.settlement.selectors import account_in_force, balance_of, payable_now_fen
from tests import factories
from tests.payments.settlement.made import DETAILS, approved, earned, make_account, make_fees, partner_fen, stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def payee():
    """A partner with 90.40 yuan times five on a statement, and an account."""
    payee = uuid4()
    fees = make_fees()
    for _ in range(5):
        earned(10_000, payee=payee, fees=fees)
    stated(payee)
    make_account(payee)
    return payee


@pytest.fixture
def people():
    return factories.make_staff(), factories.make_staff()


def in_flight() -> int:
    return -balance_fen(AccountKind.PAYOUTS)


def left_at(kind: AccountKind, owner: str | None = None) -> int:
    return -balance_fen(kind, owner)


def test_from_draft_to_arrival(payee, people, company):
    first, second = people
    payout = services.draft_payout(payee=payee, drafted_by=first)
    assert (payout.amount_fen, payout.state) == (45_200, PayoutState.DRAFT)
    with pytest.raises(SecondPersonNeeded):
        services.approve_payout(payout=payout, approved_by=first)
    services.approve_payout(payout=payout, approved_by=second)
    assert partner_fen(payee) == 45_200
    assert services.send_payout(payout=payout, sent_by=first) == PayoutState.PAID
    assert (partner_fen(payee), in_flight(), left_at(AccountKind.CLEARING, "alipay")) == (0, 0, 45_200)
    assert (company.paid_fen, total_fen()) == (45_200, 0)
    assert balance_of(payee).owed_fen == 0


@pytest.mark.parametrize("fault", ["before", "after", "broken"])
def test_unclear_stays_sent_and_is_asked_again(payee, company, fault):
    payout = approved(payee)
    company.faults["send"] = fault
    assert services.send_payout(payout=payout, sent_by=factories.make_staff()) == PayoutState.SENT
    assert (partner_fen(payee), in_flight()) == (0, 45_200)
    with pytest.raises(PayoutMoved):
        services.send_payout(payout=payout, sent_by=factories.make_staff())
    company.faults["query"] = "before"
    later = timezone.now() + timedelta(minutes=1)
    assert services.check_due_payouts(now=later) == 1
    payout.refresh_from_db()
    assert payout.state == PayoutState.SENT
    services.check_due_payouts(now=later + timedelta(minutes=1))
    payout.refresh_from_db()
    assert payout.state == PayoutState.PAID
    assert (company.paid_fen, list(company.sent), in_flight()) == (45_200, [payout.out_payout_no], 0)
    assert services.check_due_payouts(now=later + timedelta(minutes=5)) == 0


def test_a_refused_question_says_nothing_about_the_money(payee, company):
    payout = approved(payee)
    company.faults["send"] = "after"
    services.send_payout(payout=payout, sent_by=factories.make_staff())
    company.faults["query"] = "refused"
    assert services.check_payout(payout_id=payout.pk) == PayoutState.SENT
    assert services.check_payout(payout_id=payout.pk) == PayoutState.PAID


@pytest.mark.parametrize("how", ["refused", "failed"])
def test_a_definite_no_gives_the_debt_back_and_only_then_is_tried_again(payee, people, company, how):
    payout = approved(payee)
    with pytest.raises(PayoutMoved):
        services.retry_payout(payout=payout, drafted_by=people[0])
    if how == "refused":
        company.faults["send"] = "refused"
    company.outcome = PayoutStatus.FAILED
    assert services.send_payout(payout=payout, sent_by=people[0]) == PayoutState.FAILED
    assert (partner_fen(payee), in_flight(), total_fen()) == (45_200, 0, 0)
    again = services.retry_payout(payout=payout, drafted_by=people[0])
    assert (again.retries, again.amount_fen) == (payout, 45_200)
    assert again.out_payout_no != payout.out_payout_no
    with pytest.raises(PayoutMoved):
        services.retry_payout(payout=payout, drafted_by=people[0])
    company.outcome = PayoutStatus.SUCCEEDED
    services.approve_payout(payout=again, approved_by=people[1])
    assert services.send_payout(payout=again, sent_by=people[0]) == PayoutState.PAID
    assert company.paid_fen == 45_200


def test_what_arrived_and_comes_back_is_owed_again(payee, people, company):
    payout = approved(payee)
    services.send_payout(payout=payout, sent_by=people[0])
    assert services.check_payout(payout_id=payout.pk) == PayoutState.PAID
    company.status[payout.out_payout_no] = PayoutStatus.FAILED
    assert services.check_due_payouts(now=timezone.now() + timedelta(hours=2)) == 1
    payout.refresh_from_db()
    assert (payout.state, payout.failure_code, payout.next_check_at) == (PayoutState.FAILED, "PAYEE_ERROR", None)
    assert (partner_fen(payee), in_flight(), left_at(AccountKind.CLEARING, "alipay"), total_fen()) == (45_200, 0, 0, 0)
    assert services.retry_payout(payout=payout, drafted_by=people[0]).amount_fen == 45_200


def test_after_some_days_nobody_asks_any_more(payee, people, company):
    payout = approved(payee)
    services.send_payout(payout=payout, sent_by=people[0])
    company.status.clear()  # what the company has forgotten is not sent a second time
    Payout.objects.filter(pk=payout.pk).update(finished_at=timezone.now() - timedelta(days=4))
    assert services.check_payout(payout_id=payout.pk) == PayoutState.PAID
    payout.refresh_from_db()
    assert (payout.next_check_at, company.calls["send"]) == (None, 1)


def test_one_at_a_time_and_never_twice(payee, people, company):
    services.draft_payout(payee=payee, drafted_by=people[0])
    with pytest.raises(PayoutUnderWay):
        services.draft_payout(payee=payee, drafted_by=people[1])
    Payout.objects.update(state=PayoutState.WITHDRAWN, finished_at=timezone.now())
    payout = approved(payee)
    services.send_payout(payout=payout, sent_by=people[0])
    with pytest.raises(NothingToPayOut):
        services.draft_payout(payee=payee, drafted_by=people[0])


def test_a_claw_back_after_the_draft_stops_it(payee, people, company):
    payout = approved(payee)
    earning = payee_earning(payee)
    services.claw_back(source=("thing", earning.source_id), key="late", paid_left_fen=0)
    with pytest.raises(PayoutTooMuch):
        services.send_payout(payout=payout, sent_by=people[0])
    services.withdraw_payout(payout=payout)
    assert services.draft_payout(payee=payee, drafted_by=people[0]).amount_fen == 4 * 9_040


def test_a_balance_below_zero_is_carried_over(payee, people, company):
    services.send_payout(payout=approved(payee), sent_by=people[0])
    services.claw_back(source=("thing", payee_earning(payee).source_id), key="late", paid_left_fen=0)
    assert partner_fen(payee) == payable_now_fen(payee) == -9_040
    with pytest.raises(NothingToPayOut):
        services.draft_payout(payee=payee, drafted_by=people[0])


def test_disputed_money_stays(payee, people, monkeypatch):
    earning = earned(20_000, payee=payee, about=("order", 77))
    services.draw_up_statement(payee=payee, period_on=timezone.localdate().replace(day=1))
    assert earning.statement is None
    monkeypatch.setattr(owing, "_holds", [lambda kind, ids: {77} & set(ids) if kind == "order" else set()])
    balance = balance_of(payee)
    assert (balance.held_fen, balance.payable_fen, balance.owed_fen) == (20_000, 45_200, 65_200)
    assert services.draft_payout(payee=payee, drafted_by=people[0]).amount_fen == 45_200


def test_too_little_is_carried_over():
    payee = uuid4()
    earned(9_999, payee=payee)
    stated(payee)
    make_account(payee)
    with pytest.raises(NothingToPayOut):
        services.draft_payout(payee=payee, drafted_by=None)


def test_what_the_month_proposes_needs_two_people_still(payee, people):
    payout = services.draft_payout(payee=payee, drafted_by=None)
    with pytest.raises(SecondPersonNeeded):
        services.approve_payout(payout=payout, approved_by=people[1])
    services.take_up_payout(payout=payout, drafted_by=people[0])
    with pytest.raises(PayoutMoved):
        services.take_up_payout(payout=payout, drafted_by=people[1])
    services.approve_payout(payout=payout, approved_by=people[1])


def test_by_bank_another_person_notes_the_answer(people):
    payee = uuid4()
    earned(30_000, payee=payee)
    stated(payee)
    make_account(payee, channel=Channel.BANK)
    payout = approved(payee)
    services.send_payout(payout=payout, sent_by=people[0])
    assert services.check_due_payouts(now=timezone.now() + timedelta(days=1)) == 0
    with pytest.raises(SecondPersonNeeded):
        services.record_bank_transfer(payout=payout, arrived=True, reference="B1", recorded_by=people[0])
    services.record_bank_transfer(payout=payout, arrived=True, reference="B1", recorded_by=people[1])
    assert (left_at(AccountKind.BANK), in_flight(), partner_fen(payee)) == (30_000, 0, 0)


def test_no_channel_no_sending(payee, people, monkeypatch):
    monkeypatch.setattr("payments.settlement.services.sending.enabled_codes", list)
    payout = approved(payee)
    with pytest.raises(PayoutChannelClosed):
        services.send_payout(payout=payout, sent_by=people[0])
    payout.refresh_from_db()
    assert payout.state == PayoutState.APPROVED


def test_the_database_keeps_two_people_and_the_order_of_steps(payee):
    first = factories.make_staff()
    payout = services.draft_payout(payee=payee, drafted_by=first)
    for change, name in (
        ({"state": "approved", "approved_by": first, "approved_at": timezone.now()}, "approved_by_a_second"),
        ({"state": "approved"}, "never_unapproved"),
        ({"state": "sent", "sent_at": timezone.now()}, "never_unapproved"),
        ({"sent_at": timezone.now()}, "sent_iff_sent"),
        ({"amount_fen": 0}, "amount_positive"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Payout.objects.filter(pk=payout.pk).update(**change)


def test_a_change_of_account_waits_a_day_and_needs_two(payee, people):
    old = account_in_force(payee)
    now = timezone.now()
    change = services.ask_account_change(payee=payee, details=DETAILS, asked_by=people[0], now=now)
    with pytest.raises(AccountChangeOpen):
        services.ask_account_change(payee=payee, details=DETAILS, asked_by=people[1], now=now)
    with pytest.raises(SecondPersonNeeded):
        services.confirm_account_change(account=change, confirmed_by=people[0], now=now)
    services.confirm_account_change(account=change, confirmed_by=people[1], now=now)
    with pytest.raises(AccountChangeOver):
        services.confirm_account_change(account=change, confirmed_by=people[1], now=now)
    assert account_in_force(payee, now + timedelta(hours=23)) == old
    assert account_in_force(payee, now + timedelta(hours=25)) == change
    with pytest.raises(AccountChangeOver):
        services.stop_account_change(account=change, now=now + timedelta(hours=25))


def test_a_stopped_change_never_counts(payee, people):
    old = account_in_force(payee)
    change = services.ask_account_change(payee=payee, details=DETAILS, asked_by=people[0])
    services.confirm_account_change(account=change, confirmed_by=people[1])
    services.stop_account_change(account=change)
    assert account_in_force(payee, timezone.now() + timedelta(days=9)) == old


def test_a_draft_to_an_account_that_changed_is_not_approved(payee, people):
    payout = services.draft_payout(payee=payee, drafted_by=people[0])
    make_account(payee)
    with pytest.raises(NoPayoutAccount):
        services.approve_payout(payout=payout, approved_by=people[1])


def test_the_database_lets_nobody_edit_an_account(payee):
    account = PayoutAccount.objects.get(payee=payee)
    account.number = "thief@example.com"
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        account.save()
    for change in ({"effective_at": account.confirmed_at + timedelta(seconds=1)}, {"payee": uuid4()}):
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
            PayoutAccount.objects.filter(pk=account.pk).update(**change)


def payee_earning(payee):
    from payments.settlement.models import Earning

    return Earning.objects.filter(payee=payee).first()
