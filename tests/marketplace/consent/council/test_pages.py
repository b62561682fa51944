"""The pages: for everybody, for young people, for strangers, and for our staff."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.consent.council import services
from marketplace.consent.council.models import Proposal, Question, Vote
from marketplace.core.audit.models import AuditEvent
from tests import factories
from tests.factories.council import make_question

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "能不能把练习改成五分钟一段？"


def url(name: str, row: Question | Proposal) -> str:
    return reverse(f"council:{name}", args=[row.public_id])


def html(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode().split("<main")[1].split("</main>")[0]


def vote(question: Question, *positions: int) -> None:
    for position in positions:
        services.cast_vote(public_id=question.public_id, position=position, voter=factories.make_teen())


def ended(*positions: int, days_ago: int = 1) -> Question:
    question = make_question(opens_at=timezone.now() - timedelta(days=days_ago + 7))
    for position in positions:
        services.cast_vote(
            public_id=question.public_id,
            position=position,
            voter=factories.make_teen(),
            now=question.opens_at + timedelta(days=1),
        )
    services.close_due_questions()
    question.refresh_from_db()
    return question


@pytest.fixture
def officer():
    return factories.make_staff(duties=[Duty.PRIVACY])


@pytest.fixture
def desk(officer) -> Client:
    return factories.signed_in(officer)


def test_a_young_person_votes_and_changes_it_without_a_script():
    question, teen = make_question(), factories.make_teen()
    own = factories.signed_in(teen)
    assert "投票" in html(own, reverse("council:index"))
    page = own.post(url("vote", question), {"option": "2"}, follow=True)
    assert page.redirect_chain == [(url("question", question), 302)]
    body = page.content.decode()
    assert 'value="2" required checked' in body
    own.post(url("vote", question), {"option": "1"})
    assert Vote.objects.get().option.position == 1
    assert "checked" not in html(factories.signed_in(factories.make_teen()), url("question", question))


@pytest.mark.parametrize("option", ["", "9", "x", "²", "1.5", "-1"])
def test_a_made_up_option_is_refused_in_words(option):
    page = factories.signed_in(factories.make_teen()).post(
        url("vote", make_question()), {"option": option}, follow=True
    )
    assert "请从问题的选项里选一个" in page.content.decode()
    assert not Vote.objects.exists()


def test_adults_and_strangers_read_and_do_not_vote(client, desk):
    question = make_question()
    for reader in (client, factories.signed_in(factories.make_parent()), desk):
        for address in (reverse("council:index"), url("question", question)):
            body = html(reader, address)
            assert question.title in body
            assert "<form" not in body
        assert reader.post(url("vote", question), {"option": 1}).status_code in (302, 403, 404)
    assert not Vote.objects.exists()


def test_no_count_is_shown_before_closing(client, desk):
    question = make_question()
    seen = [
        html(client, url("question", question)),
        html(desk, url("case", question)),
        html(desk, reverse("council:desk")),
    ]
    vote(question, 1, 1, 2, 3, 1, 1, 1)
    after = [
        html(client, url("question", question)),
        html(desk, url("case", question)),
        html(desk, reverse("council:desk")),
    ]
    assert seen == after


def test_results_and_answer_are_for_everybody(client, desk):
    question = ended(1, 1, 1, 2, 2)
    body = html(client, url("question", question))
    assert "3 票 · 60%" in body
    assert "一共 5 人投票" in body
    desk.post(url("answer", question), {"answer": " "})
    desk.post(url("answer", question), {"answer": "从下个月起换掉开场。"})
    for address in (url("question", question), reverse("council:index")):
        assert "从下个月起换掉开场。" in html(client, address)
    desk.post(url("answer", question), {"answer": "改口"})
    assert "改口" not in html(client, url("question", question))


def test_below_the_floor_it_says_so_kindly(client):
    question = ended(1, 1, 2, 3)
    body = html(client, url("question", question))
    assert "不到 5 个人" in body
    assert "票 ·" not in body


def test_a_late_answer_is_seen_by_everybody(client, desk):
    question = ended(1, days_ago=32)
    assert "现在迟了" in html(client, url("question", question))
    assert "我们的答复迟了" in html(client, reverse("council:index"))
    assert "答复超时" in html(desk, reverse("council:desk"))


def test_drafts_and_what_is_to_come_are_nobodys_to_read(client):
    draft = make_question(is_published=False)
    coming = make_question(opens_at=timezone.now() + timedelta(days=2))
    body = html(client, reverse("council:index"))
    for question in (draft, coming):
        assert question.title not in body
        assert client.get(url("question", question)).status_code == 404
    teen = factories.signed_in(factories.make_teen())
    assert teen.post(reverse("council:vote", args=[uuid4()]), {"option": 1}).status_code == 404


def test_what_ended_a_moment_ago_is_being_counted(client):
    question = make_question(opens_at=timezone.now() - timedelta(days=8))
    assert "正在数票" in html(client, url("question", question))


def test_proposing_reading_the_answer_and_the_help_that_comes_first(desk):
    teen = factories.make_teen()
    own = factories.signed_in(teen)
    page = own.post(reverse("council:propose"), {"text": WORDS}, follow=True).content.decode()
    assert WORDS in page
    assert "tel:12356" not in page.split("<main")[1].split("<h1")[0]
    own.post(reverse("council:propose"), {"text": " "})
    page = own.post(reverse("council:propose"), {"text": "我不想活了"}, follow=True).content.decode()
    assert "tel:12356" in page.split("<main")[1].split("<h1")[0]

    assert WORDS not in html(desk, reverse("council:proposals"))
    proposal = Proposal.objects.get(is_urgent=False)
    assert WORDS in html(desk, url("proposal", proposal))
    desk.post(url("review", proposal), {"status": "", "answer": "写了一半"})
    desk.post(url("review", proposal), {"status": "taken_up", "answer": "好主意。"})
    assert "好主意。" in html(own, reverse("council:propose"))
    assert WORDS not in html(factories.signed_in(factories.make_teen()), reverse("council:propose"))


def test_every_look_at_a_proposal_is_written_down(desk, officer):
    teen = factories.make_teen()
    proposal = services.propose_question(text=WORDS, proposed_by=teen)
    desk.get(url("proposal", proposal))
    look = AuditEvent.objects.get(records=[proposal.public_id])
    assert (look.actor_id, look.subject_id, look.action) == (officer.public_id, teen.young_profile.public_id, "R")


def test_a_stranger_neither_reads_nor_takes_back_a_proposal():
    proposal = services.propose_question(text=WORDS, proposed_by=factories.make_teen())
    stranger = factories.signed_in(factories.make_teen())
    assert stranger.post(url("withdraw", proposal)).status_code == 404
    for somebody in (stranger, factories.signed_in(factories.make_parent())):
        for name in ("proposal", "review"):
            assert somebody.post(url(name, proposal)).status_code in (403, 404, 405)
    for parent in (Client(), factories.signed_in(factories.make_parent())):
        assert WORDS not in parent.get(reverse("council:propose"), follow=True).content.decode()
    assert Proposal.objects.exists()


def test_too_many_proposals_from_one_place_wait_and_lose_nothing(monkeypatch):
    monkeypatch.setattr("marketplace.consent.council.views.public.may_send_form", lambda request, form: False)
    page = factories.signed_in(factories.make_teen()).post(reverse("council:propose"), {"text": WORDS})
    assert page.status_code == 429
    assert WORDS in page.content.decode()


def test_the_desk_is_for_privacy_duty_only():
    question, draft = make_question(), make_question(is_published=False)
    for user in (factories.make_parent(), factories.make_teen(), factories.make_staff(duties=[Duty.SUPPORT])):
        client = factories.signed_in(user)
        for address in (reverse("council:desk"), reverse("council:new"), reverse("council:proposals")):
            assert client.get(address).status_code in (403, 404)
        assert client.post(url("publish", draft)).status_code in (403, 404)
        assert client.get(url("case", question)).status_code in (403, 404)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_staff_write_edit_and_publish(desk):
    today = timezone.localdate()
    words = {
        "title": "首页换一种颜色？",
        "why": "好多人说太暗。",
        "option_1": "换",
        "option_2": "不换",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=7)).isoformat(),
    }
    assert "至少要有两个选项" in desk.post(reverse("council:new"), words | {"option_2": ""}).content.decode()
    short = desk.post(reverse("council:new"), words | {"closes_on": today.isoformat()}).content.decode()
    assert "至少留 3 天" in short
    assert "好多人说太暗。" in short
    desk.post(reverse("council:new"), words)
    question = Question.objects.get()
    assert 'value="不换"' in html(desk, url("case", question))
    desk.post(url("case", question), words | {"option_3": "都行"})
    same = desk.post(url("case", question), words | {"option_2": "换"}).content.decode()
    assert "2 到 5 个不一样的选项" in same
    desk.post(url("publish", question))
    page = desk.post(url("case", question), words | {"title": "偷偷改"}, follow=True).content.decode()
    assert "不能再改" in page
    question.refresh_from_db()
    assert (question.title, question.status, question.options.count()) == ("首页换一种颜色？", "published", 3)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def test_the_lists_ask_as_often_for_many_as_for_one(desk):
    teen = factories.make_teen()
    own = factories.signed_in(teen)

    def more() -> None:
        question = make_question()
        services.cast_vote(public_id=question.public_id, position=1, voter=teen)
        ended(1, 1, 2, 2, 3)
        services.propose_question(text=WORDS, proposed_by=factories.make_teen())

    more()
    lists = [
        (own, reverse("council:index")),
        (desk, reverse("council:desk")),
        (desk, reverse("council:proposals")),
    ]
    before = [queries(*each) for each in lists]
    for _ in range(3):
        more()
    assert [queries(*each) for each in lists] == before


def test_the_council_is_found_from_the_privacy_page_and_from_my_page(client):
    door = f'href="{reverse("council:index")}"'
    assert door in html(client, reverse("notices:hub"))
    assert door in html(factories.signed_in(factories.make_teen()), reverse("me"))
