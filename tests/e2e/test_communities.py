"""A community in a browser: it plans an activity, gets a proposal and a grant, and brings a parcel to a door."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from catalog.delivery.models import DeliveryTask
from catalog.partner.enums import TeamRole
from partners.communities.models import Activity
from payments.grants.enums import MoneyFrom
from payments.grants.models import Allocation
from payments.grants.selectors import left_in
from tests.factories import (
    make_category,
    make_parent,
    make_provider,
    make_service,
    make_staff,
    next_weekday,
    shanghai,
)
from tests.factories.communities import (
    make_activity,
    make_community,
    make_delivery_offer,
    make_member,
    make_parcel,
)
from tests.payments.grants.made import make_allocation, make_fund
from tests.support.browser import both_widths, enter_as, in_its_widths, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600), both_widths]
SATURDAY = next_weekday(5, weeks=1)


@pytest.fixture
def see(page: Any, look: Any) -> Any:
    """Look at a page with axe's eyes, and keep a picture where one is asked for."""

    def seen(name: str) -> None:
        look(page)
        if os.environ.get("KEEP_PICTURES"):
            for width in in_its_widths(page):
                picture(page, f"community-{name}-{width}")

    page.context.set_default_timeout(60_000)
    return seen


def speaker() -> None:
    provider = make_provider(name="林一舟", needs=[make_category(slug="exams")])
    provider.partner.district = "湖滨区"
    provider.partner.save()
    make_service(provider, price_fen=36_000)


def test_an_activity_gets_a_proposal_and_a_grant(page: Any, gunicorn_server: str, see: Any) -> None:
    speaker()
    community = make_community(name="望山社区")
    enter_as(page, gunicorn_server, make_member(community))
    page.goto(f"{gunicorn_server}/communities/")
    see("home")
    page.get_by_role("link", name="写一个活动计划").first.click()
    page.get_by_label("名称").fill("考前一家人")
    page.get_by_label("一句话介绍").fill("考前两周，家里的话怎么说。")
    page.get_by_label("做些什么").fill("请一位咨询师来讲，再分组说说自己家。")
    page.get_by_label("围绕什么").select_option("exams")
    page.get_by_label("地点").fill("社区二楼")
    page.get_by_label("开始").fill(f"{SATURDAY:%Y-%m-%d}T10:00")
    page.get_by_label("结束").fill(f"{SATURDAY:%Y-%m-%d}T12:00")
    page.get_by_label("座位").fill("30")
    page.locator("[name=quantity_speaker]").fill("1")
    page.locator("[name=quantity_snack]").fill("30")
    see("plan-form")
    page.get_by_role("button", name="存成新的一版").click()
    page.get_by_role("link", name="请平台拟一份方案").click()
    page.get_by_role("button", name="拟一份方案").click()
    expect(page.get_by_role("rowheader", name="林一舟")).to_be_visible()
    expect(page.get_by_text("就在湖滨区")).to_be_visible()
    see("proposal")
    page.get_by_role("button", name="就用这一版").click()
    page.get_by_role("button", name="申请活动资金").click()
    page.get_by_text("等平台财务开立").wait_for()

    finance = make_staff(duties=["finance"])
    page.context.clear_cookies()
    enter_as(page, gunicorn_server, finance)
    page.goto(f"{gunicorn_server}/communities/desk/grants/")
    see("grants")
    page.get_by_role("button", name="开立").click()
    page.get_by_text("活动资金开好了").wait_for()
    activity = Activity.objects.get()
    asked = Allocation.objects.get(fund=activity.fund)
    assert (asked.asked_by, asked.money_from, asked.state) == (finance, MoneyFrom.PUBLIC_GOOD, "asked")
    assert activity.fund is not None
    assert left_in(activity.fund) == 0


def test_a_fund_that_is_there_pays(page: Any, gunicorn_server: str, see: Any) -> None:
    community = make_community()
    activity = make_activity(community=community, starts_at=shanghai(SATURDAY, 10))
    fund = make_fund(community.public_id)
    make_allocation(fund, 50_000)
    enter_as(page, gunicorn_server, make_member(community))
    page.goto(f"{gunicorn_server}/communities/plans/{activity.public_id}/proposal/")
    page.get_by_role("button", name="拟一份方案").click()
    page.get_by_role("button", name="用已有的资金").click()
    page.get_by_role("link", name="用款和凭证").wait_for()
    see("fund")


def test_a_parcel_is_brought_to_the_door(page: Any, gunicorn_server: str, see: Any) -> None:
    community = make_community(name="望山社区")
    make_delivery_offer(community)
    manager = make_member(community, nickname="小严")
    worker = make_member(community, TeamRole.WORKER, nickname="阿禾")
    parent = make_parent()
    make_parcel(parent)
    day = timezone.localdate() + timedelta(days=2)

    enter_as(page, gunicorn_server, parent)
    page.goto(f"{gunicorn_server}/mine/visits/")
    see("family")
    page.locator("a.list__row").click()
    page.get_by_label("说什么话").select_option("四川话")
    page.get_by_label("哪一天").fill(day.isoformat())
    see("ask")
    page.get_by_role("button", name="请他们来").click()
    code = page.locator(".handover-code").inner_text().strip()
    assert len(code) == 6
    see("code")
    family_page = page.url

    page.context.clear_cookies()
    enter_as(page, gunicorn_server, manager)
    page.goto(f"{gunicorn_server}/communities/visits/")
    assert "示例路 1 号" not in page.content()
    page.get_by_label("谁去").select_option(label="阿禾")
    see("visits")
    page.get_by_role("button", name="交给 TA").click()

    page.context.clear_cookies()
    enter_as(page, gunicorn_server, worker)
    page.goto(f"{gunicorn_server}/communities/rounds/")
    see("rounds")
    page.locator("a.list__row").click()
    see("hand-over")
    for box in page.locator("[name=explained]").all():
        box.check(force=True)
    page.get_by_label("家人报的交接码").fill("000000")
    page.get_by_role("button", name="交到手上了").click()
    page.get_by_text("交接码不对").wait_for()
    page.get_by_label("家人报的交接码").fill(code)
    page.get_by_role("button", name="交到手上了").click()
    page.get_by_text("谢谢你跑这一趟").wait_for()
    assert DeliveryTask.objects.get().state == "done"

    page.context.clear_cookies()
    enter_as(page, gunicorn_server, parent)
    page.goto(family_page)
    page.get_by_text("已交到手上").wait_for()


def test_anybody_reads_what_is_on_and_a_family_signs_up(page: Any, gunicorn_server: str, see: Any) -> None:
    activity = make_activity(title="一起做一只纸灯")
    page.goto(f"{gunicorn_server}/activities/")
    see("public-list")
    enter_as(page, gunicorn_server, make_parent())
    page.goto(f"{gunicorn_server}/activities/{activity.public_id}/")
    see("public")
    page.get_by_role("button", name="报名").click()
    number = page.locator(".sign-up-number").inner_text().strip()
    assert len(number) == 6
    see("signed-up")
