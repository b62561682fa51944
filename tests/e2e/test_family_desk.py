"""A family's desk, end to end: saved, held another way, moved, on the phone's calendar, waited for, given back, looked back at."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.browse.models import SavedProduct
from catalog.browse.services import refresh_listings
from catalog.scheduling.enums import BookingStatus, FeedKind, Mode
from catalog.scheduling.models import Booking
from catalog.scheduling.selectors import open_feed_of
from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from tests.factories.catalogue import make_service
from tests.factories.partners import make_location, make_partner, make_provider
from tests.factories.people import make_parent
from tests.factories.scheduling import make_booking, next_weekday, shanghai
from tests.factories.waitlist import make_entry, make_offer
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


@pytest.fixture
def parent() -> User:
    return make_parent(nickname="林女士")


@pytest.fixture
def booking(parent: User) -> Booking:
    """A booked session next week with somebody who has time every day; and one that was held last week."""
    partner = make_partner(name="青禾心理（示例）")
    provider = make_provider(partner=partner, name="周岚", weekly=[(day, time(9), time(20)) for day in range(7)])
    service = make_service(
        provider, location=make_location(partner), modes=[Mode.IN_PERSON, Mode.VIDEO], series_limit=6
    )
    child = parent.children.get()
    last_week = timezone.now() - timedelta(days=7)
    make_booking(service=service, starts_at=last_week, child=child, booked_by=parent, status=BookingStatus.FULFILLED)
    starts_at = shanghai(next_weekday(2, weeks=1), 10)
    return make_booking(service=service, starts_at=starts_at, child=child, booked_by=parent)


@pytest.fixture
def site(gunicorn_server: str, booking: Booking) -> str:
    refresh_listings()
    return gunicorn_server


@pytest.fixture
def at_home(page: Any, site: str, parent: User) -> Any:
    """The page of the parent, signed in."""
    accept_agreements(user=parent, agreements=agreements_in_force())
    enter_as(page, site, parent)
    return page


def test_what_is_saved_is_found_again_compared_and_given_up(at_home, site, booking, axe):
    page, product = at_home, booking.service.product
    page.goto(f"{site}/services/")
    heart = page.locator(f"#heart-{product.pk}")
    heart.click()
    page.locator(f"#heart-{product.pk}[aria-pressed=true]").wait_for()
    axe(page)
    page.goto(f"{site}/me/")
    page.get_by_role("link", name="收藏", exact=True).click()
    page.get_by_role("heading", name="收藏").wait_for()
    assert page.locator("article.provider").count() == 1
    axe(page)
    heart.click()
    page.locator(f"#heart-{product.pk}[aria-pressed=false]").wait_for()
    assert not SavedProduct.objects.exists()
    page.reload()
    page.get_by_role("heading", name="还没有收藏").wait_for()
    axe(page)


def test_a_booking_is_held_another_way_moved_and_its_end_is_quoted_first(at_home, site, booking, axe):
    page = at_home
    page.goto(f"{site}/bookings/")
    axe(page)
    page.locator(f"a[href='/bookings/{booking.public_id}/']").first.click()
    page.get_by_role("heading", name="改期与取消").wait_for()
    assert page.get_by_text("全额退款").first.is_visible()
    axe(page)
    page.get_by_role("link", name="换方式").click()
    page.get_by_role("button", name="换成这种方式").wait_for()
    axe(page)
    page.get_by_role("radio", name=re.compile("^视频")).check(force=True)
    page.get_by_role("button", name="换成这种方式").click()
    page.get_by_text("方式已经换好").wait_for()

    page.get_by_role("link", name="改期", exact=True).click()
    page.get_by_role("heading", name="换一个时间").wait_for()
    axe(page)
    page.locator("input[name=slot]").first.check(force=True)
    page.get_by_role("button", name="改到这个时间").click()
    page.get_by_text("已经改到新的时间").wait_for()
    before = booking.starts_at
    booking.refresh_from_db()
    assert (booking.mode, booking.status) == (Mode.VIDEO, BookingStatus.BOOKED)
    assert booking.starts_at != before


def test_the_phones_calendar_is_opened_and_ended(at_home, site, parent, axe):
    page = at_home
    page.goto(f"{site}/bookings/")
    page.get_by_role("link", name="在手机日历里看预约").click()
    axe(page)
    page.get_by_role("button", name="开通日历地址").click()
    page.locator("figure svg").wait_for()
    axe(page)
    page.get_by_role("button", name="停用这个地址").click()
    page.get_by_text("已经停用").wait_for()
    assert open_feed_of(parent, FeedKind.FAMILY) is None


def test_a_time_from_the_waiting_list_is_turned_down_and_the_place_is_kept(at_home, site, parent, booking, axe):
    page = at_home
    entry = make_entry(service=booking.service, joined_by=parent)
    make_offer(entry)
    page.goto(f"{site}/bookings/")
    page.locator(f"a[href='/waitlist/{entry.public_id}/']").first.click()
    page.get_by_role("button", name="要这个时间").wait_for()
    axe(page)
    page.get_by_role("button", name="这次不要").click()
    page.get_by_text("你还在候补，位置不变").first.wait_for()
    page.goto(f"{site}/waitlist/")
    axe(page)


def test_a_series_is_looked_at_before_anything_is_kept(at_home, site, booking, axe):
    page = at_home
    page.goto(f"{site}{booking.service.product.get_absolute_url()}")
    axe(page)
    page.get_by_role("link", name="约一个系列").click()
    page.get_by_role("button", name="看看日期").click()
    page.get_by_role("button", name="保留这些时间").wait_for()
    axe(page)
    assert Booking.objects.filter(status=BookingStatus.PENDING).count() == 0


def test_what_is_past_leads_to_feedback(at_home, site, axe):
    page = at_home
    page.goto(f"{site}/bookings/?when=past")
    axe(page)
    page.locator("a[href*='/room/feedback/']").first.click()
    page.locator("form input[type=radio]").first.wait_for(state="attached")
    axe(page)
