"""The safety desk in a browser: a friend tells us, somebody on duty looks, acts and ends it; lines, drills, training."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.concerns.services import start_drill
from marketplace.safeguarding.enums import Kind, Level
from tests.factories.concerns import make_concern, make_keeper, make_lead
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


def become(page: Any, site: str, user: User) -> None:
    page.context.clear_cookies()
    enter_as(page, site, user)


def test_a_friend_tells_us_and_comes_back(gunicorn_server: str, page: Any, look: Callable[[Any], None]) -> None:
    page.goto(f"{gunicorn_server}/help/now/")
    page.get_by_role("link", name="也可以告诉我们").click()
    look(page)
    page.get_by_role("button", name="告诉值守的人").click()
    page.get_by_text("选最像的一个就好").wait_for()
    look(page)
    page.get_by_label("说不清，就是很担心").check()
    page.get_by_label("今天就该有人去看看").check()
    page.get_by_label("TA 是谁").fill("城南中学初二的小宁")
    page.get_by_label("你看到、听到了什么").fill("她好几天没来了")
    page.get_by_role("button", name="告诉值守的人").click()
    page.get_by_role("heading", name="收好这个私密链接").wait_for()
    look(page)
    page.get_by_label("想补充的").fill("今天有人在天桥看到她")
    page.get_by_role("button", name="补充").click()
    page.get_by_text("今天有人在天桥看到她").wait_for()
    assert Concern.objects.get().events.count() == 2
    page.goto(f"{gunicorn_server}/help/lines/")
    page.locator("summary", has_text="广东").click()
    page.get_by_role("link", name="12110755").wait_for()
    look(page)


def test_somebody_on_duty_looks_and_ends_it(gunicorn_server: str, page: Any, look: Callable[[Any], None]) -> None:
    keeper = make_keeper(nickname="值班小雨")
    abuse = make_concern(kind=Kind.ABUSE, level=Level.URGENT, at=timezone.now() - timedelta(minutes=20))
    make_concern()
    become(page, gunicorn_server, keeper)
    page.goto(f"{gunicorn_server}/safety/")
    look(page)
    page.get_by_role("link", name="被大人伤害或忽视").last.click()
    page.get_by_role("heading", name="电话树").wait_for()
    look(page)
    page.get_by_role("button", name="我来接手").click()
    page.get_by_text("由你接手").wait_for()
    for step in ("打 110 报案", "24 小时内告知民政"):
        page.get_by_role("button", name=f"做了：{step}").click()
        page.get_by_role("button", name=f"撤销：{step}").wait_for()
    page.get_by_text("写处置记录").click()
    page.get_by_label("处置记录").fill("已报案，民警去学校了")
    look(page)
    page.get_by_role("button", name="记下").last.click()
    page.get_by_text("已报案，民警去学校了").wait_for()
    page.get_by_role("link", name="看看是谁，怎么联系").click()
    page.get_by_text("这次查看已经记下").wait_for()
    look(page)
    page.get_by_role("link", name="返回").click()
    page.locator("summary", has_text="结束").click()
    page.get_by_label("结果").select_option("danger")
    page.get_by_label("为什么可以结束").fill("警方和民政已经接手")
    page.get_by_role("button", name="结束", exact=True).click()
    page.get_by_role("button", name="重新打开").wait_for()
    look(page)
    abuse.refresh_from_db()
    assert abuse.outcome == "danger"


def test_a_lead_practises_trains_and_reads_figures(
    gunicorn_server: str, page: Any, look: Callable[[Any], None]
) -> None:
    lead = make_lead()
    make_keeper()
    start_drill(scenario="goodbye-letter", started_by=lead)
    become(page, gunicorn_server, lead)
    for path in ("drills", "training", "figures"):
        page.goto(f"{gunicorn_server}/safety/{path}/")
        look(page)
