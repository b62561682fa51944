"""The same person twice at once, and a vote against the count; and the proof that the lock is what helps."""

import threading

import pytest
from django.utils import timezone

from marketplace.consent.council import locks, services
from marketplace.consent.council.errors import NotOpenNow, TooManyProposals
from marketplace.consent.council.models import Proposal, Question, Vote
from tests import factories
from tests.factories.council import make_question

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_person_at_once_has_one_vote(run_concurrently):
    question, teen = make_question(), factories.make_teen()
    outcomes = run_concurrently(
        lambda number: services.cast_vote(public_id=question.public_id, position=number % 2 + 1, voter=teen), 4
    )
    assert not [outcome.error for outcome in outcomes if outcome.error]
    assert Vote.objects.count() == 1


def vote_against_the_count(run_concurrently) -> tuple[Question, list]:
    """Five have voted; a sixth votes in the last moment while the count begins."""
    question, late = make_question(), factories.make_teen()
    for _ in range(5):
        services.cast_vote(public_id=question.public_id, position=1, voter=factories.make_teen())
    last_moment = timezone.now()
    acts = (
        lambda: services.close_question(public_id=question.public_id, now=question.closes_at),
        lambda: services.cast_vote(public_id=question.public_id, position=2, voter=late, now=last_moment),
    )
    outcomes = run_concurrently(lambda number: acts[number](), 2)
    question.refresh_from_db()
    return question, outcomes


def test_a_vote_is_counted_or_refused_and_never_left_behind(run_concurrently):
    question, outcomes = vote_against_the_count(run_concurrently)
    refused = [type(outcome.error) for outcome in outcomes if outcome.error]
    assert refused in ([], [NotOpenNow])
    assert question.votes_counted == (5 if refused else 6)
    assert not Vote.objects.exists()


def test_without_the_lock_a_vote_is_left_behind(run_concurrently, monkeypatch):
    question = make_question()
    for _ in range(5):
        services.cast_vote(public_id=question.public_id, position=1, voter=factories.make_teen())
    counted = threading.Event()
    late, last_moment = factories.make_teen(), timezone.now()
    monkeypatch.setattr(locks, "locked_question", lambda public_id: Question.objects.get(public_id=public_id))
    whole = services.voting.rules.is_open
    monkeypatch.setattr(services.voting.rules, "is_open", lambda *of: whole(*of) and counted.wait(5))

    def count() -> None:
        services.close_question(public_id=question.public_id, now=question.closes_at)
        counted.set()

    acts = (count, lambda: services.cast_vote(public_id=question.public_id, position=2, voter=late, now=last_moment))
    outcomes = run_concurrently(lambda number: acts[number](), 2)
    assert not [outcome.error for outcome in outcomes if outcome.error]
    assert Vote.objects.count() == 1


def test_two_counts_at_once_count_once(run_concurrently):
    question = make_question()
    for _ in range(5):
        services.cast_vote(public_id=question.public_id, position=1, voter=factories.make_teen())
    outcomes = run_concurrently(
        lambda number: services.close_question(public_id=question.public_id, now=question.closes_at), 2
    )
    assert sorted(outcome.value for outcome in outcomes) == [False, True]
    question.refresh_from_db()
    assert question.votes_counted == 5


def test_four_proposals_at_once_are_three(run_concurrently):
    teen = factories.make_teen()
    outcomes = run_concurrently(lambda number: services.propose_question(text="问一问", proposed_by=teen), 4)
    assert [type(outcome.error) for outcome in outcomes if outcome.error] == [TooManyProposals]
    assert Proposal.objects.count() == 3
