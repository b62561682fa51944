"""Somebody who works at a clinic signs in, sets up the second step, and looks after the account; staff meet the end of a shift."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from tests.factories import PASSWORD, make_partner, make_partner_staff, make_staff, signed_in
from tests.support.browser import both_widths

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


def _look(page: Any, axe: Callable[[Any], None], name: str) -> None:
    """Check a page, and keep a picture of it where PICTURES names a folder."""
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the screen"
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder, f"{name}-{page.viewport_size['width']}.png"), full_page=True)


def _code(secret: str) -> str:
    counter = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, counter))


def _become(page: Any, site: str, user: Any) -> None:
    cookie = signed_in(user).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


def test_the_second_step_is_set_up_once_and_asked_for_from_then_on(gunicorn_server, page, axe):
    site, user = gunicorn_server, make_partner_staff(make_partner(name="示例青禾"), nickname="温店长")
    accept_agreements(user=user, agreements=agreements_in_force())

    page.goto(f"{site}/accounts/login/?with=password")
    page.locator("input[name=login]").fill(user.phone)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("heading", name="开启两步验证").wait_for()
    _look(page, axe, "set-up")
    page.get_by_text("扫不了？手动填密钥").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("6 位验证码").fill(_code(secret))
    page.get_by_role("button", name="开启").click()
    page.get_by_role("heading", name="备用码").wait_for()
    _look(page, axe, "backup-codes")
    backup = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="抄好了，继续").click()
    page.wait_for_url("**/clinic/")

    for name, path in (
        ("settings", "/accounts/settings/"),
        ("two-step", "/accounts/2fa/"),
        ("devices", "/accounts/sessions/"),
    ):
        page.goto(f"{site}{path}")
        _look(page, axe, name)
    page.goto(f"{site}/accounts/2fa/totp/deactivate/")
    _look(page, axe, "cannot-switch-off")

    page.goto(f"{site}/accounts/settings/")
    page.get_by_role("button", name="退出登录").click()
    page.goto(f"{site}/accounts/login/?with=password")
    page.locator("input[name=login]").fill(user.phone)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("heading", name="还差一步").wait_for()
    _look(page, axe, "second-step")
    page.get_by_label("验证码").fill(backup)
    page.get_by_role("button", name="确认").click()
    page.wait_for_url("**/clinic/")


def test_off_duty_and_shifts(gunicorn_server, page, axe):
    site, staff = gunicorn_server, make_staff(nickname="平台小雨")
    lead = make_staff(nickname="负责人", duties=["privacy"], is_superuser=True)
    _become(page, site, lead)
    page.goto(f"{site}/backoffice/questions/")
    page.get_by_role("heading", name="现在不在值班时间").wait_for()
    _look(page, axe, "off-duty")
    page.get_by_role("link", name="看我的班次").click()
    page.get_by_role("heading", name="加一个班次").wait_for()
    _look(page, axe, "shifts")
    assert staff.nickname in page.locator("main").inner_text()
    page.goto(f"{site}/dev/outbox/")
    _look(page, axe, "outbox")
    page.goto(f"{site}/accounts/reauthenticate/")
    _look(page, axe, "reauthenticate")
