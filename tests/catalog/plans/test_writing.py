"""Writing a plan: who may, for whom, what stays of every change, and its end."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from catalog.plans import errors
from catalog.plans.enums import GoalStatus, PlanChange, PlanStatus, StepStatus
from catalog.plans.models import CarePlan, PlanVersion
from catalog.plans.services import (
    add_goal,
    add_step,
    begin_plan,
    change_goal,
    change_step,
    change_words,
    discard_draft,
    end_plan,
    move_step,
    start_plan,
    tend_plans,
)
from catalog.plans.services.parts import StepWords
from marketplace.consent.enums import ConsentEventKind
from marketplace.notifications.models import Message
from tests.factories import make_group_service, make_parent, make_service, make_teen, make_user
from tests.factories.consent import add_event
from tests.factories.plans import (
    let_see_plans,
    make_in_care,
    make_plan,
    make_step,
    make_writer,
    make_young_child,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return make_writer()


@pytest.fixture
def parent():
    return make_parent(children=0)


@pytest.fixture
def child(parent):
    return make_young_child(parent)


@pytest.fixture
def plan(child, writer):
    make_in_care(child, writer)
    return begin_plan(child=child, provider=writer, begun_by=writer.user, title="一起往前走", about="说好慢慢来")


def written(plan, writer):
    add_goal(plan=plan, text="课间能说几句话", added_by=writer.user)
    add_step(plan=plan, words=StepWords("先写三件小事"), added_by=writer.user)
    return plan


def test_a_plan_needs_a_session_and_a_word_of_the_family(child, writer):
    begin = {"child": child, "provider": writer, "begun_by": writer.user, "title": "计划"}
    with pytest.raises(errors.NotInCare):
        begin_plan(**begin)
    make_in_care(child, writer, is_shared=False)
    with pytest.raises(errors.PlanNotShared):
        begin_plan(**begin)
    let_see_plans(child, writer)
    assert begin_plan(**begin).status == PlanStatus.DRAFT
    with pytest.raises(errors.PlanExists):
        begin_plan(**begin)


def test_nobody_writes_for_another(child, writer):
    make_in_care(child, writer)
    for person in (make_user(), make_writer(writer.partner).user):
        with pytest.raises(errors.NotYourPlan):
            begin_plan(child=child, provider=writer, begun_by=person, title="计划")


def test_a_draft_is_shown_to_nobody_until_it_says_something(plan, writer, parent):
    with pytest.raises(errors.PlanEmpty):
        start_plan(plan=plan, started_by=writer.user)
    assert not Message.objects.filter(recipient=parent).exists()
    start_plan(plan=written(plan, writer), started_by=writer.user)
    [message] = Message.objects.filter(recipient=parent, channel="in_app")
    assert "计划" not in message.subject + message.body
    with pytest.raises(errors.PlanAlreadyStarted):
        start_plan(plan=plan, started_by=writer.user)


def test_a_guardian_who_may_not_see_it_is_told_nothing(writer):
    parent = make_user()
    teen = make_teen(parent)
    make_in_care(teen.young_profile, writer)
    plan = begin_plan(child=teen.young_profile, provider=writer, begun_by=writer.user, title="计划")
    start_plan(plan=written(plan, writer), started_by=writer.user)
    assert [message.recipient for message in Message.objects.filter(channel="in_app")] == [teen]


def test_every_change_stays_to_be_read(plan, writer):
    goal = add_goal(plan=plan, text="睡得好一点", added_by=writer.user)
    step = add_step(plan=plan, words=StepWords("十点半放下手机"), added_by=writer.user)
    change_goal(goal=goal, text="睡得好一些", status=GoalStatus.COMPLETED, changed_by=writer.user)
    change_step(step=step, words=StepWords("十点放下手机"), status=StepStatus.IN_PROGRESS, changed_by=writer.user)
    versions = list(PlanVersion.objects.filter(plan=plan).order_by("number"))
    assert [each.number for each in versions] == [1, 2, 3, 4, 5]
    assert [each.change for each in versions] == [PlanChange.BEGUN, "goal", "step", "goal", "step"]
    assert {each.changed_by for each in versions} == {writer.user}
    assert versions[2].content["goals"][0]["text"] == "睡得好一点"
    assert versions[4].content["goals"][0] == {"text": "睡得好一些", "status": "completed"}
    assert versions[4].content["steps"][0]["text"] == "十点放下手机"


def test_the_database_changes_no_version(plan):
    version = plan.versions.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(change=PlanChange.ENDED)
    with pytest.raises(DatabaseError), transaction.atomic(), checked_at_its_end():
        PlanVersion.objects.filter(pk=version.pk).delete()


@contextmanager
def checked_at_its_end():
    """What a commit would check."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_words_are_sealed_with_the_childs_key(plan):
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, about FROM plans_careplan")
        assert all("慢".encode() not in bytes(column) for column in cursor.fetchone())
    assert CarePlan.objects.get().about == "说好慢慢来"


