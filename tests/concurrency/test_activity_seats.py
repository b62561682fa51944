"""An activity's seats, many people; and a delivery's code, many tries."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.db.models import F

from catalog.delivery.enums import Explained
from catalog.delivery.errors import CodeLocked, WrongCode
from catalog.delivery.services import MOST_TRIES, hand_over, plan_delivery
from partners.communities.errors import AlreadySignedUp, Full
from partners.communities.models import Activity, SignUp
from partners.communities.services import attending, check_in, draft_proposal, sign_up
from tests.factories import make_parent, make_user
from tests.factories.communities import make_activity, make_community, make_member, make_sign_up, make_visit

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 12


@pytest.fixture
def activity(transactional_db):
    return make_activity(capacity=5)


def seats_given(outcomes):
    for outcome in outcomes:
        assert outcome.error is None or isinstance(outcome.error, (Full, AlreadySignedUp)), repr(outcome.error)
    return sum(outcome.error is None for outcome in outcomes)


def test_seats_are_never_exceeded(activity, run_concurrently):
    people = [make_user() for _ in range(RIVALS)]
    assert seats_given(run_concurrently(lambda n: sign_up(activity=activity, person=people[n]), RIVALS)) == 5
    activity.refresh_from_db()
    assert activity.taken == SignUp.objects.filter(activity=activity).count() == 5


def test_without_the_one_update_and_the_check_the_race_is_real(activity, run_concurrently, monkeypatch):
    """Look first, write after: what everybody does who has not been burnt yet."""
    barrier = threading.Barrier(RIVALS)

    def look_then_write(activity_id, seats):
        seen = Activity.objects.get(pk=activity_id)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(5)
        if seen.free < seats:
            raise Full
        Activity.objects.filter(pk=activity_id).update(taken=F("taken") + seats)

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE communities_activity DROP CONSTRAINT activity_never_overfull")
    monkeypatch.setattr(attending, "take_seats", look_then_write)
    people = [make_user() for _ in range(RIVALS)]
    assert seats_given(run_concurrently(lambda n: sign_up(activity=activity, person=people[n]), RIVALS)) > 5


def test_one_person_gets_one_sign_up_however_often_they_tap(activity, run_concurrently):
    person = make_user()
    assert seats_given(run_concurrently(lambda _: sign_up(activity=activity, person=person), 6)) == 1
    activity.refresh_from_db()
    assert activity.taken == 1


def test_two_people_at_the_door_count_somebody_once(activity, run_concurrently):
    mine = make_sign_up(activity, seats=2)
    run_concurrently(lambda _: check_in(activity=activity, number=mine.number, now=activity.starts_at), 4)
    activity.refresh_from_db()
    assert activity.came == 2


def test_two_drafts_at_once_are_two_versions(activity, run_concurrently):
    outcomes = run_concurrently(lambda _: draft_proposal(activity=activity), 3)
    assert sorted(outcome.value.number for outcome in outcomes) == [1, 2, 3]


def test_many_guesses_at_once_are_all_counted(transactional_db, run_concurrently):
    community = make_community()
    worker = make_member(community)
    task = make_visit(make_parent(), community=community)
    task = plan_delivery(task=task, worker=worker, planned_by=worker)

    def guess(_):
        return hand_over(task=task, code="000000", explained=list(Explained), handed_by=worker)

    errors = [outcome.error for outcome in run_concurrently(guess, RIVALS)]
    assert sum(isinstance(error, WrongCode) for error in errors) == MOST_TRIES
    assert sum(isinstance(error, CodeLocked) for error in errors) == RIVALS - MOST_TRIES
