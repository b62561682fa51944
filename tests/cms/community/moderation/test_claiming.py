"""Two moderators never work on one case; whoever is tired or untrained takes none."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cms.community.models import CareBreak, Claim
from cms.community.moderation import selectors
from cms.community.moderation.care import NEED_AFTER_HARD, Need
from cms.community.moderation.enums import BreakKind
from cms.community.moderation.errors import (
    AlreadyTaken,
    EnoughForToday,
    HandsFull,
    MustRest,
    NotTrained,
    NotYours,
    RestNotOver,
)
from cms.community.moderation.services import claiming, resting
from cms.community.moderation.services.tending import tend_desk
from marketplace.safeguarding.enums import Kind, Level
from tests.factories.moderation import make_case, make_moderator

pytestmark = pytest.mark.django_db(transaction=True)


def claim(case, moderator, **fields):
    return claiming.claim_case(public_id=case.public_id, moderator=moderator, **fields)


def live_claims(case) -> int:
    return Claim.objects.filter(case=case, ended_at=None).count()


def test_of_four_moderators_at_once_one_gets_the_case(run_concurrently):
    case, moderators = make_case(), [make_moderator() for _ in range(4)]
    outcomes = run_concurrently(lambda number: claim(case, moderators[number]), 4)
    assert sum(each.error is None for each in outcomes) == 1
    assert all(isinstance(each.error, AlreadyTaken) for each in outcomes if each.error)
    assert live_claims(case) == 1


def test_of_two_cases_at_once_a_moderator_gets_one(run_concurrently):
    cases, moderator = [make_case(), make_case()], make_moderator()
    outcomes = run_concurrently(lambda number: claim(cases[number], moderator), 2)
    assert sum(each.error is None for each in outcomes) == 1
    assert all(isinstance(each.error, HandsFull) for each in outcomes if each.error)


def _look_and_take(case, moderator, both_looked) -> None:
    """The steps of a claim without the case's lock."""
    with transaction.atomic():
        is_free = not Claim.objects.filter(case=case, ended_at=None).exists()
        both_looked.wait()
        if is_free:
            now = timezone.now()
            Claim.objects.create(case=case, moderator=moderator, claimed_at=now, expires_at=now + claiming.IN_HAND)


def test_without_the_guards_two_moderators_work_on_one_case(run_concurrently):
    """So that it is known what lock and constraint are for."""
    case, moderators = make_case(), [make_moderator() for _ in range(2)]
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_live_claim_a_case")
    both_looked = threading.Barrier(2, timeout=20)
    outcomes = run_concurrently(lambda number: _look_and_take(case, moderators[number], both_looked), 2)
    assert [each.error for each in outcomes] == [None, None]
    assert live_claims(case) == 2


def test_the_constraint_alone_lets_one_of_them(run_concurrently):
    case, moderators = make_case(), [make_moderator() for _ in range(2)]
    both_looked = threading.Barrier(2, timeout=20)
    outcomes = run_concurrently(lambda number: _look_and_take(case, moderators[number], both_looked), 2)
    assert sum(each.error is None for each in outcomes) == 1
    assert live_claims(case) == 1


def test_what_is_in_hand_too_long_is_free_again():
    case, slow, quick = make_case(), make_moderator(), make_moderator()
    began = timezone.now() - claiming.IN_HAND
    claim(case, slow, now=began - timedelta(seconds=1))
    assert claim(case, quick).moderator == quick
    with pytest.raises(NotYours):
        claiming.put_back(public_id=case.public_id, moderator=slow)
    ended = Claim.objects.get(moderator=slow)
    assert ended.ended_at == ended.expires_at


def test_taking_again_holds_it_longer_and_putting_back_frees_it():
    case, moderator, other = make_case(), make_moderator(), make_moderator()
    first = claim(case, moderator)
    again = claim(case, moderator, now=timezone.now() + timedelta(minutes=5))
    assert again.pk == first.pk
    assert again.expires_at > first.expires_at
    claiming.put_back(public_id=case.public_id, moderator=moderator)
    assert claim(case, other).moderator == other


