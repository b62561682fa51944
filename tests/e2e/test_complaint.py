"""A complaint in a browser, without an account: written, numbered, found again by its code; and the desk that answers it."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.accounts.enums import Duty
from marketplace.consent.complaints.models import Complaint
from tests.factories.people import make_staff
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


def fits(page: Any, viewport: dict[str, int]) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_stranger_complains_and_our_staff_answers(
    gunicorn_server: str, page: Any, axe: Callable[[Any], None], viewport: dict[str, int]
) -> None:
    page.goto(f"{gunicorn_server}/privacy/complaints/new/")
    axe(page)
    page.get_by_role("button", name="提交").click()
    page.get_by_text("请写几句发生了什么").wait_for()
    axe(page)
    page.get_by_label("有人看到了不该看的").check()
    page.get_by_label("发生了什么").fill("前台把预约念了出来")
    page.get_by_text("说说关于哪些信息").click()
    page.get_by_label("联系方式", exact=True).check()
    axe(page)
    page.get_by_role("button", name="提交").click()
    code = page.locator(".secret-code").inner_text()
    number = Complaint.objects.get().number
    axe(page)
    assert fits(page, viewport)

    page.context.clear_cookies()
    page.goto(f"{gunicorn_server}/privacy/complaints/find/")
    axe(page)
    page.get_by_label("编号").fill(number.lower())
    page.get_by_label("查询码").fill(code.replace("-", ""))
    page.get_by_role("button", name="查看").click()
    page.get_by_text("前台把预约念了出来").wait_for()
    axe(page)
    assert fits(page, viewport)

    officer = make_staff(duties=[Duty.PRIVACY])
    enter_as(page, gunicorn_server, officer)
    page.goto(f"{gunicorn_server}/privacy/complaints/desk/")
    axe(page)
    page.get_by_role("button", name="我来处理").click()
    axe(page)
    page.get_by_label("写给对方的话").fill("查明是疏忽，已向您道歉。")
    page.get_by_label("原因").select_option("careless")
    page.get_by_label("责任方").select_option("service")
    page.get_by_role("button", name="答复对方").click()
    page.get_by_text("已答复").first.wait_for()
    assert fits(page, viewport)
    for path in ("/privacy/retention/", "/privacy/retention/desk/", "/privacy/retention/desk/preview/"):
        page.goto(f"{gunicorn_server}{path}")
        axe(page)
        assert fits(page, viewport)
