"""The main job: a new parent signs up, finds a counsellor, books, pays, and sees the booking. On a phone and on a desktop."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.conf import settings

from catalog.browse.services import refresh_listings
from catalog.catalogue.models import Category
from catalog.order.models import Order
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.families.models import Child
from marketplace.notifications.models import Message
from tests.factories.catalogue import make_service
from tests.factories.partners import make_location, make_partner, make_provider
from tests.support.browser import PHONE, each_width

pytestmark = [pytest.mark.django_db(transaction=True), each_width]
PHONE_NUMBER = "13912345678"


@pytest.fixture
def counsellor() -> str:
    """周岚, of 青禾心理, who has time every day."""
    need = Category.objects.get(name="考试与学业压力")
    partner = make_partner(name="青禾心理（示例）")
    provider = make_provider(
        partner=partner, name="周岚", needs=[need], weekly=[(day, time(9), time(18)) for day in range(7)]
    )
    service = make_service(
        provider, location=make_location(partner, name="青禾小屋", address="示例路 1 号"), price_fen=36_000
    )
    service.product.needs.add(need)
    refresh_listings(product_ids=[service.product_id])
    return provider.name


@pytest.fixture
def site(gunicorn_server: str, simulator_server: str, counsellor: str) -> str:
    return gunicorn_server


def newest_code() -> str:
    """The six digits of the newest text message."""
    body = Message.objects.filter(channel="sms", address__contains=PHONE_NUMBER).latest("created_at").body
    found = re.search(r"\b(\d{6})\b", body)
    assert found, body
    return found.group(1)


def sign_up(page: Any, site: str, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/accounts/signup/")
    axe(page)
    page.get_by_label("手机号").fill(PHONE_NUMBER)
    page.get_by_label("称呼").fill("林女士")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="收验证码").click()
    page.locator("input[name=code]").wait_for()
    axe(page)
    page.locator("input[name=code]").fill(newest_code())
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"^(?!.*accounts/).*$"))


def add_child(page: Any, site: str, nickname: str, year: int, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/family/add/")
    axe(page)
    page.get_by_label("称呼").fill(nickname)
    for part, value in (("year", year), ("month", 5), ("day", 20)):
        page.locator(f"select[name=born_on_{part}]").select_option(str(value))
    page.locator("select[name=relation]").select_option(label="妈妈")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"{site}/family/")


def find_and_hold(page: Any, site: str, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/")
    axe(page)
    page.locator("#main").get_by_role("link", name="考试与学业压力").first.click()
    page.wait_for_url(re.compile("/services/"))
    axe(page)
    page.locator("#main").get_by_role("link", name=re.compile("^预约")).first.click()
    page.locator("#times").wait_for()
    axe(page)
    page.get_by_role("link", name="后一周").click()
    page.locator("#times a[href*='/basket/choose/']:visible").first.click()
    page.get_by_role("button", name="保留这个时间").wait_for()
    axe(page)
    page.get_by_role("radio", name=re.compile("^小舟")).check(force=True)
    page.get_by_role("radio", name=re.compile("^电话")).check(force=True)
    page.get_by_role("button", name="保留这个时间").click()


def check_out(page: Any, axe: Callable[[Any], None]) -> None:
    page.get_by_role("button", name=re.compile("提交订单")).wait_for()
    axe(page)
    page.locator("input[name=contact_name]").fill("林女士")
    page.locator("input[name=contact_phone]").fill(PHONE_NUMBER)
    page.get_by_role("button", name=re.compile("提交订单")).click()
    page.get_by_role("button", name=re.compile("确认付款")).wait_for()
    axe(page)
    pay(page)


def pay(page: Any) -> None:
    """Go to Alipay's own page, on a phone or a desktop, rather than scan a code."""
    row = page.locator(f'input[name=way][value="{"alipay:wap" if page.viewport_size == PHONE else "alipay:page"}"]')
    if not row.is_visible():
        page.locator("summary", has_text="其他方式").click()
    row.check(force=True)
    page.get_by_role("button", name=re.compile("确认付款")).click()


def press_at_alipay(page: Any, name: str) -> None:
    """Choose the outcome by the whole name of its button."""
    page.get_by_role("button", name=name, exact=True).click()


def test_a_new_parent_books_a_counsellor_and_pays(page, site, axe, viewport):
    assert site == settings.PUBLIC_BASE_URL

    sign_up(page, site, axe)
    add_child(page, site, "小禾", 2012, axe)
    add_child(page, site, "小舟", 2017, axe)
    find_and_hold(page, site, axe)
    check_out(page, axe)
    press_at_alipay(page, "付款成功 Payment succeeds")
    page.wait_for_url(re.compile(re.escape(site)))
    page.get_by_role("heading", name="付好了").wait_for()
    axe(page)

    page.goto(f"{site}/bookings/")
    axe(page)
    assert page.get_by_text("周岚").first.is_visible()
    booking = Booking.objects.get()
    assert (booking.status, booking.child.nickname, booking.mode) == (BookingStatus.BOOKED, "小舟", "phone")
    assert Order.objects.get().status == "paid"
    assert {child.nickname for child in Child.objects.all()} == {"小禾", "小舟"}


def test_a_payment_that_fails_can_be_tried_again(page, site, axe, viewport):
    sign_up(page, site, axe)
    add_child(page, site, "小舟", 2017, axe)
    find_and_hold(page, site, axe)
    check_out(page, axe)
    press_at_alipay(page, "放弃，回到商家 Give up and go back")
    page.wait_for_url(re.compile(re.escape(site)))

    page.goto(f"{site}/orders/{Order.objects.get().public_id}/")
    axe(page)
    page.locator("#main").get_by_role("link", name=re.compile("付款")).first.click()
    pay(page)
    press_at_alipay(page, "付款成功 Payment succeeds")
    page.wait_for_url(re.compile(re.escape(site)))
    page.get_by_role("heading", name="付好了").wait_for()

    assert (Booking.objects.get().status, Order.objects.get().status) == (BookingStatus.BOOKED, "paid")