def test_whoever_has_something_in_hand_takes_nothing_else():
    moderator = make_moderator()
    claim(make_case(), moderator)
    with pytest.raises(HandsFull):
        claim(make_case(), moderator)


def test_training_comes_before_the_first_case():
    with pytest.raises(NotTrained):
        claim(make_case(), make_moderator(trained=False))


def test_training_that_ran_out_closes_the_queue():
    moderator, case = make_moderator(), make_case()
    moderator.moderation_training.filter(course="self_care").update(valid_until=timezone.localdate() - timedelta(1))
    with pytest.raises(NotTrained):
        claim(case, moderator)
    assert selectors.missing_training(moderator, timezone.localdate()) == ["self_care"]


def _looked_at(moderator, *, hard: int, minutes_ago: float) -> None:
    """Hard cases seen one after the other, the last some minutes ago."""
    now = timezone.now()
    for number in range(hard):
        case = make_case(is_hard=True, settled_at=now)
        began = now - timedelta(minutes=minutes_ago + 3 * (hard - number))
        Claim.objects.create(
            case=case,
            moderator=moderator,
            claimed_at=began,
            opened_at=began,
            ended_at=began + timedelta(minutes=2),
            expires_at=began + claiming.IN_HAND,
        )


def test_after_eight_hard_texts_a_rest_is_required_and_enforced():
    moderator, case = make_moderator(), make_case()
    _looked_at(moderator, hard=NEED_AFTER_HARD, minutes_ago=1)
    assert selectors.care_state(moderator, timezone.now()).need is Need.REQUIRED
    with pytest.raises(MustRest):
        claim(case, moderator)
    rest = resting.begin_rest(moderator=moderator)
    assert rest.kind == BreakKind.REQUIRED
    with pytest.raises(RestNotOver):
        resting.end_rest(moderator=moderator)
    with pytest.raises(MustRest):
        claim(case, moderator)
    resting.end_rest(moderator=moderator, now=rest.until_at)
    assert claim(case, moderator, now=rest.until_at + timedelta(seconds=1))


def test_a_rest_of_ones_own_gives_back_what_is_in_hand_and_ends_when_one_likes():
    moderator, case = make_moderator(), make_case()
    claim(case, moderator)
    rest = resting.begin_rest(moderator=moderator)
    assert rest.kind == BreakKind.OWN
    assert live_claims(case) == 0
    assert resting.begin_rest(moderator=moderator).pk == rest.pk
    with pytest.raises(MustRest):
        claim(case, moderator)
    resting.end_rest(moderator=moderator)
    assert claim(case, moderator)


def test_two_rests_at_once_are_one(run_concurrently):
    moderator = make_moderator()
    outcomes = run_concurrently(lambda _number: resting.begin_rest(moderator=moderator), 3)
    assert [each.error for each in outcomes] == [None] * 3
    assert CareBreak.objects.filter(moderator=moderator).count() == 1


def test_hard_texts_of_a_day_have_an_end_but_easy_ones_go_on(monkeypatch):
    monkeypatch.setattr("cms.community.moderation.care.HARD_A_DAY", 2)
    moderator = make_moderator()
    _looked_at(moderator, hard=2, minutes_ago=20)
    hard = make_case(is_hard=True, level=Level.CONCERN, kind=Kind.SELF_HARM)
    if selectors.care_state(moderator, timezone.now()).hard_today < 2:
        pytest.skip("the texts lie on the other side of midnight")
    with pytest.raises(EnoughForToday):
        claim(hard, moderator)
    assert claim(make_case(), moderator)


def test_the_clock_frees_claims_and_makes_old_moments_coarse():
    case, moderator = make_case(), make_moderator()
    claim(case, moderator, now=timezone.now() - timedelta(hours=1))
    tend_desk()
    assert live_claims(case) == 0
    settled = timezone.now() - timedelta(hours=30)
    case.opened_at, case.settled_at = settled - timedelta(minutes=7), settled
    case.save()
    tend_desk()
    case.refresh_from_db()
    assert case.settled_at.minute == case.settled_at.second == case.opened_at.minute == 0
