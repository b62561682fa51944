"""Money given back out of goodwill: limits by duty, two people above them, never more than was paid."""

import threading

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from catalog.order.enums import ProposalState
from catalog.order.errors import (
    MayNotRefund,
    PackageByUnits,
    ProposalDecided,
    ProposalWaiting,
    RefundNoteMissing,
    RefundTooMuch,
    SecondPersonNeeded,
)
from catalog.order.models import RefundProposal
from catalog.order.selectors import refund_progress
from catalog.order.services import ask_question, decide_give_back, give_back
from marketplace.accounts.enums import Duty
from marketplace.notifications.models import Message
from payments.enums import RefundReason
from payments.models import Refund
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.factories.money import make_package
from tests.support.concurrency import run_concurrently

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def line(parent):
    order = order_of(parent, factories.make_service(price_fen=180_000))
    pay(order)
    return order.lines.get()


@pytest.fixture
def support():
    return factories.make_staff(duties=[Duty.SUPPORT])


@pytest.fixture
def finance():
    return factories.make_staff(duties=[Duty.FINANCE])


def give(line, fen, person, note="等了很久"):
    return give_back(line=line, amount_fen=fen, note=note, asked_by=person)


def test_up_to_a_limit_one_person_decides(line, support):
    given = give(line, 20_000, support)
    refund = Refund.objects.get()
    assert (given.state, given.refund, refund.amount_fen) == (ProposalState.ALONE, refund, 20_000)
    assert (refund.reason, refund.initiator) == (RefundReason.GOODWILL, support)


def test_above_it_a_second_one_on_finance_duty_does(line, support, finance):
    waiting = give(line, 20_001, support)
    assert waiting.state == ProposalState.WAITING and not Refund.objects.exists()
    assert Message.objects.filter(recipient=finance, subject="有一笔退款等你确认").exists()
    decided = decide_give_back(proposal=waiting, agrees=True, decided_by=finance)
    assert decided.state == ProposalState.APPROVED
    assert Refund.objects.get().amount_fen == 20_001
    with pytest.raises(ProposalDecided):
        decide_give_back(proposal=waiting, agrees=True, decided_by=factories.make_staff(duties=[Duty.FINANCE]))


def test_nobody_is_their_own_second_person(line, finance):
    waiting = give(line, 150_000, finance)
    with pytest.raises(SecondPersonNeeded):
        decide_give_back(proposal=waiting, agrees=True, decided_by=finance)
    with pytest.raises(IntegrityError), transaction.atomic():
        RefundProposal.objects.filter(pk=waiting.pk).update(decided_by=finance, state=ProposalState.REFUSED)


def test_a_no_gives_nothing_and_frees_the_line(line, support, finance):
    waiting = give(line, 50_000, support)
    with pytest.raises(ProposalWaiting):
        give(line, 60_000, support)
    decide_give_back(proposal=waiting, agrees=False, decided_by=finance)
    assert not Refund.objects.exists()
    assert give(line, 60_000, support).state == ProposalState.WAITING


def test_several_times_but_never_more_than_was_paid(line, finance):
    give(line, 100_000, finance)
    give(line, 80_000, finance)
    with pytest.raises(RefundTooMuch):
        give(line, 1, finance)


def test_what_went_back_meanwhile_is_not_given_twice(line, support, finance):
    waiting = give(line, 150_000, support)
    give(line, 100_000, finance)
    with pytest.raises(RefundTooMuch):
        decide_give_back(proposal=waiting, agrees=True, decided_by=finance)
    waiting.refresh_from_db()
    assert waiting.state == ProposalState.WAITING


def test_who_may_not_at_all(line, parent):
    for person in (
        parent,
        factories.make_staff(duties=[Duty.SAFETY]),
        factories.make_partner_staff(factories.make_partner()),
    ):
        with pytest.raises(MayNotRefund):
            give(line, 1, person)


def test_a_partner_gives_its_own_money_back(line):
    seller = factories.make_partner_staff(line.partner)
    assert give(line, 100_000, seller).state == ProposalState.ALONE


def test_a_reason_is_written_down_sealed(line, support):
    with pytest.raises(RefundNoteMissing):
        give(line, 1, support, note="  ")
    assert RefundProposal.objects.get(pk=give(line, 1, support).pk).note == "等了很久"


