"""The moderation desk in a browser: covered words, a decision, a hold; a reader who worries, and an author who waits."""

from collections.abc import Callable
from typing import Any

import pytest

from cms.community.models import HoldMode, Report
from marketplace.safeguarding.enums import Kind, Level
from tests.factories.community import make_post, make_topic
from tests.factories.library import make_reviewed
from tests.factories.moderation import decide, make_case, make_moderator
from tests.factories.people import make_teen
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


def test_a_moderator_takes_opens_decides_and_rests(
    gunicorn_server: str, page: Any, look: Callable[[Any], None]
) -> None:
    make_case(
        make_post(shown=False, text="我坐在操场边上想了很久。"), is_hard=True, level=Level.CONCERN, kind=Kind.SELF_HARM
    )
    enter_as(page, gunicorn_server, make_moderator())
    page.goto(f"{gunicorn_server}/community/desk/")
    look(page)
    page.get_by_role("button", name="我来看").click()
    page.get_by_text("内容先盖住了").wait_for()
    assert page.get_by_text("我坐在操场边上").count() == 0
    look(page)
    page.get_by_role("button", name="点开看").click()
    page.get_by_text("我坐在操场边上").wait_for()
    look(page)
    page.get_by_label("可以发布", exact=True).check()
    page.get_by_label("写给作者的话").fill("谢谢你写下来。")
    page.get_by_role("button", name="就这样处理").click()
    page.get_by_role("button", name="撤销（30 秒内）").wait_for()
    look(page)
    for path in ("settled/", "waits/", "training/"):
        page.goto(f"{gunicorn_server}/community/desk/{path}")
        look(page)
    page.goto(f"{gunicorn_server}/community/desk/")
    page.get_by_role("button", name="歇十分钟").click()
    page.get_by_text("正在休息").wait_for()
    look(page)


def test_a_hold_is_drilled_begun_and_ended(gunicorn_server: str, page: Any, look: Callable[[Any], None]) -> None:
    make_topic()
    make_reviewed(slug="worried-about-a-friend", title="担心一个朋友")
    enter_as(page, gunicorn_server, make_moderator())
    page.goto(f"{gunicorn_server}/community/desk/holds/")
    look(page)
    page.get_by_label("为什么开启").fill("邻校传来不好的消息")
    page.get_by_role("button", name="开启", exact=True).click()
    page.get_by_role("link", name="打开").click()
    page.get_by_text("邻校传来不好的消息").wait_for()
    look(page)
    page.goto(f"{gunicorn_server}/community/")
    page.get_by_role("heading", name="这两天，很多人心里不好受").wait_for()
    page.get_by_role("link", name="担心一个朋友").first.wait_for()
    look(page)
    hold = HoldMode.objects.get(is_drill=False)
    page.goto(f"{gunicorn_server}/community/desk/holds/{hold.public_id}/")
    page.get_by_label("写一句").last.fill("平静下来了")
    page.get_by_role("button", name="结束守护").click()
    page.get_by_text("平静下来了").wait_for()
    page.goto(f"{gunicorn_server}/community/after-a-loss/")
    look(page)


def test_a_reader_worries_and_an_author_asks_again(
    gunicorn_server: str, page: Any, look: Callable[[Any], None]
) -> None:
    shown = make_post(topic=make_topic(band="8-11"))
    page.goto(f"{gunicorn_server}/community/post/{shown.public_id}/report/")
    look(page)
    page.get_by_label("担心写的人（或别人）有危险").check()
    page.get_by_label("想补充的话").fill("TA 说今天很难")
    page.get_by_role("button", name="告诉看护的同事").click()
    page.get_by_text("谢谢你，收到了").wait_for()
    look(page)
    assert Report.objects.count() == 1

    author = make_teen(age=16)
    post = make_post(author, shown=False)
    enter_as(page, gunicorn_server, author)
    page.goto(f"{gunicorn_server}/community/mine/post/{post.public_id}/waiting/")
    look(page)
    decide(make_case(post), make_moderator(), "decline")
    page.reload()
    page.get_by_role("link", name="请另一位同事再看一遍").click()
    look(page)
    page.get_by_role("button", name="请人再看").click()
    page.get_by_text("已经请另一位同事再看一遍").first.wait_for()
    look(page)
