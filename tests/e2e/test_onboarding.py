"""A clinic applies, is asked something, answers, is let in by two of ours, and opens its portal."""

from collections.abc import Callable
from typing import Any

import pytest

from partners.onboarding.models import Application
from tests import factories
from tests.marketplace.core.uploads.made import pdf, picture
from tests.partners.onboarding import made
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


def _fill(page: Any, **fields: Any) -> None:
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(str(value))


def _upload(page: Any, kind: str, content: bytes, name: str, **fields: str) -> None:
    form = page.locator("form", has=page.locator("input[type=file]"))
    form.locator("select[name=kind]").select_option(kind)
    form.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
    _fill(page, **fields)
    form.get_by_role("button", name="上传").click()


def _apply(page: Any, site: str, look: Callable[[Any], None]) -> None:
    page.goto(f"{site}/join/")
    look(page)
    page.get_by_role("link", name="我的申请").click()
    look(page)
    page.get_by_role("button", name="心理咨询机构：开始").click()
    page.wait_for_url("**/organisation/")
    look(page)
    _fill(page, **made.organisation(name="晚风心理咨询"))
    page.get_by_role("button", name="保存，下一步").click()
    page.wait_for_url("**/signer/")
    _fill(page, signer_name="沈一", signer_position="负责人", signer_phone="139 0000 9999")
    page.get_by_label("就是法定代表人或主要负责人").check()
    page.get_by_role("button", name="保存，下一步").click()
    page.wait_for_url("**/papers/")
    _upload(
        page,
        "business",
        b"<svg onload='alert(1)'/>",
        "执照.pdf",
        number="1",
        issued_by="局",
        valid_from_on="2024-01-01",
    )
    page.get_by_text("这里不收这种文件").first.wait_for()
    _upload(page, "business", pdf(), "执照.pdf", number="沪-1", issued_by="示例局", valid_from_on="2024-01-01")
    page.get_by_text("已上传").first.wait_for()
    _upload(page, "child_safe", picture(), "制度.jpg")
    page.get_by_role("link", name="制度.jpg").wait_for()
    look(page)
    page.get_by_role("link", name="下一步").click()
    look(page)
    _fill(page, name="许宁", title="心理咨询师", degree="应用心理硕士", years_of_practice=6, training_hours=400)
    _fill(page, practice_hours=1200, supervision="陈老师，每两周一次")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="许宁").wait_for()
    _upload(page, "qualified", pdf(), "证书.pdf")
    page.get_by_role("link", name="证书.pdf").wait_for()
    look(page)
    page.goto(page.url.split("people/")[0] + "agreement/")
    look(page)
    _fill(page, name="沈一")
    page.get_by_label("我已经读过协议和职责表").check()
    page.get_by_role("button", name="签署").click()
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("已提交").first.wait_for()
    look(page)


def _ask(page: Any, site: str, look: Callable[[Any], None]) -> None:
    page.goto(f"{site}/join/desk/")
    look(page)
    page.get_by_role("link", name="晚风心理咨询").click()
    look(page)
    page.locator("main textarea[name=text]").fill("执照不清楚，请重新上传。")
    page.get_by_role("button", name="发给机构").click()
    page.get_by_text("已经发给机构").first.wait_for()


def _answer(page: Any, site: str, look: Callable[[Any], None]) -> None:
    page.goto(f"{site}/join/applications/")
    page.get_by_role("link", name="晚风心理咨询").click()
    look(page)
    page.get_by_label("回答").fill("已经重新上传。")
    page.get_by_role("button", name="保存回答").click()
    page.get_by_role("button", name="重新提交").click()
    page.get_by_text("已提交").first.wait_for()


def _propose(page: Any, site: str, path: str) -> None:
    page.goto(f"{site}{path}")
    page.get_by_role("button", name="我来审核").click()
    page.get_by_text("这份申请由您审核").first.wait_for()
    for choice in page.locator("form[action$='/checks/'] select").all():
        choice.select_option("ok")
    page.get_by_role("button", name="保存核对结果").click()
    page.get_by_text("核对结果已保存").first.wait_for()
    page.get_by_label("建议通过").check()
    page.get_by_role("button", name="提出意见").click()
    page.get_by_text("需要另一位审核同事").first.wait_for()


def test_a_clinic_applies_is_asked_answers_is_let_in_and_opens_its_portal(gunicorn_server, page, look):
    site, applicant = gunicorn_server, made.make_applicant(nickname="沈一")
    one, two = factories.make_staff(nickname="小雨"), factories.make_staff(nickname="老沈")
    enter_as(page, site, applicant)
    _apply(page, site, look)
    enter_as(page, site, one)
    _ask(page, site, look)
    enter_as(page, site, applicant)
    _answer(page, site, look)
    path = f"/join/desk/{Application.objects.get().public_id}/"
    enter_as(page, site, one)
    _propose(page, site, path)
    enter_as(page, site, two)
    page.goto(f"{site}{path}")
    look(page)
    page.get_by_role("button", name="同意，让结果生效").click()
    page.get_by_text("结果生效").first.wait_for()
    page.goto(f"{site}/join/desk/agreements/")
    look(page)
    enter_as(page, site, applicant)
    page.goto(f"{site}/join/applications/{Application.objects.get().public_id}/")
    page.get_by_text("欢迎加入").wait_for()
    look(page)
    page.goto(f"{site}/clinic/")
    page.get_by_text("晚风心理咨询").first.wait_for()
    assert Application.objects.get().partner.providers.get().name == "许宁"
