"""A young person comes in by keyboard alone, keeps codes, meets a parent's page, and gets back in without phone or e-mail."""

import re

import pytest
from django.utils import timezone

from marketplace.accounts.models import User
from tests.support.browser import both_widths

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a-new-lantern-9"


def _check(page, axe):
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"


def _state_birth_date(page, age):
    """Choose year, month and day, and send them, with the keyboard."""
    page.focus("[name=born_on_year]")
    page.select_option("[name=born_on_year]", str(timezone.localdate().year - age))
    page.keyboard.press("Tab")
    page.select_option("[name=born_on_month]", "1")
    page.keyboard.press("Tab")
    page.select_option("[name=born_on_day]", "1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=这样对吗")


@both_widths
def test_in_and_in_again(gunicorn_server, page, axe):
    page.goto(f"{gunicorn_server}/accounts/signup/teen/")
    _check(page, axe)
    _state_birth_date(page, 15)
    _check(page, axe)
    page.focus("button:has-text('对，继续')")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=你自己的账号")
    _check(page, axe)
    for name, value in (("nickname", "小禾"), ("login_name", "xiaohe15"), ("password1", PASSWORD)):
        page.focus(f"[name={name}]")
        page.keyboard.type(value)
    page.focus("[name=agree]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=留一条回来的路")
    _check(page, axe)
    page.click("text=拿到我的恢复码")
    page.wait_for_selector("text=你的恢复码")
    _check(page, axe)
    code = re.search(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){2}", page.inner_text(".print-codes")).group()
    for path in ("/", "/me/", "/family/"):
        page.goto(gunicorn_server + path)
        _check(page, axe)
    page.goto(f"{gunicorn_server}/accounts/logout/")
    page.click("main button[type=submit]")
    page.goto(f"{gunicorn_server}/accounts/recover/")
    _check(page, axe)
    for name, value in (("login_name", "xiaohe15"), ("code", code), ("password1", "another-lantern-7")):
        page.fill(f"[name={name}]", value)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/?with=password")
    page.fill("[name=login]", "xiaohe15")
    page.fill("[name=password]", "another-lantern-7")
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/")
    assert User.objects.get().check_password("another-lantern-7")


@both_widths
def test_a_child_asks_a_parent(gunicorn_server, page, axe):
    page.goto(f"{gunicorn_server}/accounts/signup/teen/")
    _state_birth_date(page, 11)
    page.click("text=对，继续")
    page.wait_for_selector("text=我们先请一位家长同意")
    _check(page, axe)
    page.fill("[name=nickname]", "小苗")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=邀请做好了")
    _check(page, axe)
    page.goto(f"{gunicorn_server}/accounts/signup/teen/?change=1")
    _state_birth_date_again(page, 15)
    assert "过一天可以重新填" in page.inner_text("main")
    page.click("text=马上找人帮忙")
    page.wait_for_url("**/help/now/")


def _state_birth_date_again(page, age):
    page.select_option("[name=born_on_year]", str(timezone.localdate().year - age))
    page.select_option("[name=born_on_month]", "1")
    page.select_option("[name=born_on_day]", "1")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=我们先请一位家长同意")
