"""Trust, walked through: a young person comes in, asks a parent, decides who sees what, takes it back, and complains."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from marketplace.consent.models import Consent
from marketplace.core.audit.services import record_access
from marketplace.families.models import Child, Guardianship
from tests.factories.people import make_parent
from tests.support.browser import both_widths

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]
LOGIN_NAME, PASSWORD = "下雨天", "river-stone-83"


def sign_up(page: Any, site: str, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/accounts/signup/teen/")
    axe(page)
    for part, value in (("year", timezone.localdate().year - 15), ("month", 1), ("day", 1)):
        page.locator(f"select[name=born_on_{part}]").select_option(str(value))
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("button", name=re.compile("^对")).wait_for()
    axe(page)
    page.get_by_role("button", name=re.compile("^对")).click()
    page.get_by_label("怎么称呼你").fill("小雨")
    axe(page)
    page.get_by_label("登录名").fill(LOGIN_NAME)
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("input[name=agree]").check(force=True)
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("heading", name="留一条回来的路").wait_for()
    axe(page)
    page.locator("main form button[type=submit]").click()
    page.get_by_role("heading", name="你的恢复码").wait_for()
    axe(page)


def invite_parent(page: Any, site: str, axe: Callable[[Any], None]) -> str:
    """Return the link that the young person would send."""
    page.goto(f"{site}/me/")
    axe(page)
    page.goto(f"{site}/family/")
    axe(page)
    page.locator("#main a[href*='/invite/asks_guardian/']").first.click()
    page.get_by_role("button", name="生成邀请").wait_for()
    axe(page)
    page.get_by_role("button", name="生成邀请").click()
    page.locator("#link").wait_for()
    axe(page)
    return str(page.locator("#link").input_value())


def accept(page: Any, link: str, site: str, sign_in: Callable[[Any, str, str], None], axe: Callable) -> None:
    page.goto(link)
    page.get_by_role("heading", name=re.compile("小雨")).wait_for()
    axe(page)
    sign_in(page, site, link)
    page.locator("select[name=relation]").select_option(label="妈妈")
    axe(page)
    page.get_by_role("button", name="接受邀请").click()
    page.wait_for_url(re.compile("/family/$"))
    axe(page)
    assert "小雨" in page.inner_text("#main")


def share_and_take_back(page: Any, site: str, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/consent/")
    axe(page)
    page.locator("#main a[href*='/consent/grant/']").first.click()
    page.get_by_role("heading", name="给谁看？").wait_for()
    axe(page)
    page.locator("#main .list__row").first.click()
    page.locator("input[name=items][value=score]").check(force=True)
    axe(page)
    page.get_by_role("button", name="同意", exact=True).click()
    page.wait_for_url(re.compile(r"/consent/(\?.*)?$"))
    axe(page)
    assert "测评分数" in page.inner_text("#main")
    page.locator("#main form[action*='/off/'] button").first.click()
    page.wait_for_load_state()
    axe(page)
    assert "现在没有专门打开给谁看的内容" in page.inner_text("#main")


def see_who_looked(page: Any, site: str, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/privacy/")
    axe(page)
    page.locator("#main a[href*='/privacy/seen/']").first.click()
    page.locator("#main b").filter(has_text="青禾心理 · 咨询师").first.wait_for()
    axe(page)


def ask_for_a_copy(page: Any, site: str, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/privacy/rights/")
    axe(page)
    page.locator("#main a[href*='/rights/copy/']").first.click()
    page.get_by_role("button", name="准备这份文件").wait_for()
    axe(page)
    page.get_by_role("button", name="准备这份文件").click()
    page.wait_for_url(re.compile("/rights/requests/"))
    axe(page)


def complain(page: Any, site: str, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/privacy/complaints/new/")
    axe(page)
    page.locator("input[name=topic]").first.check(force=True)
    page.locator("textarea[name=what_happened]").fill("有人问起我没有告诉过别人的事。")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("查询码").first.wait_for()
    axe(page)


@pytest.fixture
def sign_in() -> Callable[[Any, str, str], None]:
    """Sign in a parent who has an account, on the way to an invitation."""
    parent = make_parent(nickname="林女士", children=0, password=PASSWORD)
    accept_agreements(user=parent, agreements=agreements_in_force())

    def go(page: Any, site: str, link: str) -> None:
        page.get_by_role("link", name="我已经有账号，去登录").click()
        page.get_by_text("密码登录").first.click()
        page.locator("input[name=login]").fill(parent.phone or parent.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        page.wait_for_url(link)

    return go


def test_a_young_person_decides_who_sees_what(page, browser, gunicorn_server, axe, viewport, sign_in):
    site = gunicorn_server
    sign_up(page, site, axe)
    link = invite_parent(page, site, axe)

    other = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=viewport)
    accept(other.new_page(), link, site, sign_in, axe)
    other.close()
    child = Child.objects.get()
    assert child.nickname == "小雨"
    assert Guardianship.objects.get().child == child

    share_and_take_back(page, site, axe)
    assert Consent.objects.get().child == child
    record_access(
        actor=None, subject_id=child.public_id, items=["booking"], purpose="care", actor_label="青禾心理 · 咨询师"
    )
    see_who_looked(page, site, axe)
    ask_for_a_copy(page, site, axe)
    page.goto(f"{site}/accounts/settings/")
    axe(page)
    complain(page, site, axe)


@pytest.mark.parametrize(
    "path",
    [
        "/privacy/",
        "/privacy/notice/",
        "/privacy/not-built/",
        "/privacy/processing/",
        "/privacy/claims/",
        "/privacy/retention/",
        "/privacy/complaints/new/",
        "/privacy/complaints/find/",
        "/accounts/signup/teen/",
        "/accounts/recover/",
        "/family/join/",
    ],
)
def test_what_anybody_may_read_reads_well(page, gunicorn_server, axe, viewport, path):
    page.goto(f"{gunicorn_server}{path}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
