"""The portal's pages of plans: their writer's, what an organisation's other people see, and what nobody else does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.plans.enums import Pathway, PlanStatus, StepStatus
from catalog.plans.models import CarePlan, PlanStep
from marketplace.consent.enums import ConsentEventKind
from tests.factories import make_parent, make_partner_staff, make_service, make_user, signed_in
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
def child():
    return make_young_child(make_user(), nickname="小舟")


@pytest.fixture
def client(writer):
    return signed_in(writer.user)


@pytest.fixture
def plan(child, writer):
    make_in_care(child, writer)
    return make_plan(child, writer)


def at(name, *parts):
    return reverse(f"clinics:{name}", args=[part.public_id for part in parts])


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_list_begins_empty_and_offers_who_is_in_care(client, child, writer):
    assert "还没有计划" in text(client, at("plans"))
    booking = make_in_care(child, writer, is_shared=False)
    shown = text(client, at("plans"))
    assert at("plan_new", booking) in shown and "小舟" in shown
    asks = text(client, at("plan_new", booking))
    assert at("ask", booking) in asks and 'name="act"' not in asks


def test_a_plan_is_written_from_beginning_to_end(client, child, writer):
    booking = make_in_care(child, writer)
    response = client.post(at("plan_new", booking), {"act": "own", "title": "一起往前走", "about": "慢慢来"})
    plan = CarePlan.objects.get()
    assert response.headers["Location"] == at("plan", plan)
    client.post(at("plan_goal_add", plan), {"text": "课间能说几句话", "sent": "yes"})
    service = make_service(writer)
    first = {"text": "先见一次面", "service": service.pk, "provider": writer.pk, "review_on": "2026-12-24"}
    assert client.post(at("plan_step_add", plan), first).status_code == 302
    client.post(at("plan_step_add", plan), {"text": "写三件小事"})
    client.post(at("plan_start", plan))
    shown = text(client, at("plan", plan))
    for words in ("一起往前走", "慢慢来", "课间能说几句话", "先见一次面", service.product.title):
        assert words in shown
    goal, (meet, small) = plan.goals.get(), plan.steps.all()
    assert (meet.service, meet.provider, meet.review_on.isoformat()) == (service, writer, "2026-12-24")
    client.post(at("plan_step_move", plan, small), {"to": "up"})
    client.post(at("plan_step", plan, small), {"text": "写两件小事", "status": "completed"})
    client.post(at("plan_goal", plan, goal), {"text": "课间能说几句话", "status": "completed"})
    client.post(at("plan_words", plan), {"title": "一起往前走吧", "about": "慢慢来", "review_on": "2026-12-30"})
    plan = CarePlan.objects.get()
    assert [step.text for step in plan.steps.all()] == ["写两件小事", "先见一次面"]
    assert (plan.title, plan.review_on.isoformat()) == ("一起往前走吧", "2026-12-30")
    response = client.post(at("plan_end", plan), {"reached": "yes", "closing": "走到这里真好"})
    assert response.headers["Location"] == at("plan", plan)
    plan.refresh_from_db()
    assert (plan.status, plan.steps.get(pk=small.pk).status) == (PlanStatus.COMPLETED, StepStatus.COMPLETED)
    history = text(client, at("plan_history", plan))
    assert "写三件小事" in history and "走到这里真好" in history
    assert "结束计划" not in text(client, at("plan", plan))


@pytest.mark.parametrize("page", ["plan_goal_add", "plan_step_add", "plan_words", "plan_end"])
def test_an_empty_form_is_asked_again(client, plan, page):
    assert client.get(at(page, plan)).status_code == 200
    assert client.post(at(page, plan), {"sent": "yes"}).status_code == 422


def test_a_draft_is_thrown_away(client, child, writer):
    make_in_care(child, writer)
    draft = make_plan(child, writer, status=PlanStatus.DRAFT)
    assert "丢掉草稿" in text(client, at("plan", draft))
    client.post(at("plan_end", draft), {"sent": "yes"})
    assert not CarePlan.objects.exists()


def test_one_button_starts_the_middle_pathway(client, child, writer):
    booking, service = make_in_care(child, writer), make_service(writer)
    refused = client.post(at("plan_new", booking), {"act": "pathway", "service": service.pk})
    assert refused.status_code == 422
    response = client.post(
        at("plan_new", booking), {"act": "pathway", "service": service.pk, "reason": "最近睡不好，想早点开始"}
    )
    plan = CarePlan.objects.get()
    assert response.headers["Location"] == at("plan", plan)
    assert plan.pathway == Pathway.MIDDLE
    shown = text(client, at("plan", plan))
    assert "最近空着的" in shown and "有时间可约，等家庭选" in shown
    listed = text(client, at("plans"))
    assert "开始了 1 位，其中 1 位在七天之内有时间可选" in listed


def test_what_is_late_stands_first_and_says_so(client, plan, writer):
    make_plan(make_young_child(make_user()), writer)
    late = timezone.localdate() - timedelta(days=1)
    make_step(plan, service=make_service(writer), needed_by=late, unmet_at=timezone.now())
    shown = text(client, at("plans"))
    assert shown.index("过了日子还没有时间") < shown.index("一位来访者")
    assert reverse("clinics:hours") in text(client, at("plan", plan))


def test_a_manager_sees_how_it_stands_and_no_word_of_it(plan, writer):
    manager = signed_in(make_partner_staff(writer.partner))
    step = make_step(plan, service=make_service(writer), needed_by=timezone.localdate() + timedelta(days=2))
    shown = text(manager, at("plans"))
    assert "小舟" in shown and "一起往前走" not in shown and step.text not in shown
    for page in ("plan", "plan_history", "plan_words", "plan_end"):
        assert manager.get(at(page, plan)).status_code == 404


def test_a_manager_starts_the_pathway_for_a_colleague(child, writer):
    booking, service = make_in_care(child, writer), make_service(writer)
    manager = signed_in(make_partner_staff(writer.partner))
    assert "自己写一份" not in text(manager, at("plan_new", booking))
    manager.post(at("plan_new", booking), {"act": "own", "title": "越权"})
    assert not CarePlan.objects.exists()
    response = manager.post(at("plan_new", booking), {"act": "pathway", "service": service.pk, "reason": "想早点开始"})
    assert response.headers["Location"] == at("plans")
    assert CarePlan.objects.get().provider == writer


def test_strangers_find_nothing(plan, writer):
    goal, step = plan.goals.get(), plan.steps.get()
    pages = [at(name, plan) for name in ("plan", "plan_history", "plan_words", "plan_goal_add", "plan_step_add")]
    pages += [at("plan_goal", plan, goal), at("plan_step", plan, step), at("plan_end", plan)]
    for stranger in (make_parent(), make_writer().user, make_writer(writer.partner).user):
        browser = signed_in(stranger)
        for page in pages:
            assert browser.get(page).status_code == 404
            sent = {"text": "越权", "title": "越权", "reached": "yes"}
            assert browser.post(page, sent).status_code in (404, 405)
        for page in (at("plan_start", plan), at("plan_step_move", plan, step)):
            assert browser.post(page, {"to": "up"}).status_code == 404


def test_parts_of_other_plans_are_not_reached_through_ones_own(client, plan):
    other = make_plan()
    assert client.get(at("plan_goal", plan, other.goals.get())).status_code == 404
    assert client.get(at("plan_step", plan, other.steps.get())).status_code == 404


def test_a_consent_taken_back_closes_it_and_says_why(client, child, writer):
    make_in_care(child, writer, is_shared=False)
    consent = let_see_plans(child, writer)
    plan = make_plan(child, writer)
    assert "一起往前走" in text(client, at("plan", plan))
    add_event(consent, ConsentEventKind.REVOKED, make_user(), "guardian")
    for page in (at("plan", plan), at("plan_history", plan), at("plans")):
        shown = text(client, page)
        assert "一起往前走" not in shown and "先试一周" not in shown
    assert client.get(at("plan_words", plan)).status_code == 404
    client.post(at("plan_goal_add", plan), {"text": "越权"})
    assert plan.goals.count() == 1


def test_lists_cost_the_same_with_one_and_with_three(client, writer):
    def add():
        child = make_young_child(make_user())
        make_in_care(child, writer)
        make_step(make_plan(child, writer), service=make_service(writer), needed_by=timezone.localdate())
        make_in_care(make_young_child(make_user()), writer)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    add()
    plan = CarePlan.objects.get()
    pages = [at("plans"), at("plan", plan), at("plan_history", plan)]
    PlanStep.objects.update(needed_by=timezone.localdate() - timedelta(days=1))
    before = [cost(page) for page in pages]
    for _ in range(2):
        add()
        make_step(plan, service=make_service(writer))
    PlanStep.objects.update(needed_by=timezone.localdate() - timedelta(days=1))
    assert [cost(page) for page in pages] == before
