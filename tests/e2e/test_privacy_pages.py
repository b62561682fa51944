"""The privacy pages in a browser: the short notice fits one screen of a phone, and a parent reads who saw a child's data."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.audit import make_looks
from tests.factories.people import make_child, make_user
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


def test_the_public_pages_are_accessible_and_the_short_notice_is_one_screen(
    gunicorn_server: str, page: Any, axe: Callable[[Any], None], viewport: dict[str, int]
) -> None:
    for path in ("", "not-built/", "claims/", "processing/", "notice/"):
        page.goto(f"{gunicorn_server}/privacy/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    ends_at = page.locator(".points").bounding_box()
    room = viewport["height"] - (64 if viewport["width"] < 768 else 0)  # the tabs of a phone lie over the page
    assert ends_at["y"] + ends_at["height"] <= room
    page.locator("#booking summary").click()
    page.get_by_text("短信和网址里不写约的是什么").wait_for()
    axe(page)


def test_a_parent_reads_who_saw_a_young_childs_data(
    gunicorn_server: str, page: Any, axe: Callable[[Any], None], viewport: dict[str, int]
) -> None:
    parent = make_user()
    child = make_child(parent, nickname="小舟", born_on=date(timezone.localdate().year - 9, 1, 1))
    make_looks(3, at=timezone.now(), subject=child.public_id, actor_label="青禾心理 · 咨询师")
    make_looks(at=timezone.now(), subject=child.public_id, actor_label="星河中学 · 心理老师", outcome="4")
    enter_as(page, gunicorn_server, parent)
    page.goto(f"{gunicorn_server}/me/")
    page.locator("main").get_by_role("link", name="隐私与安全").click()
    page.get_by_role("link", name="谁看过我的资料").click()
    page.get_by_role("link", name="小舟", exact=True).click()
    page.get_by_text("这一天共 3 次").click()
    axe(page)
    page.get_by_label("只看被拒绝的").check()
    page.wait_for_url("**refused=1**")
    assert page.locator(".look b").all_inner_texts() == ["星河中学 · 心理老师"]
    page.get_by_role("link", name="说一说").click()
    assert "/privacy/complaints/" in page.url
