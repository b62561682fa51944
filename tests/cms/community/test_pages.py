"""The community's pages: who reads what, what a page never says, and that it costs the same however long it is."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.community.enums import UnmaskingReason
from cms.community.models import Attachment, Post, Reply
from cms.community.selectors import reading
from cms.community.services import hiding, unmasking, writing
from tests import factories
from tests.factories.community import make_picture, make_post, make_reply, make_topic

pytestmark = pytest.mark.django_db


def browser(band: str = "15-18") -> Client:
    client = Client()
    client.cookies["age_band"] = band
    return client


def thread_url(post: Post) -> str:
    return reverse("community:thread", args=[post.public_id])


def main_of(response) -> str:
    return re.sub(
        r"csrf\w+\" value=\"\w+|nonce=\"[^\"]+", "", response.content.decode().split("<main")[1].split("</main>")[0]
    )


def test_a_stranger_reads_what_is_for_the_age_they_picked():
    young, old = make_post(topic=make_topic(band="8-11")), make_post(topic=make_topic(band="15-18"))
    assert Client().get(thread_url(young)).status_code == 200
    assert Client().get(thread_url(old)).status_code == 404
    assert browser().get(thread_url(old)).status_code == 200
    assert browser("12-14").get(thread_url(old)).status_code == 404
    response = Client().post(reverse("community:choose_band"), {"band": "15-18"})
    assert response.cookies["age_band"].value == "15-18"


@pytest.mark.parametrize(("age", "sees"), [(7, 0), (9, 1), (13, 2), (15, 3)])
def test_a_young_member_reads_what_is_for_them_whatever_a_cookie_says(age, sees):
    posts = [make_post(topic=make_topic(band=band)) for band in ("8-11", "12-14", "15-18")]
    client = factories.signed_in(factories.make_teen(age=age), browser("15-18"))
    assert [client.get(thread_url(post)).status_code for post in posts] == [200] * sees + [404] * (3 - sees)


def test_what_is_not_shown_is_not_there_for_others():
    member = factories.make_teen(age=16)
    post = make_post(member, shown=False, picture=writing.Picture(make_picture()))
    picture = reverse("community:picture", args=[post.attachments.get().public_id])
    other = factories.signed_in(factories.make_teen(age=16))
    for client in (browser(), other):
        assert client.get(thread_url(post)).status_code == 404
        assert client.get(picture).status_code == 404
        assert post.text not in client.get(reverse("community:topic", args=[post.topic.slug])).content.decode()
    own = factories.signed_in(member)
    assert own.get(thread_url(post)).status_code == 302
    assert own.get(picture).status_code == 200


def test_pages_are_the_same_whoever_wrote_and_headers_too():
    """Two threads alike but for their writers: beyond names, pictures and ids nothing differs."""
    one, two = (make_post(factories.make_teen(age=16), text="今天有点累。") for _ in range(2))
    pages = [browser().get(thread_url(post)) for post in (one, two)]

    def bare(page, post):
        html = main_of(page).replace(str(post.public_id), "ID").replace(post.aliases.get().name, "NAME")
        return re.sub(r"avatar--\d|pictures\.svg#[\w-]+", "", html)

    assert bare(pages[0], one) == bare(pages[1], two)
    assert [sorted(page.headers) for page in pages][0] == sorted(pages[1].headers)
    assert all(
        "no-store" in page["Cache-Control"] and "ETag" not in page and "Last-Modified" not in page for page in pages
    )


def test_no_page_says_a_clock_a_number_of_a_row_or_an_account():
    member = factories.make_teen(age=16)
    post = make_post(member, picture=writing.Picture(make_picture(), "一棵树"))
    reply = make_reply(member, thread=post, quotes=post.public_id)
    html = main_of(browser().get(thread_url(post)))
    assert not re.search(r"\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}|datetime=", html)
    for secret in (
        member.public_id,
        member.young_profile.public_id,
        reply.alias.public_id,
        reply.alias.member_key,
        member.nickname,
    ):
        assert str(secret) not in html
    found = browser().get(reverse("community:picture", args=[Attachment.objects.get().public_id]))
    assert set(found.headers) & {"Last-Modified", "ETag", "Content-Disposition"} == set()


def test_a_topic_costs_the_same_with_one_post_and_with_many(django_assert_num_queries):
    topic, member = make_topic(), factories.make_teen(age=16)
    make_post(topic=topic)
    url, counts = reverse("community:topic", args=[topic.slug]), []
    for client in (browser(), factories.signed_in(member)):
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        counts.append(len(few))
    for _ in range(3):
        make_reply(thread=make_post(topic=topic))
    for client, before in zip((browser(), factories.signed_in(member)), counts, strict=True):
        client.get(url)
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) == before, [query["sql"][:90] for query in many]


def test_a_thread_costs_the_same_with_one_reply_and_with_many():
    post, member = make_post(), factories.make_teen(age=16)
    first = make_reply(thread=post)
    counts = []
    for wanted in (1, 5):
        while post.replies.count() < wanted:
            make_reply(thread=post, quotes=first.public_id, picture=writing.Picture(make_picture()))
        client = factories.signed_in(member)
        client.get(thread_url(post))
        with CaptureQueriesContext(connection) as queries:
            client.get(thread_url(post))
        counts.append(len(queries))
    assert counts[0] >= counts[1] - 1  # keys of pictures and quotations come in the same query


def test_ones_own_page_costs_the_same():
    member, counts = factories.make_teen(age=16), []
    for wanted in (1, 3):
        while Post.objects.count() < wanted:
            make_post(member)
        client = factories.signed_in(member)
        client.get(reverse("community:mine"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("community:mine"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_pages_follow_one_another_without_a_gap_or_a_repeat(monkeypatch):
    monkeypatch.setattr(reading, "PAGE", 3)
    monkeypatch.setattr(reading, "REPLIES", 2)
    topic = make_topic()
    posts = {str(make_post(topic=topic).public_id) for _ in range(8)}
    seen, query = [], ""
    while query is not None:
        html = browser().get(reverse("community:topic", args=[topic.slug]) + query).content.decode()
        seen += dict.fromkeys(re.findall(r"/community/thread/([0-9a-f-]{36})/", html))
        older = re.search(r'href="(\?before=[^"]+)"', html)
        query = older[1] if older else None
    assert len(seen) == 8 and set(seen) == posts
    post = Post.objects.first()
    replies = {str(make_reply(thread=post).public_id) for _ in range(5)}
    seen, query = [], ""
    while query is not None:
        html = browser().get(thread_url(post) + query).content.decode()
        seen += [each for each in re.findall(r'id="w-([0-9a-f-]{36})"', html) if each != str(post.public_id)]
        later = re.search(r'href="(\?after=[^"]+)"', html)
        query = later[1] if later else None
    assert len(seen) == 5 and set(seen) == replies


def test_muting_hides_from_one_reader_in_one_thread():
    reader, other = factories.make_teen(age=16), factories.make_teen(age=16)
    post, next_post = make_post(), make_post()
    here, there = (
        make_reply(other, thread=post, text="这里说的话。"),
        make_reply(other, thread=next_post, text="那里说的话。"),
    )
    client = factories.signed_in(reader)
    client.post(reverse("community:mute", args=["reply", here.public_id]))
    assert here.text not in client.get(thread_url(post)).content.decode()
    assert there.text in client.get(thread_url(next_post)).content.decode()
    assert here.text in browser().get(thread_url(post)).content.decode()
    client.post(reverse("community:show_all", args=[post.public_id]))
    assert here.text in client.get(thread_url(post)).content.decode()


def test_blocking_hides_each_from_the_other_in_one_thread():
    author, other = factories.make_teen(age=16), factories.make_teen(age=16)
    post, next_post = make_post(author), make_post(author)
    reply = make_reply(other, thread=post, text="不太客气的话。")
    factories.signed_in(author).post(reverse("community:block", args=["reply", reply.public_id]))
    assert reply.text not in factories.signed_in(author).get(thread_url(post)).content.decode()
    theirs = factories.signed_in(other)
    assert theirs.get(thread_url(post)).status_code == 404
    assert theirs.get(thread_url(next_post)).status_code == 200
    html = theirs.get(reverse("community:topic", args=[post.topic.slug])).content.decode()
    assert str(post.public_id) not in html and str(next_post.public_id) in html
    assert theirs.post(reverse("community:reply", args=[post.public_id]), {"text": "还是要说。"}).status_code == 404


def test_a_block_tells_nothing_in_other_threads():
    """Were a block to follow the person, what vanishes elsewhere would tell who is who."""
    author, other = factories.make_teen(age=16), factories.make_teen(age=16)
    post = make_post(author)
    elsewhere = [make_post(other), make_post(author)]
    hiding.block(user=author, writing=make_reply(other, thread=post))
    for user in (author, other):
        client = factories.signed_in(user)
        assert [client.get(thread_url(each)).status_code for each in elsewhere] == [200, 200]


def test_writing_shows_first_what_others_will_see():
    member, topic = factories.make_teen(age=15), make_topic()
    client = factories.signed_in(member)
    answer = client.post(
        reverse("community:write", args=[topic.slug]), {"text": "想说一句。", "look": "1"}, follow=True
    )
    post = Post.objects.get()
    assert post.aliases.get().name in answer.content.decode() and "想说一句。" in answer.content.decode()
    answer = client.post(reverse("community:send", args=[post.public_id]), follow=True)
    assert "等一位工作人员看过" in answer.content.decode()


def test_words_of_danger_are_answered_with_the_numbers_at_once():
    client = factories.signed_in(factories.make_teen(age=15))
    answer = client.post(
        reverse("community:write", args=[make_topic().slug]),
        {"text": "我不想活了，今晚就想结束，药都准备好了"},
        follow=True,
    ).content.decode()
    assert 'id="crisis-card"' in answer and "12356" in answer and "不是你说错了什么" in answer


def test_an_answer_of_danger_is_answered_at_once_too():
    client, post = factories.signed_in(factories.make_teen(age=15)), make_post()
    url = reverse("community:reply", args=[post.public_id])
    answer = client.post(url, {"text": "我不想活了，今晚就想结束，药都准备好了"}, follow=True).content.decode()
    assert 'id="crisis-card"' in answer and "12356" in answer
    assert 'id="crisis-card"' not in client.get(thread_url(post)).content.decode()


@pytest.mark.parametrize("age", [9, 13])
def test_a_child_is_told_kindly(age):
    client = factories.signed_in(factories.make_teen(age=age))
    url = reverse("community:write", args=[make_topic(band="8-11").slug])
    answer = client.get(url)
    assert answer.status_code == 200 and "满 14 岁可以写" in answer.content.decode()
    assert client.post(url, {"text": "你好"}).status_code == 403 and not Post.objects.exists()


def test_strangers_and_others_cannot_touch_what_is_anothers():
    post = make_post()
    reply = make_reply(thread=post)
    other = factories.signed_in(factories.make_teen(age=16))
    for kind, each in (("post", post), ("reply", reply)):
        for name in ("withdraw", "undo"):
            assert other.post(reverse(f"community:{name}", args=[kind, each.public_id])).status_code == 404
    assert other.get(reverse("community:own", args=[post.public_id])).status_code == 404
    assert other.post(reverse("community:send", args=[post.public_id])).status_code in (302, 404)
    assert Post.objects.get().is_shown and Reply.objects.get().is_shown
    for name in ("hug", "mute", "block", "withdraw"):
        assert Client().post(reverse(f"community:{name}", args=["post", post.public_id])).status_code == 302
    assert other.post(reverse("community:hug", args=["letter", post.public_id])).status_code == 404


def test_there_is_no_feed_no_list_of_people_and_no_ranking():
    make_reply(thread=make_post())
    html = main_of(browser().get(reverse("community:home"))) + main_of(browser().get(thread_url(Post.objects.get())))
    for word in ("关注", "粉丝数：", "私信", "热门", "最多赞", "rss", "atom"):
        assert word not in html
    for guess in ("feed/", "atom.xml", "api/", "members/"):
        assert browser().get(f"/community/{guess}").status_code == 404


def test_the_desk_for_who_somebody_is(django_user_model):
    one, two = factories.make_staff(), factories.make_staff()
    author = factories.make_teen(age=16)
    post = make_post(author)
    first, second = factories.signed_in(one), factories.signed_in(two)
    first.post(
        reverse("community:ask_who", args=["post", post.public_id]),
        {"reason": "court", "why": "法院来函要求协助查明。"},
    )
    (asked,) = post.aliases.get().unmaskings.all()
    assert "要由另一位同事来决定" in first.get(reverse("community:unmaskings")).content.decode()
    second.post(reverse("community:decide_unmasking", args=[asked.public_id]), {"grant": "1"})
    html = first.post(reverse("community:open_unmasking", args=[asked.public_id])).content.decode()
    assert str(author.public_id) in html
    assert unmasking.OPEN_FOR and asked.reason == UnmaskingReason.COURT
    refused = second.post(reverse("community:open_unmasking", args=[asked.public_id]), follow=True).content.decode()
    assert str(author.public_id) not in refused
