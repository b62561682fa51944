"""What young people propose: sealed, at most three at a time, answered within 15 working days."""

from datetime import timedelta

import pytest
from django.db import connection

from marketplace.consent.complaints.workdays import workdays_later
from marketplace.consent.council import services
from marketplace.consent.council.clocks import is_late
from marketplace.consent.council.enums import ProposalStatus
from marketplace.consent.council.errors import AlreadyAnswered, NotYoung, TooManyProposals
from marketplace.consent.council.models import Proposal, Vote
from marketplace.consent.rights.ground import council as ground
from marketplace.consent.rights.registry import Subject
from marketplace.core.encryption.services import destroy_data_key
from marketplace.notifications.models import Message
from tests import factories
from tests.factories.council import make_question

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "能不能把练习改成五分钟一段？"


def proposed(teen=None, text: str = WORDS) -> Proposal:
    return services.propose_question(text=text, proposed_by=teen or factories.make_teen())


def review(proposal: Proposal, status: str = ProposalStatus.TAKEN_UP) -> Proposal:
    return services.review_proposal(
        public_id=proposal.public_id, status=status, answer="好主意，下个月问大家。", answered_by=factories.make_staff()
    )


def test_words_are_sealed_under_the_childs_key():
    teen = factories.make_teen()
    proposal = review(proposed(teen))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, answer FROM council_proposal")
        for cell in cursor.fetchone():
            assert "问".encode() not in bytes(cell)
    assert Proposal.objects.get().text == WORDS
    destroy_data_key(subject_id=teen.young_profile.public_id, reason="test", destroyed_by=None)
    assert not Proposal.objects.get(pk=proposal.pk).text


def test_three_may_wait_and_an_answer_makes_room():
    teen = factories.make_teen()
    first = [proposed(teen) for _ in range(3)][0]
    with pytest.raises(TooManyProposals):
        proposed(teen)
    review(first)
    proposed(teen)


def test_only_young_people_propose():
    for somebody in (factories.make_parent(), factories.make_teen(age=18), factories.make_staff()):
        with pytest.raises(NotYoung):
            proposed(somebody)


def test_words_of_danger_make_it_urgent_and_identity_numbers_are_left_out():
    assert proposed(text="我不想活了").is_urgent
    assert not proposed().is_urgent
    assert "19491231" not in proposed(text="我的身份证是 11010519491231002X").text


def test_answered_within_fifteen_working_days_and_once():
    teen, _officer = factories.make_teen(), factories.make_staff()
    proposal = proposed(teen)
    assert proposal.answer_by == workdays_later(proposal.proposed_at, 15)
    assert not is_late(proposal, proposal.answer_by)
    late = proposal.answer_by + timedelta(seconds=1)
    assert is_late(proposal, late)
    services.close_due_questions(now=late)
    assert Message.objects.filter(key__contains=f"{proposal.public_id}:late").exists()
    proposal = review(proposal, ProposalStatus.NOT_NOW)
    assert not is_late(proposal, late)
    told = Message.objects.filter(recipient=teen)
    assert told
    assert not any(WORDS in message.body or proposal.answer in message.body for message in told)
    with pytest.raises(AlreadyAnswered):
        review(proposal)


def test_taking_it_back_deletes_it_and_only_ones_own():
    teen = factories.make_teen()
    proposal = proposed(teen)
    with pytest.raises(Proposal.DoesNotExist):
        services.withdraw_proposal(public_id=proposal.public_id, withdrawn_by=factories.make_teen())
    services.withdraw_proposal(public_id=proposal.public_id, withdrawn_by=teen)
    assert not Proposal.objects.exists()
    answered = review(proposed(teen))
    with pytest.raises(AlreadyAnswered):
        services.withdraw_proposal(public_id=answered.public_id, withdrawn_by=teen)


def test_a_copy_reads_out_what_the_young_person_said_and_to_nobody_else():
    parent = factories.make_parent()
    teen = factories.make_teen(parent, age=12)
    question = make_question()
    services.cast_vote(public_id=question.public_id, position=2, voter=teen)
    proposed(teen)
    child = teen.young_profile
    votes, proposals = ground.DATA.export(Subject(user=teen, child=child, asked_by=teen))
    assert votes.rows == [{"question": question.title, "choice": "选项乙"}]
    assert proposals.rows[0]["text"] == WORDS
    assert ground.DATA.export(Subject(child=child, asked_by=parent)) == []
    assert ground.DATA.export(Subject(user=parent, asked_by=parent)) == []


def test_an_erasure_takes_open_votes_and_proposals_along():
    teen, question = factories.make_teen(), make_question()
    for voter in (teen, factories.make_teen()):
        services.cast_vote(public_id=question.public_id, position=1, voter=voter)
    proposed(teen)
    subject = Subject(user=teen, child=teen.young_profile, asked_by=teen)
    assert [count for _, count in ground.DATA.foresee(subject).erased] == [1, 1]
    ground.DATA.erase(subject)
    assert Vote.objects.count() == 1
    assert not Proposal.objects.exists()
