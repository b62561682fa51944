"""Taking along and leaving: a mother fetches a copy, asks for her child's erasure, and keeps the certificate."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from marketplace.consent.rights import services
from marketplace.consent.rights.enums import Fact
from marketplace.consent.rights.models import DataRequest, ErasureCertificate
from tests import factories
from tests.marketplace.consent.rights.life import Life, later, make_life
from tests.support.browser import both_widths

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


@pytest.fixture
def life() -> Life:
    return make_life()


def sign_in(page: Any, site: str, user: Any) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("link", name="密码登录").click()
    page.locator("input[name=login]").fill(user.phone.removeprefix("+86"))
    page.locator("input[name=password]").fill(factories.PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login" not in url)
    if "agreements" in page.url:
        page.get_by_role("checkbox").check()
        page.locator("main button[type=submit], form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "agreements" not in url)


def test_a_copy_an_erasure_and_its_certificate(
    gunicorn_server: str, page: Any, axe: Callable[[Any], None], life: Life, viewport: dict[str, int], tmp_path: Path
) -> None:
    site = gunicorn_server
    sign_in(page, site, life.parent)
    page.goto(f"{site}/privacy/rights/")
    axe(page)
    page.get_by_role("link", name="拿一份副本").nth(1).click()
    axe(page)
    page.get_by_role("button", name="准备这份文件").click()
    page.wait_for_selector("#request-progress")
    DataRequest.objects.update(state="running", percent=45, finished_at=None)
    page.reload()
    page.get_by_text("正在准备").first.wait_for()
    DataRequest.objects.update(state="done", percent=100, finished_at=timezone.now())
    page.get_by_role("link", name="下载").wait_for()
    axe(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载").click()
    zipfile.ZipFile(fetched.value.path()).extractall(tmp_path)
    document = page.context.browser.new_context(viewport=viewport, offline=True).new_page()
    document.goto(f"file://{tmp_path}/my-data.html")
    assert document.get_by_text("小种子芽").first.is_visible()
    axe(document)
    document.context.close()
    _erase(page, site, axe, life)


def _erase(page: Any, site: str, axe: Callable[[Any], None], life: Life) -> None:
    page.goto(f"{site}/privacy/rights/erase/{life.parent.public_id}/")
    axe(page)
    page.goto(f"{site}/privacy/rights/erase/{life.child.public_id}/")
    axe(page)
    page.get_by_label("我看过了哪些会删除").check()
    page.get_by_role("button", name="提交删除申请").click()
    page.get_by_text("开始处理").first.wait_for()
    axe(page)
    asked = DataRequest.objects.get(kind="erase")
    page.goto(f"{site}/privacy/rights/certificates/{asked.public_id}/")
    services.run_due_requests(now=later(8))
    page.context.clear_cookies()
    page.reload()
    number = ErasureCertificate.objects.get().number
    assert page.get_by_text(number).is_visible()
    axe(page)


def test_a_correction_is_answered(gunicorn_server: str, page: Any, axe: Callable[[Any], None], life: Life) -> None:
    site = gunicorn_server
    sign_in(page, site, life.parent)
    page.goto(f"{site}/privacy/rights/correct/{life.child.public_id}/")
    axe(page)
    page.get_by_label("哪一项不对").select_option(Fact.BORN_ON)
    page.get_by_label("应该是什么").fill("2016-02-30")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("请写一个真实的日期").wait_for()
    page.get_by_label("应该是什么").fill("2016-02-28")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("最晚回复").wait_for()
