"""A dispute from its first word to its end: who may speak, by when, and who decides."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.mediation import errors
from catalog.mediation.enums import CaseState, Cause, Level, RulingState, Side, Topic
from catalog.mediation.models import Case, Evidence, Ruling
from catalog.mediation.selectors import case_figures, mediated_cases, payables_in_mediation
from catalog.mediation.services import (
    appeal,
    confirm_ruling,
    note_mediation,
    state,
    tend_cases,
    withdraw_case,
)
from catalog.order.errors import PackageByUnits, RefundTooMuch, SecondPersonNeeded
from catalog.order.models import Order
from catalog.partner.enums import TeamRole
from marketplace.notifications.models import Message
from payments.enums import RefundReason
from payments.models import Refund
from payments.settlement.models import Earning
from payments.settlement.selectors import balance_of
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.catalog.order.test_family_bills import paid_for
from tests.factories.money import make_package
from tests.payments.settlement.made import stated

from .disputed import decided, finance, gone_back, heard, later, opened, sent_line, support

pytestmark = pytest.mark.django_db


def seller_of(case):
    return case.line.partner.memberships.first().user


class TestOpening:
    def test_the_partner_is_asked_and_the_clocks_run(self):
        case = opened()
        assert case.state == CaseState.OPEN and case.words == "收到的时候是坏的"
        assert case.answer_by - case.opened_at == timedelta(days=3)
        assert case.decide_by - case.opened_at == timedelta(days=10)
        assert Message.objects.filter(recipient=seller_of(case), subject="有一项争议等你们说明").exists()

    def test_no_message_says_what_it_is_about(self):
        line = sent_line()
        type(line).objects.filter(pk=line.pk).update(title="考前减压玩具")
        case = heard(line)
        decided(case, fen=100)
        words = " ".join(f"{each.subject} {each.body}" for each in Message.objects.all())
        assert "争议" in words and "减压" not in words and "坏的" not in words and "检查过" not in words

    def test_only_for_what_one_bought(self):
        line = sent_line()
        for stranger in (factories.make_parent(), seller_of_line(line), support()):
            with pytest.raises(errors.NotYourCase):
                opened(line, opened_by=stranger)

    def test_not_before_it_is_paid(self):
        order = order_of(factories.make_parent(), factories.make_goods(stock=3))
        with pytest.raises(errors.NotYourCase):
            opened(order.lines.get(), opened_by=order.user)

    def test_the_other_parent_who_sees_what_it_was_may_speak(self):
        mother, father = factories.make_user(), factories.make_user()
        _child, order = paid_for(mother, father, factories.make_service(), 13)
        case = opened(order.lines.get(), opened_by=father)
        assert Message.objects.filter(recipient=mother, subject="订单有一项争议").exists()
        assert case.opened_by == father

    @pytest.mark.parametrize("age", [15, 17])
    def test_who_does_not_see_what_it_was_may_not(self, age):
        mother, father = factories.make_user(), factories.make_user()
        _child, order = paid_for(mother, father, factories.make_service(), age)
        with pytest.raises(errors.NotYourCase):
            opened(order.lines.get(), opened_by=father)

    def test_words_are_needed_and_a_year_is_the_end(self):
        line = sent_line()
        with pytest.raises(errors.CaseWordsMissing):
            opened(line, words="  ")
        Order.objects.update(paid_at=timezone.now() - timedelta(days=366))
        with pytest.raises(errors.CaseTooLate):
            opened(line)

    def test_one_at_a_time_and_again_only_after_taking_back(self):
        case = opened()
        with pytest.raises(errors.CaseIsOpen):
            opened(case.line)
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.create(
                line=case.line, opened_by=case.opened_by, topic=Topic.GOODS, words="x",
                answer_by=later(days=1), decide_by=later(days=1),
            )  # fmt: skip
        withdraw_case(case=case, withdrawn_by=case.opened_by)
        assert opened(case.line).state == CaseState.OPEN

    def test_not_again_after_its_end(self):
        case = heard()
        decided(case)
        tend_cases(now=later(days=16))
        with pytest.raises(errors.CaseHadItsEnd):
            opened(case.line)


def seller_of_line(line):
    return line.partner.memberships.first().user


class TestSaying:
    def test_the_partners_word_makes_it_ours_to_decide(self):
        case = opened()
        on_support = support()
        state(case=case, given_by=seller_of(case), words="寄出前检查过，身份证 11010519491231002X")
        case.refresh_from_db()
        assert case.state == CaseState.DECIDING and case.answered_at is not None
        given = Evidence.objects.get()
        assert given.given_as == Side.PARTNER and "11010519491231002X" not in given.words
        assert Message.objects.filter(recipient=case.opened_by, subject="争议有新的说明").exists()
        assert Message.objects.filter(recipient=on_support, subject="有一项争议可以处理了").exists()

    def test_a_familys_word_alone_does_not(self):
        case = opened()
        state(case=case, given_by=case.opened_by, words="还有一张照片")
        case.refresh_from_db()
        assert case.state == CaseState.OPEN

    @pytest.mark.parametrize("role", [TeamRole.FINANCE, TeamRole.CARER, TeamRole.WORKER])
    def test_who_does_not_speak_for_the_team(self, role):
        case = opened()
        person = factories.make_partner_staff(case.line.partner)
        person.memberships.update(role=role)
        with pytest.raises(errors.NotYourCase):
            state(case=case, given_by=person, words="我也有话说")

    def test_strangers_say_nothing(self):
        case = opened()
        for stranger in (factories.make_parent(), factories.make_partner_staff(factories.make_partner()), support()):
            with pytest.raises(errors.NotYourCase):
                state(case=case, given_by=stranger, words="x")

    def test_twenty_words_a_side_are_enough(self):
        case = opened()
        for number in range(20):
            state(case=case, given_by=case.opened_by, words=f"第 {number} 次")
        with pytest.raises(errors.EvidenceFull):
            state(case=case, given_by=case.opened_by, words="再说一次")
        assert state(case=case, given_by=seller_of(case), words="我们也说")

    def test_after_the_decision_it_is_too_late(self):
        case = heard()
        decided(case)
        with pytest.raises(errors.CaseMovedOn):
            state(case=case, given_by=case.opened_by, words="等等")
        with pytest.raises(errors.CaseMovedOn):
            withdraw_case(case=case, withdrawn_by=case.opened_by)


class TestDeciding:
    def test_cause_names_the_side_and_both_read_the_reasons(self):
        case = heard()
        ruling = decided(case, cause=Cause.GOODS, fen=5_000)
        case.refresh_from_db()
        assert (ruling.responsible, ruling.state, case.state) == (Side.PARTNER, RulingState.IN_FORCE, CaseState.DECIDED)
        refund = Refund.objects.get()
        assert (refund.amount_fen, refund.reason) == (5_000, RefundReason.MEDIATED)
        assert Message.objects.filter(subject="争议有决定了").values("recipient").distinct().count() == 2

    def test_the_partner_first_has_its_time(self):
        case = opened()
        with pytest.raises(errors.PartnerStillHasTime):
            decided(case)
        tend_cases(now=case.answer_by)
        case.refresh_from_db()
        assert case.state == CaseState.DECIDING and case.answered_at is None
        assert decided(case)

    def test_above_a_sum_a_second_person_confirms(self):
        case = heard(sent_line(price_fen=90_000))
        second = finance()
        ruling = decided(case, fen=20_001)
        case.refresh_from_db()
        assert (ruling.state, case.state) == (RulingState.WAITING, CaseState.CONFIRMING)
        assert not Refund.objects.exists()
        assert Message.objects.filter(recipient=second, subject="有一个争议决定等你确认").exists()
        with pytest.raises(errors.MayNotDecide):
            confirm_ruling(ruling=ruling, agrees=True, confirmed_by=support())
        confirm_ruling(ruling=ruling, agrees=True, confirmed_by=second)
        assert Refund.objects.get().initiator == second
        with pytest.raises(errors.CaseMovedOn):
            confirm_ruling(ruling=ruling, agrees=True, confirmed_by=finance())

    def test_nobody_is_their_own_second_person(self):
        case = heard(sent_line(price_fen=150_000))
        one = finance()
        ruling = decided(case, fen=120_000, by=one)
        with pytest.raises(SecondPersonNeeded):
            confirm_ruling(ruling=ruling, agrees=True, confirmed_by=one)
        with pytest.raises(IntegrityError), transaction.atomic():
            Ruling.objects.filter(pk=ruling.pk).update(confirmed_by=one)

    def test_a_no_gives_nothing_and_it_is_decided_anew(self):
        case = heard(sent_line(price_fen=90_000))
        ruling = decided(case, fen=50_000)
        confirm_ruling(ruling=ruling, agrees=False, confirmed_by=finance())
        case.refresh_from_db()
        assert case.state == CaseState.DECIDING and not Refund.objects.exists()
        assert decided(case, fen=10_000).state == RulingState.IN_FORCE

    def test_who_may_not_decide_and_what_may_not_be_decided(self):
        case = heard()
        for person in (case.opened_by, seller_of(case), factories.make_staff(duties=["safety"])):
            with pytest.raises(errors.MayNotDecide):
                decided(case, by=person)
        with pytest.raises(errors.NothingToGive):
            decided(case, cause=Cause.NONE, fen=1)
        with pytest.raises(RefundTooMuch):
            decided(case, fen=12_801, by=finance())
        assert decided(case, cause=Cause.NONE).responsible == Side.NOBODY
        with pytest.raises(errors.CaseMovedOn):
            decided(case)

    def test_a_package_goes_back_by_its_sessions(self):
        order = order_of(factories.make_parent(), make_package(factories.make_service()).product)
        pay(order)
        factories.make_partner_staff(order.lines.get().partner)
        case = heard(order.lines.get())
        with pytest.raises(PackageByUnits):
            decided(case, cause=Cause.SERVICE, fen=1)

    def test_the_money_of_the_order_stays_here_meanwhile(self):
        case = heard()
        payee, order_id = case.line.partner.public_id, case.line.order_id
        assert payables_in_mediation("order", [order_id]) == {order_id}
        earned_at = timezone.now() - timedelta(days=40)
        Earning.objects.update(fulfilled_at=earned_at, available_at=earned_at)
        stated(payee)
        assert balance_of(payee).held_fen > 0
        decided(case)
        tend_cases(now=later(days=16))
        assert payables_in_mediation("order", [order_id]) == set()
        assert balance_of(payee).held_fen == 0


class TestTheAuthority:
    def test_either_side_asks_for_it_in_time(self):
        case = heard()
        decided(case, fen=100)
        case.refresh_from_db()
        with pytest.raises(errors.AppealTooLate):
            appeal(case=case, appealed_by=case.opened_by, words="不同意", now=case.appeal_by)
        with pytest.raises(errors.NotYourCase):
            appeal(case=case, appealed_by=factories.make_parent(), words="不同意")
        appealed = appeal(case=case, appealed_by=seller_of(case), words="不是我们的责任")
        assert (appealed.state, appealed.appealed_as) == (CaseState.MEDIATING, Side.PARTNER)
        assert Message.objects.filter(recipient=case.opened_by, subject="争议进入调解").exists()
        with pytest.raises(errors.CaseMovedOn):
            appeal(case=case, appealed_by=case.opened_by, words="我也不同意")

    def test_what_it_mediates_is_carried_out_and_ends_the_dispute(self):
        case = heard()
        gone_back(decided(case, fen=1_000).refund)
        appeal(case=case, appealed_by=case.opened_by, words="太少")
        with pytest.raises(errors.ReferenceMissing):
            note_mediation(case=case, cause=Cause.GOODS, refund_fen=1, reasons="x", reference=" ", noted_by=support())
        ruling = note_mediation(
            case=case,
            cause=Cause.GOODS,
            refund_fen=2_000,
            reasons="调解",
            reference="沪市监调 12 号",
            noted_by=support(),
        )
        gone_back(ruling.refund)
        case.refresh_from_db()
        case.line.refresh_from_db()
        assert (ruling.level, case.state, case.line.refunded_fen) == (Level.AUTHORITY, CaseState.CLOSED, 3_000)

    def test_it_sees_nothing_of_anybody(self):
        case = heard()
        decided(case, cause=Cause.TECHNICAL, fen=1_000)
        appeal(case=case, appealed_by=case.opened_by, words="太少")
        (seen,) = mediated_cases(only_open=True)
        assert (seen.public_id, seen.responsible, seen.refund_fen) == (case.public_id, Side.PLATFORM, 1_000)
        said = repr(seen)
        for secret in (
            "太少",
            "坏的",
            "检查过",
            str(case.opened_by.public_id),
            case.line.order.number,
            case.line.title,
        ):
            assert secret not in said

    def test_figures_count_each_dispute_once(self):
        since = timezone.now() - timedelta(hours=1)
        first = heard()
        decided(first, cause=Cause.TECHNICAL, fen=500)
        appeal(case=first, appealed_by=first.opened_by, words="太少")
        note_mediation(case=first, cause=Cause.GOODS, refund_fen=0, reasons="x", reference="1", noted_by=support())
        withdraw_case(case=(second := opened()), withdrawn_by=second.opened_by)
        figures = case_figures(since=since, until=later(hours=1))
        assert (figures.opened, figures.withdrawn, figures.appealed, figures.refunded_fen) == (2, 1, 1, 500)
        assert figures.by_side == {"family": 0, "partner": 1, "platform": 0, "nobody": 0}
        assert (figures.answered_late, figures.decided_late) == (0, 0)


class TestClocks:
    def test_our_staff_hear_once_of_a_clock_that_ran_out(self):
        case, on_support = heard(), support()
        for _ in range(2):
            tend_cases(now=later(days=11))
        assert Message.objects.filter(recipient=on_support, subject="有一项争议过了时间").count() == 1
        case.refresh_from_db()
        assert case.state == CaseState.DECIDING

    def test_what_nobody_appeals_ends_by_itself(self):
        case = heard()
        decided(case)
        assert tend_cases(now=later(days=14)) == 0
        assert tend_cases(now=later(days=16)) == 1
        case.refresh_from_db()
        assert case.state == CaseState.CLOSED and case.closed_at is not None
