"""The community in a browser: a stranger reads, a child reads and is told kindly, a member of 15 speaks and takes back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cms.community.enums import WaitingFor, WritingState
from cms.community.models import Post
from cms.community.services import showing
from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from marketplace.safeguarding.concerns.models import Concern
from tests.factories.community import make_picture, make_post, make_reply, make_topic
from tests.factories.people import make_teen
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]
WORDS = "下周月考，今天晚上有点静不下来。"
DANGER = "我不想活了，今晚就想结束，药都准备好了"


def become(page: Any, site: str, user: User) -> None:
    page.context.clear_cookies()
    accept_agreements(user=user, agreements=agreements_in_force())
    enter_as(page, site, user)


def thread() -> Post:
    post = make_post(topic=make_topic(band="8-11"), text=WORDS)
    make_reply(thread=post, quotes=post.public_id, text="我也是。数到三十试试看。")
    return post


def test_a_stranger_reads(gunicorn_server: str, page: Any, look: Callable[[Any], None]) -> None:
    post, older = thread(), make_post(text="高中的烦恼。")
    page.goto(f"{gunicorn_server}/community/")
    look(page)
    page.locator("#main").get_by_role("link", name="考试与学业压力").click()
    look(page)
    page.get_by_role("link", name="1 条回应").click()
    page.get_by_text("数到三十试试看").wait_for()
    look(page)
    page.goto(f"{gunicorn_server}/community/thread/{older.public_id}/")
    assert page.get_by_text("高中的烦恼").count() == 0
    page.goto(f"{gunicorn_server}/community/about/")
    look(page)
    page.goto(f"{gunicorn_server}/community/")
    page.get_by_role("button", name="15–18 岁").click()
    page.goto(f"{gunicorn_server}/community/thread/{older.public_id}/")
    page.get_by_text("高中的烦恼").wait_for()
    assert page.get_by_role("button", name="抱一抱").count() == 0
    page.goto(f"{gunicorn_server}/community/thread/{post.public_id}/")
    page.get_by_text("登录后可以回应").wait_for()


def test_a_child_reads_and_is_told_kindly(gunicorn_server: str, page: Any, look: Callable[[Any], None]) -> None:
    post = thread()
    become(page, gunicorn_server, make_teen(age=12))
    page.goto(f"{gunicorn_server}/community/")
    page.get_by_text("现在可以读，满 14 岁可以写").wait_for()
    look(page)
    page.goto(f"{gunicorn_server}/community/thread/{post.public_id}/")
    page.get_by_text("数到三十试试看").wait_for()
    assert page.get_by_role("button", name="送出").count() == 0
    look(page)
    page.goto(f"{gunicorn_server}/community/topic/{post.topic.slug}/write/")
    page.get_by_role("heading", name="现在可以读，满 14 岁可以写").wait_for()
    look(page)


def test_a_member_of_fifteen_speaks_and_takes_back(
    gunicorn_server: str, page: Any, look: Callable[[Any], None], tmp_path: Path
) -> None:
    other = thread()
    become(page, gunicorn_server, make_teen(age=15))
    photo = tmp_path / "IMG_4711.jpg"
    photo.write_bytes(make_picture())
    page.goto(f"{gunicorn_server}/community/topic/exams-15-18/write/")
    look(page)
    page.get_by_label("想说的话").fill("在走廊站了一会儿，风挺大的。")
    page.locator("summary").filter(has_text="附一张图").click()
    page.get_by_label("附一张图").set_input_files(str(photo))
    page.get_by_label("图里有什么").fill("走廊")
    page.get_by_role("button", name="先看看别人会看到什么").click()
    page.get_by_role("heading", name="别人会看到的样子").wait_for()
    page.get_by_role("img", name="走廊").wait_for()
    look(page)
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_text("等一位工作人员看过就放出来").wait_for()
    look(page)
    mine = Post.objects.exclude(pk=other.pk).get()
    showing.show(writing=mine)

    page.goto(f"{gunicorn_server}/community/thread/{other.public_id}/")
    page.get_by_role("button", name="抱一抱").first.click()
    page.get_by_text("有人送来一个抱抱").wait_for()
    page.get_by_role("link", name="回应这一条").last.click()
    page.get_by_label("回应", exact=True).fill("我听到了。")
    look(page)
    page.get_by_role("button", name="送出").click()
    page.get_by_text("等一位工作人员看过就放出来").wait_for()

    page.goto(f"{gunicorn_server}/community/mine/")
    look(page)
    page.get_by_role("button", name="收回").first.click()
    page.get_by_text("半小时内还可以放回来").wait_for()
    page.get_by_role("button", name="放回来").click()
    page.get_by_text("放回来了").wait_for()


def test_words_of_danger_are_answered_at_once(gunicorn_server: str, page: Any, look: Callable[[Any], None]) -> None:
    make_topic()
    become(page, gunicorn_server, make_teen(age=15))
    page.goto(f"{gunicorn_server}/community/topic/mood-15-18/write/")
    page.get_by_label("想说的话").fill(DANGER)
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_role("heading", name="现在就可以打").wait_for()
    look(page)
    post = Post.objects.get()
    assert (post.state, post.waiting_for) == (WritingState.WAITING, WaitingFor.SAFETY)
    assert Concern.objects.count() == 1