def test_an_order_nobody_paid_gives_nothing(parent, support):
    order = order_of(parent, factories.make_course())
    with pytest.raises(MayNotRefund):
        give(order.lines.get(), 1, support)


def test_a_package_goes_back_by_its_sessions(parent, finance):
    order = order_of(parent, make_package(factories.make_service()).product)
    pay(order)
    with pytest.raises(PackageByUnits):
        give(order.lines.get(), 1, finance)


def test_the_family_sees_what_goes_back_and_what_waits(line, support):
    give(line, 1_000, support)
    give(line, 50_000, support)
    progress = refund_progress(line.order)
    assert [(each.amount_fen, each.state) for each in progress] == [(1_000, "requested"), (50_000, None)]


class TestPages:
    def test_from_a_question_to_the_refund(self, line, parent, support):
        factories.make_on_duty(support, Duty.SUPPORT)
        asked = ask_question(order=line.order, asked_by=parent, body="等了四十分钟")
        client = factories.signed_in(support)
        assert "退款给家长" in client.get(reverse("backoffice:question", args=[asked.public_id])).content.decode()
        data = {"refund-line": line.pk, "refund-amount": "50", "refund-note": "迟到"}
        page = client.post(reverse("backoffice:give_money_back", args=[asked.public_id]), data, follow=True)
        assert "已退款" in page.content.decode()
        assert Refund.objects.get().amount_fen == 5_000

    def test_finance_decides_on_its_page_and_sees_no_title(self, line, support, finance):
        line.title = "考前焦虑疏导"
        line.save()
        waiting = give(line, 50_000, support)
        factories.make_on_duty(finance, Duty.FINANCE)
        client = factories.signed_in(finance)
        page = client.get(reverse("finance:goodwill"), {"number": line.order.number}).content.decode()
        assert "第 1 项" in page and "焦虑" not in page
        client.post(reverse("finance:goodwill_decide", args=[waiting.public_id]), {"agrees": "yes"})
        assert Refund.objects.get().amount_fen == 50_000

    def test_a_partner_finds_only_its_own_order(self, line):
        seller = factories.signed_in(factories.make_partner_staff(line.partner))
        other = factories.signed_in(factories.make_partner_staff(factories.make_partner()))
        url = f"{reverse('clinics:giving_back')}?number={line.order.number}"
        assert "没有找到" in other.get(url).content.decode()
        other.post(url, {"line": line.pk, "amount": "1", "note": "x"})
        assert not Refund.objects.exists()
        seller.post(url, {"line": line.pk, "amount": "12.5", "note": "迟到"})
        assert Refund.objects.get().amount_fen == 1_250


class TestTwoAtOnce:
    """Two people give the whole of a line back, on two connections: the order has another line whose money is not touched."""

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("is_guarded", [True, False])
    def test_a_line_goes_back_once(self, is_guarded, monkeypatch):
        parent = factories.make_parent()
        order = order_of(parent, factories.make_course(price_fen=10_000), factories.make_course(price_fen=30_000))
        pay(order)
        line = order.lines.get(price_fen=10_000)
        givers = [factories.make_staff(duties=[Duty.SUPPORT]) for _each in range(2)]
        if not is_guarded:
            self._take_the_lock_away(monkeypatch)

        outcomes = run_concurrently(lambda number: give(line, 10_000, givers[number]), times=2)

        refused = [type(outcome.error) for outcome in outcomes if outcome.error]
        given = sum(Refund.objects.values_list("amount_fen", flat=True))
        assert (refused, given) == (([RefundTooMuch], 10_000) if is_guarded else ([], 20_000))

    def _take_the_lock_away(self, monkeypatch):
        """Read without the order's lock, and meet between looking and claiming."""
        from catalog.order.services import goodwill, refunding

        meeting = threading.Barrier(2, timeout=60)
        monkeypatch.setattr(goodwill.locks, "lock_order_with_holdings", lambda order_id: None)
        request = refunding.request_refund

        def request_together(**fields):
            meeting.wait()
            return request(**fields)

        monkeypatch.setattr(refunding, "request_refund", request_together)
