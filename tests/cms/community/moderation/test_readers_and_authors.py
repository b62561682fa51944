"""Reports by anybody, why something waits, what was said, and asking again: each for whom it is."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cms.community.models import Appeal, Decision, Report
from cms.community.moderation.enums import Outcome
from cms.community.templatetags.community_desk import how_long, usual_wait
from tests import factories
from tests.factories.community import make_post, make_topic
from tests.factories.moderation import decide, make_case, make_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_paces():
    cache.clear()


@pytest.fixture
def post():
    return make_post(topic=make_topic(band="8-11"))


def path(name, writing=None, *args):
    return reverse(f"community:{name}", args=["post", writing.public_id] if writing else args)


def test_a_stranger_reports_without_an_account_and_finds_help(client, post):
    form = client.get(path("report", post))
    assert form.status_code == 200
    assert "12356" in form.content.decode()
    thanks = client.post(path("report", post), {"reason": "danger", "words": "TA 说不想活了"}, follow=True)
    assert thanks.redirect_chain[-1][0] == path("reported", post)
    assert "谢谢你，收到了" in thanks.content.decode()
    assert "12356" in thanks.content.decode()
    report = Report.objects.get()
    assert (report.reason, report.is_member) == ("danger", False)
    assert post.cases.get(settled_at=None).is_hard


def test_a_report_without_a_reason_comes_back(client, post):
    assert client.post(path("report", post), {"words": "……"}).status_code == 200
    assert not Report.objects.exists()


def test_what_is_not_shown_or_not_for_ones_age_is_not_there_to_report(client):
    assert client.get(path("report", make_post(shown=False))).status_code == 404
    assert client.get(path("report", make_post(topic=make_topic(band="15-18")))).status_code == 404


def test_a_flood_is_slowed_but_danger_never(client):
    posts = [make_post(topic=make_topic(band="8-11")) for _ in range(13)]
    for each in posts:
        client.post(path("report", each), {"reason": "hurtful"})
    assert Report.objects.count() == 10
    client.post(path("report", posts[-1]), {"reason": "danger"})
    assert Report.objects.count() == 11


def test_why_a_post_waits_is_its_authors_page(client):
    author = factories.make_teen(age=16)
    post = make_post(author, shown=False)
    text = factories.signed_in(author).get(path("waiting", post)).content.decode()
    assert "先有一位同事看过" in text or "专门的同事" in text
    assert client.get(path("waiting", post)).status_code == 302
    for stranger in (factories.make_teen(age=16), factories.make_parent(), make_moderator()):
        assert factories.signed_in(stranger).get(path("waiting", post)).status_code == 404


def test_the_usual_wait_is_told_from_real_decisions():
    author = factories.make_teen(age=16)
    post = make_post(author, shown=False)
    for minutes in (50, 70, 80, 95, 300):
        Decision.objects.create(
            case=make_case(settled_at=timezone.now()),
            outcome=Outcome.PUBLISH,
            template="shown",
            words="好",
            waited_seconds=minutes * 60,
        )
    text = factories.signed_in(author).get(path("waiting", post)).content.decode()
    assert "通常2 小时内看到" in text
    assert usual_wait() == "2 小时内"


def test_too_few_decisions_promise_nothing():
    assert usual_wait() == ""


def test_the_author_reads_what_was_said_and_asks_again_once(client):
    author = factories.make_teen(age=16)
    post = make_post(author, shown=False)
    decision = decide(make_case(post), make_moderator(), Outcome.DECLINE, words="换个说法再写也可以。")
    mine = factories.signed_in(author)
    again = path("ask_again", None, decision.public_id)
    page = mine.get(path("waiting", post)).content.decode()
    assert "换个说法再写也可以。" in page
    assert again in page
    assert client.get(again).status_code == 302
    assert factories.signed_in(factories.make_teen(age=16)).post(again, {"words": "x"}).status_code == 404
    assert not Appeal.objects.exists()
    assert mine.get(again).status_code == 200
    mine.post(again, {"words": "我没有说谁"})
    assert Appeal.objects.get().words == "我没有说谁"
    assert again not in mine.get(path("waiting", post)).content.decode()
    mine.post(again, {"words": "再一次"})
    assert Appeal.objects.count() == 1


def test_after_a_loss_is_for_everybody(client):
    text = client.get(path("after_a_loss")).content.decode()
    assert "12356" in text
    assert "媒体" in text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "不到 1 分钟"),
        (12, "12 分钟"),
        (120, "2 小时"),
        (185, "3 小时 5 分钟"),
        (1000, "16 小时"),
        (60 * 50, "2 天"),
    ],
)
def test_spans_in_words(minutes, words):
    assert how_long(timezone.timedelta(minutes=minutes)) == words
