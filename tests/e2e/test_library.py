"""A reader in a browser, without an account: finds a text, reads it larger, asks for help; takes a course and goes on with it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.reading import make_collection, make_course, make_text, rows
from tests.support.browser import both_widths

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]

BODY = [
    {"type": "text", "value": "<p>睡不着的时候，先看看窗外。</p><h2>再起来坐一会儿</h2><ul><li>喝口水</li></ul>"},
    {"type": "exercise", "value": {"title": "试一试", "body": "<ol><li>慢慢呼气。</li><li>再来一次。</li></ol>"}},
    {
        "type": "talk",
        "value": {"title": "", "lines": rows({"who": "我", "says": "我睡不着。"}, {"who": "妈妈", "says": "我陪你。"})},
    },
]


@pytest.fixture
def site(gunicorn_server: str) -> str:
    text = make_text(title="夜里醒着怎么办", body=BODY, machine_written=True)
    make_collection(text, make_text(title="考前一晚", needs=["exams"]), name="夜里睡不着")
    make_course(slug="three-lessons", needs=["feelings"])
    return gunicorn_server


def find_and_read(page: Any, site: str, look: Callable[[Any], None]) -> None:
    page.goto(f"{site}/library/")
    page.get_by_role("navigation", name="谁来读").get_by_role("link", name="12–14 岁").click()
    page.locator(".bands [aria-current]").wait_for()
    look(page)
    page.locator(".lhero").get_by_role("searchbox").fill("睡不着")
    page.locator(".lhero").get_by_role("button", name="搜索").click()
    page.get_by_role("heading", name="找到的内容").wait_for()
    look(page)
    page.get_by_role("link", name="夜里醒着怎么办").click()
    page.get_by_role("heading", name="夜里醒着怎么办").wait_for()
    look(page)
    page.get_by_role("button", name="大字").first.click()
    assert page.evaluate("document.documentElement.dataset.text") == "large"
    page.locator(".part--help").get_by_role("link", name="现在就需要帮助").click()
    page.wait_for_url("**/help/now/")


def take_a_course(page: Any, site: str, look: Callable[[Any], None]) -> None:
    page.goto(f"{site}/library/three-lessons/")
    look(page)
    page.get_by_role("link", name="先看看我会了哪些").click()
    page.get_by_role("group", name="1. 第1问？").get_by_label("先看第1样").check()
    page.get_by_role("button", name="看看我的路线").click()
    page.get_by_role("heading", name="你的路线").wait_for()
    look(page)
    page.get_by_role("link", name="按这个学").click()
    page.get_by_role("heading", name="第2样").wait_for()
    page.get_by_role("button", name="不管它").click()
    page.get_by_text("因为2。").wait_for()
    look(page)
    page.get_by_role("link", name="学完这一课，去下一课").click()
    page.wait_for_url("**/lesson/3/")
    page.goto(f"{site}/library/")
    page.get_by_role("region", name="接着学").get_by_role("link", name="情绪三课").click()
    page.wait_for_url("**/lesson/3/")


def test_a_reader_finds_reads_and_learns(page: Any, site: str, look: Callable[[Any], None]) -> None:
    find_and_read(page, site, look)
    take_a_course(page, site, look)
    assert page.context.cookies() == [] or {cookie["name"] for cookie in page.context.cookies()} <= {"band", "text"}
