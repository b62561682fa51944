"""A clinic's desk in a browser: every page at both widths, a session moved by mouse and by keyboard, a group planned."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.scheduling.models import Booking, Occupancy
from tests.factories.catalogue import make_group_service, make_service
from tests.factories.partners import make_location, make_partner, make_provider
from tests.factories.people import make_partner_staff
from tests.factories.scheduling import make_booking, make_group_occupancy, next_weekday, shanghai
from tests.factories.waitlist import make_entry
from tests.support.browser import DESKTOP, both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
#: Monday and Wednesday of next week.
MONDAY, WEDNESDAY = next_weekday(0, weeks=1), next_weekday(0, weeks=1) + timedelta(days=2)
PAGES = (
    "", "week/", "requests/", "groups/", "waiting/", "conflicts/", "hours/", "calendars/", "rooms/", "capacity/",
    "services/", "money/",
)  # fmt: skip


@pytest.fixture
def desk(gunicorn_server: str, page: Any) -> str:
    """The address of the clinic portal, in which one of its people has signed in."""
    provider = make_provider(partner=make_partner(name="青禾心理"))
    make_location(provider.partner)
    service = make_service(provider, product={"title": "青少年个体咨询"})
    make_booking(service=service, starts_at=shanghai(MONDAY, 10))
    group = make_group_occupancy(make_group_service(provider), starts_at=shanghai(WEDNESDAY, 15), minimum_seats=3)
    make_booking(occupancy=group)
    make_entry(service=service, days=9, needed_by=timezone.localdate() - timedelta(days=1))
    enter_as(page, gunicorn_server, make_partner_staff(provider.partner))
    page.context.set_default_timeout(60_000)  # sixteen pages in a row, on machines that have other work
    return f"{gunicorn_server}/clinic/"


def _check(page: Any, axe: Any) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"


def _booking() -> Booking:
    return Booking.objects.get(occupancy__kind="individual", status="booked")  # what it leaves is offered to who waits


@both_widths
def test_every_page_of_the_desk(desk, page, axe):
    group = Occupancy.objects.get(kind="group").public_id
    move = f"sessions/{_booking().occupancy.public_id}/move/"
    for path in (*PAGES, f"week/?on={MONDAY}", f"groups/{group}/", f"groups/{group}/cancel/", move):
        answer = page.goto(desk + path)
        assert answer.status == 200, path
        _check(page, axe)


@pytest.mark.parametrize("viewport", [DESKTOP], indirect=True, ids=["desktop"])
def test_a_session_is_dragged_to_another_day_and_moves_once_that_is_confirmed(desk, page):
    page.goto(f"{desk}week/?on={MONDAY}")
    page.locator(".wk__block--session").drag_to(
        page.locator(f"[data-day='{WEDNESDAY}']"),
        source_position={"x": 20, "y": 5},
        target_position={"x": 20, "y": 137},
    )
    page.wait_for_url("**/move/?to=*")
    begun = _booking().starts_at
    assert begun == shanghai(MONDAY, 10)
    assert page.input_value("[name=on]") == WEDNESDAY.isoformat()
    assert page.input_value("[name=at]") == "11:00"
    page.get_by_role("button", name="改到这个时间").click()
    page.wait_for_selector("text=已改时间")

    assert _booking().starts_at == shanghai(WEDNESDAY, 11)


@both_widths
def test_the_same_is_done_by_keyboard(desk, page):
    page.goto(f"{desk}?on={MONDAY}")
    _press(page, page.get_by_role("link", name="改时间", exact=True))
    page.wait_for_url("**/move/")
    page.focus("[name=on]")
    page.fill("[name=on]", WEDNESDAY.isoformat())
    page.fill("[name=at]", "09:30")
    page.locator("[name=at]").press("Enter")
    page.wait_for_selector("text=已改时间")

    assert _booking().starts_at == shanghai(WEDNESDAY, 9, 30)


def _press(page: Any, target: Any) -> None:
    target.focus()
    page.keyboard.press("Enter")


@both_widths
def test_a_group_is_planned_and_taken_back_and_whoever_waits_is_put_first(desk, page, axe):
    page.goto(f"{desk}groups/")
    page.fill("[name=on]", (WEDNESDAY + timedelta(days=1)).isoformat())
    page.fill("[name=at]", "16:00")
    page.fill("[name=seats]", "9")
    _press(page, page.get_by_role("button", name="开这一场"))
    page.wait_for_selector("text=最多 8 个名额")
    _check(page, axe)
    page.fill("[name=seats]", "6")
    _press(page, page.get_by_role("button", name="开这一场"))
    page.wait_for_selector("text=已开好")
    _press(page, page.get_by_role("link", name="取消这一场"))
    _press(page, page.get_by_role("button", name="取消这一场"))
    page.wait_for_selector("text=这一场已取消")

    page.goto(f"{desk}waiting/")
    page.select_option("[name=band]", "2")
    _press(page, page.get_by_role("button", name="保存第 1 位的需要"))
    page.wait_for_selector("text=次序按新的排")
    assert "需要「优先」" in page.inner_text("main")
