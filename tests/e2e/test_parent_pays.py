"""A young person asks, a parent without an account pays, and the young person sees it; and "not now", kindly."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking, HealthcareService
from marketplace.accounts.models import User
from payments.requests.enums import RequestState
from payments.requests.models import PaymentRequest
from tests import factories
from tests.catalog.basket.test_basket_pages import choose_page
from tests.support.browser import PHONE, PHONE_AGENT, both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


@pytest.fixture
def teen() -> User:
    return factories.make_teen(factories.make_user(nickname="林女士"), nickname="小禾")


@pytest.fixture
def service() -> HealthcareService:
    partner = factories.make_partner(name="青禾心理（示例）")
    provider = factories.make_provider(
        partner=partner, name="周岚", weekly=[(day, time(9), time(18)) for day in range(7)]
    )
    return factories.make_service(
        provider, location=factories.make_location(partner), price_fen=36_000, product={"title": "考前焦虑疏导"}
    )


@pytest.fixture
def site(gunicorn_server: str, simulator_server: str) -> str:
    return gunicorn_server


@pytest.fixture
def parent(browser: Any, viewport: dict[str, int]):
    """A browser of somebody who has no account here."""
    as_phone = {"has_touch": True, "user_agent": PHONE_AGENT} if viewport == PHONE else {}
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=viewport, **as_phone)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def check(page: Any, axe: Callable[[Any], None]) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"


def ask_by_link(page: Any, site: str, service: HealthcareService, axe: Callable[[Any], None]) -> str:
    """Hold a time, choose that a parent pays, and return the link to send."""
    page.goto(site + choose_page(service))
    check(page, axe)
    page.get_by_role("button", name="保留这个时间").click()
    page.wait_for_url(f"{site}/checkout/")
    check(page, axe)
    page.get_by_label("联系电话").fill("13900000000")
    page.get_by_label("不在 App 里说，我自己把链接发给 TA").check()
    page.get_by_label("想说的话").fill("谢谢妈妈，周六我自己去就行。")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile("/pay/for/mine/"))
    check(page, axe)
    return str(page.locator("#ask-link").input_value())


def open_link(parent: Any, link: str, axe: Callable[[Any], None]) -> None:
    parent.goto(link)
    check(parent, axe)
    assert "小禾" not in parent.inner_text("main") and "360" not in parent.inner_text("main")
    parent.get_by_role("button", name="打开看看").click()
    parent.get_by_role("heading", name="小禾 请你帮忙付一笔").wait_for()
    check(parent, axe)
    shown = parent.inner_text("main")
    for secret in ("考前焦虑疏导", "周岚", "青禾"):
        assert secret not in shown
    assert parent.locator("a[href*='/help/now/']").first.is_visible()


def test_a_parent_pays_by_the_link(site, page, parent, teen, service, axe):
    enter_as(page, site, teen)
    link = ask_by_link(page, site, service, axe)
    open_link(parent, link, axe)
    parent.locator(".pay-way", has_text="支付宝").first.click()
    parent.get_by_role("button", name="确认付款 ¥360.00").click()
    if "/scan/" in parent.url:
        check(parent, axe)
        code = PaymentRequest.objects.get().intent.attempts.get().qr_text
        parent.goto(code)
    parent.get_by_role("button", name=re.compile("付款")).first.click()
    if not parent.url.startswith(site):
        parent.goto(link + "return/")
    parent.get_by_role("heading", name="付好了，谢谢你").wait_for()
    check(parent, axe)
    parent.get_by_role("button", name="看看收据").click()
    parent.get_by_role("link", name="收据").click()
    check(parent, axe)
    assert "考前" not in parent.inner_text("main")
    page.get_by_role("heading", name="付好了，放心").wait_for()  # the waiting page changes by itself
    check(page, axe)
    assert Booking.objects.get().status == BookingStatus.BOOKED


def test_not_now_is_kind_and_frees_the_time(site, page, parent, teen, service, axe):
    enter_as(page, site, teen)
    open_link(parent, ask_by_link(page, site, service, axe), axe)
    parent.get_by_role("link", name="这次先不付，让 TA 知道").click()
    check(parent, axe)
    parent.get_by_role("button", name="好，让 TA 知道").click()
    parent.get_by_text("已经回复：这次先不付").wait_for()
    check(parent, axe)
    page.get_by_role("heading", name="家长说这次先不付").wait_for()
    check(page, axe)
    assert PaymentRequest.objects.get().state == RequestState.DECLINED
    assert Booking.objects.get().status == BookingStatus.CANCELLED


def test_a_guardian_finds_it_in_the_app(site, page, teen, service, axe):
    from payments.requests.services import Ask
    from tests.payments.requests.asking import asked

    mother = teen.young_profile.guardians.get()
    asked(teen, service, ask=Ask(guardian=mother, message="谢谢妈妈"))
    enter_as(page, site, mother)
    page.goto(f"{site}/pay/for/")
    check(page, axe)
    page.get_by_role("link", name=re.compile("小禾 请你付一笔")).click()
    page.get_by_role("heading", name="小禾 请你帮忙付一笔").wait_for()
    check(page, axe)
    page.goto(f"{site}/pay/for/alone/")
    check(page, axe)
