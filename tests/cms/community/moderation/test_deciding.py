"""Decisions take effect at once, can be taken back soon, and are looked at again by another person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.community.enums import WaitingFor, WritingState
from cms.community.models import Case, Decision
from cms.community.moderation import selectors
from cms.community.moderation.enums import Cause, Outcome
from cms.community.moderation.errors import (
    AskTwice,
    CannotUndo,
    NoAppeal,
    NotOpen,
    NotOpened,
    NotYours,
    SameReader,
    WrongTemplate,
)
from cms.community.moderation.services import appealing, claiming, deciding
from cms.community.moderation.services.deciding import Choice
from cms.community.services import withdrawing, writing
from marketplace.notifications.models import Message
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.concerns.signals import concern_closed
from marketplace.safeguarding.enums import Kind, Level
from tests import factories
from tests.factories.community import make_post, make_reply
from tests.factories.moderation import choose, decide, make_case, make_moderator, take

pytestmark = pytest.mark.django_db


def fresh(row):
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("outcome", "state", "is_covered"),
    [
        (Outcome.PUBLISH, WritingState.SHOWN, False),
        (Outcome.PUBLISH_BLURRED, WritingState.SHOWN, True),
        (Outcome.ASK_TO_CHANGE, WritingState.RETURNED, False),
        (Outcome.DECLINE, WritingState.KEPT_BACK, False),
        (Outcome.SAFETY, WritingState.WAITING, False),
    ],
)
def test_each_decision_takes_effect_at_once(outcome, state, is_covered):
    post = make_post(shown=False)
    case = make_case(post)
    decision = decide(case, make_moderator(), outcome)
    assert fresh(post).state == state
    assert post.is_covered == is_covered
    assert fresh(case).settled_at == decision.decided_at
    assert case.claims.get().ended_at == decision.decided_at


def test_a_reply_is_shown_in_its_thread():
    reply = make_reply(thread=make_post(), shown=False)
    decide(make_case(reply), make_moderator())
    assert fresh(reply).state == WritingState.SHOWN
    assert reply.thread.replies.get().position is not None


def test_the_author_hears_of_it_without_a_word_of_what():
    author = factories.make_teen(age=16)
    post = make_post(author, shown=False, text="我想说说我们班的事。")
    decision = decide(make_case(post), make_moderator(), Outcome.DECLINE, words="换个说法再写也可以。")
    told = Message.objects.filter(recipient=author, key__contains=str(decision.public_id))
    assert told.exists()
    assert not any("换个说法" in f"{each.subject}{each.body}" for each in told)
    assert selectors.standing_decision(post).words == "换个说法再写也可以。"


def test_whoever_did_not_open_it_or_has_it_not_in_hand_decides_nothing():
    case, moderator = make_case(is_hard=True), make_moderator()
    claiming.claim_case(public_id=case.public_id, moderator=moderator)
    with pytest.raises(NotOpened):
        deciding.decide(public_id=case.public_id, choice=choose(), decided_by=moderator)
    with pytest.raises(NotYours):
        deciding.decide(public_id=case.public_id, choice=choose(), decided_by=make_moderator())


def test_a_template_belongs_to_its_decision():
    case, moderator = make_case(), make_moderator()
    take(case, moderator)
    wrong = Choice(outcome=Outcome.PUBLISH, template="not_here", words="……")
    with pytest.raises(WrongTemplate):
        deciding.decide(public_id=case.public_id, choice=wrong, decided_by=moderator)


def test_what_worries_the_gate_is_shown_only_after_a_second_thought():
    case, moderator = make_case(level=Level.URGENT, kind=Kind.SELF_HARM), make_moderator()
    take(case, moderator)
    with pytest.raises(AskTwice):
        deciding.decide(public_id=case.public_id, choice=choose(), decided_by=moderator)
    thought = choose(thought_of_safety=True)
    assert deciding.decide(public_id=case.public_id, choice=thought, decided_by=moderator)


def test_nothing_is_decided_twice():
    case, moderator = make_case(), make_moderator()
    decide(case, moderator)
    with pytest.raises(NotOpen):
        deciding.decide(public_id=case.public_id, choice=choose(), decided_by=moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(case=case, outcome=Outcome.PUBLISH, template="shown", words="x", waited_seconds=1)


def test_what_goes_to_the_safety_desk_opens_a_concern_and_comes_back_once_it_is_closed():
    post = make_post(shown=False)
    decide(make_case(post, kind=Kind.ABUSE, level=Level.CONCERN), make_moderator(), Outcome.SAFETY)
    assert (fresh(post).state, post.waiting_for) == (WritingState.WAITING, WaitingFor.SAFETY)
    concern = Concern.objects.get()
    assert concern.kind == Kind.ABUSE
    assert not post.cases.filter(settled_at=None).exists()
    concern_closed.send(sender=Concern, ref=str(post.public_id), source="post", outcome="safe")
    assert post.cases.get(settled_at=None).cause == Cause.GATE


def test_half_a_minute_takes_a_decision_back():
    post, moderator = make_post(shown=False), make_moderator()
    case = make_case(post)
    decision = decide(case, moderator)
    assert fresh(post).is_shown
    deciding.undo(public_id=decision.public_id, undone_by=moderator)
    assert (fresh(post).state, post.waiting_for) == (WritingState.WAITING, WaitingFor.AGE)
    assert fresh(case).is_open
    assert selectors.standing_decision(post) is None
    again = deciding.decide(public_id=case.public_id, choice=choose(Outcome.DECLINE), decided_by=moderator)
    assert again.pk != decision.pk


def test_later_or_by_others_or_from_the_safety_desk_nothing_is_taken_back():
    moderator, late = make_moderator(), timezone.now() + deciding.UNDO_WITHIN + timedelta(seconds=2)
    decision = decide(make_case(), moderator)
    for who, when in ((make_moderator(), None), (moderator, late)):
        with pytest.raises(CannotUndo):
            deciding.undo(public_id=decision.public_id, undone_by=who, now=when)
    handed = decide(make_case(), moderator, Outcome.SAFETY)
    with pytest.raises(CannotUndo):
        deciding.undo(public_id=handed.public_id, undone_by=moderator)


def test_what_its_author_took_back_stays_taken_back():
    author, moderator = factories.make_teen(age=16), make_moderator()
    post = make_post(author, shown=False)
    decision = decide(make_case(post), moderator)
    withdrawing.withdraw(user=author, writing=post)
    with pytest.raises(CannotUndo):
        deciding.undo(public_id=decision.public_id, undone_by=moderator)
    assert fresh(post).state == WritingState.WITHDRAWN


def test_what_was_shown_can_be_pulled_back_at_any_time():
    post = make_post(shown=False)
    decide(make_case(post), make_moderator())
    case = deciding.pull_back(writing=fresh(post), pulled_by=make_moderator())
    assert (fresh(post).state, post.waiting_for) == (WritingState.WAITING, WaitingFor.REPORTED)
    assert case.is_open


def test_an_author_who_takes_a_text_back_takes_its_case_along():
    author, moderator = factories.make_teen(age=16), make_moderator()
    post = make_post(author, shown=False)
    case = make_case(post)
    take(case, moderator)
    withdrawing.withdraw(user=author, writing=post)
    assert not fresh(case).is_open
    assert case.claims.get().ended_at is not None


def test_erased_words_take_everything_said_about_them_along():
    author = factories.make_teen(age=16)
    post = make_post(author, shown=False)
    decide(make_case(post), make_moderator())
    withdrawing.withdraw(user=author, writing=post)
    withdrawing.erase_withdrawn(now=timezone.now() + timedelta(hours=1))
    assert not Case.objects.exists()
    assert not Decision.objects.exists()


def test_a_second_look_is_another_persons():
    post, first, second = make_post(shown=False), make_moderator(), make_moderator()
    decision = decide(make_case(post), first, Outcome.DECLINE)
    appeal = appealing.ask_again(public_id=decision.public_id, words="我没有说谁的名字")
    assert fresh(post).state == WritingState.KEPT_BACK
    with pytest.raises(SameReader):
        claiming.claim_case(public_id=appeal.case.public_id, moderator=first)
    decide(appeal.case, second)
    assert fresh(post).is_shown
    assert fresh(appeal).second_reader == second


def test_the_database_refuses_the_same_person_too():
    first = make_moderator()
    decision = decide(make_case(), first, Outcome.DECLINE)
    appeal = appealing.ask_again(public_id=decision.public_id)
    appeal.second_reader = first
    with pytest.raises(IntegrityError), transaction.atomic():
        appeal.save()


def test_one_asks_once_and_only_where_something_was_kept_back():
    decision = decide(make_case(), make_moderator(), Outcome.DECLINE)
    appeal = appealing.ask_again(public_id=decision.public_id)
    with pytest.raises(NoAppeal):
        appealing.ask_again(public_id=decision.public_id)
    second = decide(appeal.case, make_moderator(), Outcome.DECLINE)
    with pytest.raises(NoAppeal):
        appealing.ask_again(public_id=second.public_id)
    shown = decide(make_case(), make_moderator())
    with pytest.raises(NoAppeal):
        appealing.ask_again(public_id=shown.public_id)


def test_what_is_added_to_an_appeal_can_only_make_it_more_urgent():
    decision = decide(make_case(), make_moderator(), Outcome.DECLINE)
    appeal = appealing.ask_again(public_id=decision.public_id, words="连这里也不要我，我今晚就去死")
    assert appeal.case.level >= Level.CONCERN
    assert appeal.case.is_hard


def test_after_a_request_to_change_the_text_comes_back_to_the_queue():
    author = factories.make_teen(age=16)
    post = make_post(author, shown=False)
    decide(make_case(post), make_moderator(), Outcome.ASK_TO_CHANGE)
    writing.change_own(user=author, post_id=post.public_id, text="改好了，没有名字了。")
    writing.send_post(user=author, post_id=post.public_id)
    assert fresh(post).state == WritingState.WAITING
    assert make_case(post).is_open
