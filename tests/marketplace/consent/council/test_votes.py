"""Voting and counting: who may, what is kept meanwhile, and what is left afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from marketplace.consent.council import services
from marketplace.consent.council.clocks import answer_state
from marketplace.consent.council.enums import AnswerState, QuestionStatus
from marketplace.consent.council.errors import (
    AlreadyAnswered,
    ClosesTooSoon,
    NoSuchOption,
    NotCounted,
    NotDraft,
    NotOpenNow,
    NotYoung,
    TooFewOptions,
)
from marketplace.consent.council.models import Option, Question, Vote
from marketplace.consent.council.rules import FLOOR
from marketplace.consent.council.selectors import own_choices
from marketplace.consent.council.tasks import close_due_questions
from marketplace.core.audit.models import AuditEvent
from marketplace.families.models import Child
from marketplace.notifications.models import Message
from tests import factories
from tests.factories.council import make_question

pytestmark = pytest.mark.django_db(transaction=True)


def vote(question: Question, position: int = 1, voter=None, **moment) -> None:
    services.cast_vote(public_id=question.public_id, position=position, voter=voter or factories.make_teen(), **moment)


def close(question: Question) -> Question:
    services.close_due_questions(now=question.closes_at)
    question.refresh_from_db()
    return question


def counted(*positions: int) -> Question:
    question = make_question()
    for position in positions:
        vote(question, position)
    return close(question)


def test_a_young_person_votes_once_and_may_change_it():
    question, teen = make_question(), factories.make_teen()
    vote(question, 1, teen)
    vote(question, 3, teen)
    ballot = Vote.objects.get()
    assert ballot.option.position == 3
    assert own_choices(teen.young_profile, [question]) == {question.pk: ballot.option_id}


@pytest.mark.parametrize("age", [8, 13, 17])
def test_from_8_to_17(age):
    vote(make_question(), voter=factories.make_teen(age=age))
    assert Vote.objects.count() == 1


def test_nobody_else_votes():
    question = make_question()
    grown, small, without = factories.make_teen(age=19), factories.make_teen(age=6), factories.make_teen()
    Child.objects.filter(account=without).update(archived_at=timezone.now())
    parent = factories.make_parent()
    own = factories.make_child(nickname="旧档案", account=parent, born_on=timezone.localdate() - timedelta(days=5000))
    assert own.rules.age < 18
    for somebody in (grown, small, without, parent, factories.make_staff()):
        with pytest.raises(NotYoung):
            vote(question, voter=somebody)
    assert not Vote.objects.exists()


def test_only_while_it_is_open():
    draft, question = make_question(is_published=False), make_question()
    for target, at in (
        (draft, timezone.now()),
        (question, question.opens_at - timedelta(seconds=1)),
        (question, question.closes_at),
    ):
        with pytest.raises(NotOpenNow):
            vote(target, now=at)
    vote(question, now=question.closes_at - timedelta(seconds=1))
    close(question)
    with pytest.raises(NotOpenNow):
        vote(question, now=question.closes_at - timedelta(seconds=1))


def test_only_one_of_its_options():
    question, other = make_question(options=2), make_question(options=5)
    for position in (0, 3, other.options.last().pk):
        with pytest.raises(NoSuchOption):
            vote(question, position)


def test_the_row_names_nobody_and_no_moment():
    teen = factories.make_teen()
    one, other = make_question(), make_question()
    vote(one, voter=teen)
    vote(other, voter=teen)
    names = {field.name for field in Vote._meta.concrete_fields}
    assert names == {"public_id", "question", "tag", "option"}
    assert not {field.related_model for field in Vote._meta.fields if field.is_relation} - {Question, Option}
    assert len(set(Vote.objects.values_list("tag", flat=True))) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT v::text FROM council_vote v")
        text = "".join(row[0] for row in cursor.fetchall())
    for mark in (teen.public_id, teen.young_profile.public_id, teen.login_name):
        assert str(mark) not in text
    assert not AuditEvent.objects.exists()
    assert not Message.objects.filter(recipient=teen).exists()


def test_another_key_forgets_who_voted(settings):
    teen, question = factories.make_teen(), make_question()
    vote(question, voter=teen)
    settings.PSEUDONYM_KEY = "another"
    assert own_choices(teen.young_profile, [question]) == {}


def test_the_database_lets_nobody_vote_twice():
    question = make_question()
    vote(question)
    ballot = Vote.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(question=question, tag=ballot.tag, option=question.options.last())


def test_counting_keeps_the_counts_and_destroys_the_votes():
    question = counted(1, 1, 1, 2, 1)
    assert question.status == QuestionStatus.CLOSED
    assert question.votes_counted == FLOOR
    assert list(question.options.values_list("votes", flat=True)) == [4, 1, 0]
    assert not Vote.objects.exists()
    assert question.answer_by == question.closes_at + timedelta(days=30)


def test_below_the_floor_not_even_the_counts_are_kept():
    question = counted(1, 1, 1, 2)
    assert question.status == QuestionStatus.CLOSED
    assert question.votes_counted is None
    assert set(question.options.values_list("votes", flat=True)) == {None}
    assert not Vote.objects.exists()


def test_nothing_is_counted_before_its_end_or_twice():
    question = make_question()
    vote(question)
    assert not services.close_question(public_id=question.public_id, now=question.closes_at - timedelta(seconds=1))
    assert Vote.objects.count() == 1
    assert services.close_due_questions(now=question.closes_at) == 1
    assert services.close_due_questions(now=question.closes_at) == 0
    close_due_questions()


def test_staff_are_told_once_that_it_is_over_and_once_that_the_answer_is_late():
    officer = factories.make_staff()
    question = counted(1)
    told = Message.objects.filter(recipient=officer, key__contains=str(question.public_id))
    after_count = told.count()
    assert after_count
    late = question.answer_by + timedelta(seconds=1)
    for _ in range(2):
        services.close_due_questions(now=late)
    assert told.count() == 2 * after_count
    assert question.title not in "".join(told.values_list("body", flat=True))


def test_the_answer_has_thirty_days_and_is_given_once():
    staff, question = factories.make_staff(), make_question()
    words = {"public_id": question.public_id, "answer": "我们改了", "answered_by": staff}
    with pytest.raises(NotCounted):
        services.answer_question(**words)
    assert answer_state(question, question.closes_at) is None
    close(question)
    assert answer_state(question, question.answer_by) == AnswerState.RUNNING
    assert answer_state(question, question.answer_by + timedelta(seconds=1)) == AnswerState.MISSED
    answered = services.answer_question(**words)
    assert answer_state(answered, question.answer_by + timedelta(days=9)) == AnswerState.KEPT
    with pytest.raises(AlreadyAnswered):
        services.answer_question(**words)


def test_a_draft_is_edited_an_open_question_never():
    question = make_question(is_published=False)
    words = {
        "public_id": question.public_id,
        "title": "新的问题",
        "why": "因为",
        "options": ["甲", "乙"],
        "opens_at": question.opens_at,
        "closes_at": question.closes_at,
    }
    assert services.edit_question(**words).title == "新的问题"
    assert list(question.options.values_list("text", flat=True)) == ["甲", "乙"]
    services.publish_question(public_id=question.public_id)
    with pytest.raises(NotDraft):
        services.edit_question(**words)
    with pytest.raises(NotDraft):
        services.publish_question(public_id=question.public_id)
    for change in (
        lambda: Question.objects.update(title="改过"),
        lambda: Question.objects.update(status="draft"),
        lambda: Question.objects.update(closes_at=question.closes_at + timedelta(days=1)),
        lambda: question.options.update(text="改过"),
        lambda: question.options.first().delete(),
        lambda: Option.objects.create(question=question, position=5, text="多出来的"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("options", [["只有一个"], ["一样", "一样 "], list("甲乙丙丁戊己"), []])
def test_two_to_five_different_options(options):
    now = timezone.now()
    with pytest.raises(TooFewOptions):
        services.draft_question(
            title="问",
            why="因为",
            options=options,
            opens_at=now,
            closes_at=now + timedelta(days=5),
            written_by=factories.make_staff(),
        )


def test_three_days_at_least_from_the_moment_it_can_be_voted_on():
    with pytest.raises(ClosesTooSoon):
        make_question(days=2)
    old = make_question(is_published=False, opens_at=timezone.now() - timedelta(days=5))
    with pytest.raises(ClosesTooSoon):
        services.publish_question(public_id=old.public_id)