def test_steps_change_places(plan, writer):
    steps = [add_step(plan=plan, words=StepWords(text), added_by=writer.user) for text in "甲乙丙"]
    move_step(step=steps[2], up=True, moved_by=writer.user)
    move_step(step=steps[0], up=True, moved_by=writer.user)
    assert [step.text for step in plan.steps.all()] == ["甲", "丙", "乙"]


def test_a_step_asks_only_for_ones_own_sessions(plan, writer):
    group = make_group_service(writer)
    for service in (make_service(), group):
        with pytest.raises(errors.SessionNotOurs):
            add_step(plan=plan, words=StepWords("见面", service=service), added_by=writer.user)
    own = make_service(writer)
    with pytest.raises(errors.SessionNotOurs):
        add_step(plan=plan, words=StepWords("见面", service=own, provider=make_writer()), added_by=writer.user)
    assert add_step(plan=plan, words=StepWords("见面", service=own, provider=writer), added_by=writer.user)


def test_a_consent_taken_back_closes_the_plan_to_its_writer(child, writer, parent):
    make_in_care(child, writer, is_shared=False)
    consent = let_see_plans(child, writer)
    plan = begin_plan(child=child, provider=writer, begun_by=writer.user, title="计划")
    add_event(consent, ConsentEventKind.REVOKED, parent, "guardian")
    with pytest.raises(errors.PlanNotShared):
        add_goal(plan=plan, text="目标", added_by=writer.user)


def test_an_ended_plan_is_only_read(plan, writer, parent):
    start_plan(plan=written(plan, writer), started_by=writer.user)
    ended = end_plan(plan=plan, reached=True, closing="走到这里真好", ended_by=writer.user)
    assert (ended.status, ended.ended_at is not None) == (PlanStatus.COMPLETED, True)
    assert ended.steps.get().status == StepStatus.CANCELLED
    assert plan.versions.first().content["closing"] == "走到这里真好"
    for act in (
        lambda: add_goal(plan=plan, text="再来", added_by=writer.user),
        lambda: change_words(plan=plan, title="新", about="", review_on=None, changed_by=writer.user),
        lambda: end_plan(plan=plan, reached=False, closing="", ended_by=writer.user),
    ):
        with pytest.raises(errors.PlanOver):
            act()
    assert begin_plan(child=plan.child, provider=writer, begun_by=writer.user, title="新的一份")


def test_a_draft_is_thrown_away_with_all_it_said(plan, writer):
    discard_draft(plan=written(plan, writer), discarded_by=writer.user)
    assert not CarePlan.objects.exists() and not PlanVersion.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_day_to_look_back_is_told_to_its_writer_once_a_week(child, writer):
    today = timezone.localdate()
    plan = make_plan(child, writer, review_on=today)
    make_step(make_plan(provider=make_writer()), review_on=today + timedelta(days=1))
    assert tend_plans() == 1
    assert tend_plans() == 0
    [message] = Message.objects.filter(recipient=writer.user)
    assert child.nickname not in message.subject + message.body
    assert tend_plans(now=timezone.now() + timedelta(days=8)) == 2
    assert plan.provider.user == message.recipient


def test_what_nobody_works_with_ends_by_itself(writer, child):
    long_ago = timezone.now() - timedelta(days=400)
    running, draft = make_plan(child, writer, at=long_ago), make_plan(status=PlanStatus.DRAFT, at=long_ago)
    assert tend_plans() == 2
    running.refresh_from_db()
    assert running.status == PlanStatus.REVOKED
    assert not CarePlan.objects.filter(pk=draft.pk).exists()
