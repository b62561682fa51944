"""What a community's people and those who come get to see."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.delivery.models import DeliveryTask
from catalog.delivery.services import plan_delivery
from catalog.partner.enums import TeamRole
from marketplace.core.audit.models import AuditEvent
from partners.communities import services
from partners.communities.models import Activity, Answer, SignUp
from tests.catalog.queries import queries_of
from tests.factories import make_parent, make_partner, make_partner_staff, make_staff, make_user, signed_in
from tests.factories.communities import make_activity, make_community, make_member, make_sign_up, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return make_community(name="望山社区")


@pytest.fixture
def manager(community):
    return signed_in(make_member(community))


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def written(**changes):
    starts_at = timezone.localtime() + timedelta(days=9)
    values = {
        "title": "周末亲子手工",
        "summary": "一起做一只纸船。",
        "description": "听一个故事，做一只纸船。",
        "need": "home",
        "audience": "families",
        "district": "湖滨区",
        "address": "社区二楼",
        "starts_at": starts_at.strftime("%Y-%m-%dT10:00"),
        "ends_at": starts_at.strftime("%Y-%m-%dT12:00"),
        "capacity": "30",
        "quantity_material": "30",
        "note_material": "彩纸",
    }
    return values | changes


def test_a_manager_writes_publishes_and_reads_earlier_versions(manager, community):
    answer = manager.post(reverse("communities:plan_new"), written())
    activity = Activity.objects.get()
    assert answer["Location"] == reverse("communities:plan", args=[activity.public_id])
    manager.post(reverse("communities:plan_edit", args=[activity.public_id]), written(title="亲子手工"))
    manager.post(reverse("communities:publish", args=[activity.public_id]))
    assert "第 2 版" in page(manager, "communities:plan", activity.public_id)
    assert "周末亲子手工" in page(manager, "communities:version", activity.public_id, 1)
    assert "亲子手工" in page(manager, "activities:detail", activity.public_id)


def test_a_form_says_what_is_wrong(manager):
    answer = manager.post(reverse("communities:plan_new"), written(ends_at="2020-01-01T10:00", capacity="0"))
    assert answer.status_code == 400
    assert "结束要在开始之后" in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_proposal_is_drawn_up_changed_adopted_and_paid_for(manager, community):
    manager.post(reverse("communities:plan_new"), written())
    activity = Activity.objects.get()

    def step(name, data=None):
        manager.post(reverse(f"communities:{name}", args=[activity.public_id]), data or {})

    assert "拟一份方案" in page(manager, "communities:proposal", activity.public_id)
    step("draft")
    shown = page(manager, "communities:proposal", activity.public_id)
    assert "没有现成的价格，先按常用单价" in shown
    line = activity.proposals.get().lines.get()
    moments = {
        name: timezone.localtime(getattr(activity, name)).strftime("%Y-%m-%dT%H:%M")
        for name in ("starts_at", "ends_at")
    }
    edited = {"number": "1", "reach": "20", f"what_{line.pk}": line.what, f"amount_{line.pk}": "300", **moments}
    step("proposal", edited | {"what_new0": "横幅", "amount_new0": "80.50"})
    assert activity.proposals.first().budget_fen == 38_050
    assert "你们自己填写的" in page(manager, "communities:proposal", activity.public_id)
    step("accept", {"number": "2"})
    step("ask_grant")
    finance = signed_in(make_staff(duties=["finance"]))
    assert "¥380.5" in page(finance, "communities:grants")
    finance.post(reverse("communities:open_grant", args=[activity.public_id]))
    activity.refresh_from_db()
    assert activity.fund.budget_fen == 38_050
    assert activity.fund.title in page(manager, "communities:proposal", activity.public_id)


def test_another_communitys_activity_is_not_there(manager):
    strange = make_activity()
    for name in ("plan", "plan_edit", "proposal", "door"):
        assert manager.get(reverse(f"communities:{name}", args=[strange.public_id])).status_code == 404
    for name in ("publish", "call_off", "draft", "accept", "ask_grant", "use_fund"):
        assert manager.post(reverse(f"communities:{name}", args=[strange.public_id])).status_code == 404


def test_a_clinic_has_no_community_portal():
    client = signed_in(make_partner_staff(make_partner()))
    assert client.get(reverse("communities:home")).status_code == 404


def test_a_worker_stands_at_doors_and_brings_parcels_but_plans_nothing(community):
    worker = signed_in(make_member(community, TeamRole.WORKER))
    activity = make_activity(community=community)
    assert worker.get(reverse("clinics:home"))["Location"] == reverse("communities:home")
    assert worker.get(reverse("communities:home"))["Location"] == reverse("communities:rounds")
    page(worker, "communities:door", activity.public_id)
    for name in ("plan_new", "visits", "invitations"):
        assert worker.get(reverse(f"communities:{name}")).status_code == 404
    assert worker.get(reverse("communities:plan", args=[activity.public_id])).status_code == 404


@pytest.mark.parametrize("role", [TeamRole.DESK, TeamRole.FINANCE, TeamRole.CARER])
def test_others_of_the_team_have_no_work_here(community, role):
    client = signed_in(make_member(community, role))
    assert client.get(reverse("communities:rounds")).status_code == 404


def test_the_door_shows_numbers_and_no_names(manager, community):
    activity = make_activity(community=community, starts_at=timezone.now() + timedelta(minutes=1))
    person = make_user(nickname="林小满的妈妈")
    mine = make_sign_up(activity, person, seats=2)
    answer = manager.post(reverse("communities:door", args=[activity.public_id]), {"number": mine.number}, follow=True)
    shown = answer.content.decode()
    assert "2 人，请进" in shown
    assert person.nickname not in shown
    assert person.nickname not in page(manager, "communities:plan", activity.public_id)


def test_a_family_signs_up_comes_and_says_what_it_was_like():
    activity, person = make_activity(), make_user()
    family = signed_in(person)
    family.post(reverse("activities:sign_up", args=[activity.public_id]), {"seats": "2"})
    mine = SignUp.objects.get(person=person)
    assert mine.number in page(family, "activities:detail", activity.public_id)
    services.check_in(activity=activity, number=mine.number, now=activity.starts_at)
    family.post(reverse("activities:answer", args=[mine.public_id]), {"helpful": "4", "would_come_again": "yes"})
    assert Answer.objects.get(activity=activity).would_come_again
    assert "谢谢你的回答" in page(family, "activities:detail", activity.public_id)


def test_nobody_cancels_or_answers_for_somebody_else():
    mine = make_sign_up(make_activity())
    stranger = signed_in(make_user())
    for name in ("cancel", "answer"):
        assert stranger.post(reverse(f"activities:{name}", args=[mine.public_id])).status_code == 404


def test_who_is_not_signed_in_reads_and_is_asked_to_sign_in_to_come(client):
    activity = make_activity()
    assert activity.title in page(client, "activities:detail", activity.public_id)
    answer = client.post(reverse("activities:sign_up", args=[activity.public_id]), {"seats": "1"})
    assert "/accounts/login/" in answer["Location"]


def test_drafts_have_no_public_page(client):
    draft = make_activity(state="draft", published_at=None)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert draft.title not in page(client, "activities:list")


def test_the_list_narrows_to_a_district(client):
    here, there = make_activity(), make_activity(district="南门区")
    shown = client.get(reverse("activities:list"), {"district": "南门区"}).content.decode()
    assert there.title in shown
    assert here.title not in shown


def test_a_visit_from_the_familys_wish_to_the_workers_hand(community, manager):
    parent = make_parent()
    task = make_visit(parent, community=community)
    title = task.shipment.lines.get().title
    planning = page(manager, "communities:visits")
    assert "示例路 1 号" not in planning
    assert "小林妈妈" not in planning
    person = make_member(community, TeamRole.WORKER)
    manager.post(reverse("communities:plan_visit", args=[task.public_id]), {"worker": str(person.public_id)})
    worker, family = signed_in(person), signed_in(parent)
    at_the_door = page(worker, "communities:hand_over", task.public_id)
    for seen in (page(worker, "communities:rounds"), at_the_door):
        assert "示例路 1 号" in seen
        assert "日用品" in seen
        assert title not in seen
        assert "13800000000" not in seen
    assert AuditEvent.objects.filter(actor_id=person.public_id, subject_id=parent.public_id).exists()
    code = re.search(r"handover-code[^>]*>(\d{6})<", page(family, "delivery:detail", task.public_id))[1]
    assert code not in at_the_door
    every = ["sealed", "opened", "way", "help", "crisis"]
    address = reverse("communities:hand_over", args=[task.public_id])
    assert worker.post(address, {"explained": every[:-1], "code": code}).status_code == 400
    assert worker.post(address, {"explained": every, "code": code}).status_code == 302
    assert DeliveryTask.objects.get().state == "done"
    assert "已交到手上" in page(family, "delivery:detail", task.public_id)
    assert worker.get(address).status_code == 404


def test_nobody_opens_another_familys_visit_or_another_workers_task(community):
    task = make_visit(make_parent(), community=community)
    one, two = make_member(community), make_member(community, TeamRole.WORKER)
    plan_delivery(task=task, worker=one, planned_by=one)
    assert signed_in(make_parent()).get(reverse("delivery:detail", args=[task.public_id])).status_code == 404
    assert signed_in(two).get(reverse("communities:hand_over", args=[task.public_id])).status_code == 404


def test_a_family_asks_for_a_visit_on_its_own_parcel_only(community):
    parent = make_parent()
    task = make_visit(parent, community=community)
    family = signed_in(parent)
    family.post(reverse("delivery:cancel", args=[task.public_id]))
    address = reverse("delivery:ask", args=[task.shipment.public_id])
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    wish = {"community": str(community.public_id), "language": "普通话", "visit_on": day, "day_part": "evening"}
    assert signed_in(make_parent()).post(address, wish).status_code == 404
    answer = family.post(address, wish)
    assert answer.status_code == 302
    assert DeliveryTask.objects.filter(asked_by=parent, state="asked").count() == 1


def test_a_community_chooses_its_languages_and_its_invitations(community, manager):
    manager.post(reverse("communities:visits"), {"is_open": "on", "languages": ["普通话", "手语"]})
    community.refresh_from_db()
    assert community.delivery_offer.languages == ["普通话", "手语"]
    manager.post(reverse("communities:invitations"), {"unwanted_needs": ["exams"]})
    content = signed_in(make_staff(duties=["content"]))
    wish = {"title": "考前", "text": "一起办。", "need": "exams", "district": ""}
    assert "邀请了 0 个社区" in content.post(reverse("communities:campaigns"), wish, follow=True).content.decode()
    content.post(reverse("communities:campaigns"), wish | {"need": "sleep"})
    assert "一起办" in page(manager, "communities:invitations")


@pytest.mark.parametrize("name", ["communities:home", "communities:doors", "communities:visits", "activities:list"])
def test_three_rows_ask_no_more_than_one(community, name):
    client = signed_in(make_member(community))

    def add():
        make_activity(community=community)
        make_visit(make_parent(), community=community)

    add()
    page(client, name)
    one = queries_of(lambda: page(client, name))
    add()
    add()
    assert queries_of(lambda: page(client, name)) <= one


def test_three_rounds_and_three_of_a_familys_visits_ask_no_more_than_one(community):
    person, parent = make_member(community), make_parent()
    worker, family = signed_in(person), signed_in(parent)

    def add():
        plan_delivery(task=make_visit(parent, community=community), worker=person, planned_by=person)

    add()

    def both():
        return [queries_of(lambda: page(*shown)) for shown in pages]  # noqa: B023

    pages = [(worker, "communities:rounds"), (family, "delivery:visits")]
    both()
    one = both()
    add()
    add()
    assert all(three <= few for three, few in zip(both(), one, strict=True))
