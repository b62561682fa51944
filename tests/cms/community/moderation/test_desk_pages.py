"""The desk's pages: for moderators on duty alone, with no account in them, and as cheap for many cases as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.community.models import CareBreak, HoldMode
from cms.community.moderation.enums import BreakKind, Outcome
from cms.community.services.writing import Picture
from marketplace.accounts.enums import Duty
from marketplace.core.audit.models import AuditEvent
from marketplace.safeguarding.enums import Kind, Level
from tests import factories
from tests.factories.community import make_picture, make_post, make_reply
from tests.factories.moderation import choose, decide, make_case, make_moderator, take

pytestmark = pytest.mark.django_db

SECRET = "我坐在操场边上想了很久"


@pytest.fixture
def moderator():
    return make_moderator()


@pytest.fixture
def desk(moderator):
    return factories.signed_in(moderator)


def page(client, name, *args) -> str:
    answer = client.get(reverse(f"community:{name}", args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def send(client, name, *args, **data):
    return client.post(reverse(f"community:{name}", args=args), data, follow=True)


LISTS = ("desk", "desk_settled", "desk_waits", "desk_training", "holds")


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_for_moderators_on_duty(name, client):
    path = reverse(f"community:{name}")
    assert client.get(path).status_code == 302
    assert factories.signed_in(factories.make_parent()).get(path).status_code == 404
    assert factories.signed_in(factories.make_teen(age=16)).get(path).status_code == 404
    assert factories.signed_in(factories.make_staff(duties=[Duty.SAFETY])).get(path).status_code == 403
    unready = factories.signed_in(make_moderator(), second_step=False).get(path)
    assert unready.status_code == 302
    assert "/accounts/" in unready["Location"]


@pytest.mark.parametrize(
    "name", ["desk_case", "desk_claim", "desk_open", "desk_put_back", "desk_decide", "desk_pull_back"]
)
def test_a_case_is_for_moderators_on_duty(name, client):
    case = make_case()
    path = reverse(f"community:{name}", args=[case.public_id])
    ask = client.get if name == "desk_case" else client.post
    assert ask(path).status_code == 302
    for stranger in (factories.make_parent(), factories.make_teen(age=16)):
        signed = factories.signed_in(stranger)
        assert (signed.get if name == "desk_case" else signed.post)(path).status_code == 404
    case.refresh_from_db()
    assert case.is_open


def test_the_queue_shows_no_words_and_no_names(desk):
    author = factories.make_teen(age=16, nickname="阿树本人")
    post = make_post(author, shown=False, text=SECRET)
    text = page(desk, "desk")
    assert str(make_case(post).public_id) in text
    assert SECRET not in text
    assert post.aliases.get().name not in text
    assert "阿树本人" not in text


def test_words_are_there_only_in_hand_and_covered_ones_only_once_opened(desk, moderator):
    author = factories.make_teen(age=16, nickname="阿树本人")
    post = make_post(author, shown=False, text=SECRET)
    case = make_case(post, is_hard=True, level=Level.CONCERN, kind=Kind.SELF_HARM)
    assert SECRET not in page(desk, "desk_case", case.public_id)
    send(desk, "desk_claim", case.public_id)
    covered = page(desk, "desk_case", case.public_id)
    assert SECRET not in covered
    assert reverse("community:desk_open", args=[case.public_id]) in covered
    send(desk, "desk_open", case.public_id)
    opened = page(desk, "desk_case", case.public_id)
    assert SECRET in opened
    assert post.aliases.get().name in opened
    for telling in ("阿树本人", author.login_name, str(author.public_id), str(author.young_profile.public_id)):
        assert telling not in opened
    other = factories.signed_in(make_moderator())
    assert SECRET not in page(other, "desk_case", case.public_id)
    assert AuditEvent.objects.filter(actor_id=moderator.public_id, subject_id=post.public_id).exists()


def test_a_walk_from_claim_to_decision_and_back(desk, moderator):
    post = make_post(shown=False, text=SECRET)
    case = make_case(post)
    send(desk, "desk_claim", case.public_id)
    answer = send(desk, "desk_decide", case.public_id, template="shown", words="谢谢你写下来。")
    post.refresh_from_db()
    assert post.is_shown
    assert "谢谢你写下来。" in answer.content.decode()
    decision = case.decisions.get()
    assert reverse("community:desk_undo", args=[decision.public_id]) in answer.content.decode()
    send(desk, "desk_undo", decision.public_id)
    post.refresh_from_db()
    assert not post.is_shown


def test_an_incomplete_decision_comes_back_with_what_was_written(desk):
    case = make_case()
    send(desk, "desk_claim", case.public_id)
    answer = send(desk, "desk_decide", case.public_id, words="我想了想")
    assert "我想了想" in answer.content.decode()
    case.refresh_from_db()
    assert case.is_open


def test_empty_words_are_the_templates(desk):
    case = make_case()
    send(desk, "desk_claim", case.public_id)
    send(desk, "desk_decide", case.public_id, template="not_here")
    assert case.decisions.get().words.startswith("这一条没有放出来")


def test_the_picture_is_for_whoever_has_it_open(desk, moderator):
    post = make_post(shown=False, picture=Picture(make_picture(), "一棵树"))
    case = make_case(post)
    path = reverse("community:desk_picture", args=[case.public_id])
    assert desk.get(path).status_code == 404
    take(case, moderator)
    answer = desk.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert factories.signed_in(make_moderator()).get(path).status_code == 404


def test_rests_are_kind_and_enforced_on_the_page(desk, moderator):
    now = timezone.now()
    CareBreak.objects.create(
        moderator=moderator, kind=BreakKind.REQUIRED, began_at=now, until_at=now + timedelta(minutes=10)
    )
    case = make_case()
    text = page(desk, "desk")
    assert "正在休息" in text
    assert reverse("community:desk_claim", args=[case.public_id]) not in text
    send(desk, "desk_claim", case.public_id)
    assert not case.claims.exists()
    send(desk, "desk_rest_end")
    assert CareBreak.objects.filter(moderator=moderator, ended_at=None).exists()


def test_the_untrained_are_told_what_is_missing_and_a_colleague_writes_it_down(desk, moderator):
    new = make_moderator(trained=False)
    text = page(factories.signed_in(new), "desk_training")
    assert "怎样看出危险" in text
    today = timezone.localdate().isoformat()
    for course in ("basics", "danger", "self_care"):
        send(desk, "desk_training", moderator=new.pk, course=course, completed_on=today)
    assert new.moderation_training.count() == 3
    send(desk, "desk_training", moderator=moderator.pk, course="basics", completed_on=today)
    assert not moderator.moderation_training.filter(completed_on=today).exists()


def test_waits_are_of_the_desk_and_of_nobody(desk):
    colleague = make_moderator(nickname="小岸同事")
    for minutes in (10, 20, 30):
        case = make_case()
        case.opened_at -= timedelta(minutes=minutes)
        case.save()
        decide(case, colleague)
    text = page(desk, "desk_waits")
    assert "20 分钟" in text
    assert "小岸同事" not in text


def _queries(client, name) -> int:
    page(client, name)
    with CaptureQueriesContext(connection) as found:
        page(client, name)
    return len(found)


@pytest.mark.parametrize("name", ["desk", "desk_settled", "holds"])
def test_many_cost_as_many_queries_as_one(name, desk):
    def fill(count):
        for _ in range(count):
            make_case()
            make_case(make_reply(thread=make_post(), shown=False))
            decide(make_case(), make_moderator(), Outcome.DECLINE)
            HoldMode.objects.create(cause="drill", is_drill=True, look_again_at=timezone.now())

    fill(1)
    one = _queries(desk, name)
    fill(2)
    assert _queries(desk, name) == one


def test_holds_begin_and_end_on_their_page(desk):
    send(desk, "hold_begin", topic="", reason="学校传来坏消息")
    hold = HoldMode.objects.get()
    assert "学校传来坏消息" in page(desk, "hold", hold.public_id)
    assert "这两天，很多人心里不好受" in desk.get(reverse("community:home")).content.decode()
    send(desk, "hold_confirm", hold.public_id, words="还需要")
    send(desk, "hold_note", hold.public_id, words="给学校打了电话")
    send(desk, "hold_end", hold.public_id, words="")
    hold.refresh_from_db()
    assert hold.ended_at is None
    send(desk, "hold_end", hold.public_id, words="平静了")
    hold.refresh_from_db()
    assert hold.ended_at is not None
    assert "这两天，很多人心里不好受" not in desk.get(reverse("community:home")).content.decode()


@pytest.mark.parametrize("name", ["hold", "hold_confirm", "hold_note", "hold_end"])
def test_holds_are_for_moderators(name, client):
    hold = HoldMode.objects.create(cause="drill", is_drill=True, look_again_at=timezone.now())
    path = reverse(f"community:{name}", args=[hold.public_id])
    stranger = factories.signed_in(factories.make_parent())
    assert (stranger.get if name == "hold" else stranger.post)(path, {"words": "结束"}).status_code == 404
    hold.refresh_from_db()
    assert hold.ended_at is None


def test_pulling_back_what_was_shown(desk, moderator):
    post = make_post(shown=False)
    case = make_case(post)
    decide(case, make_moderator())
    send(desk, "desk_pull_back", case.public_id)
    post.refresh_from_db()
    assert not post.is_shown
    assert choose().outcome == Outcome.PUBLISH
