"""The start page and 我的: for everyone, at a cost that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.order.models import Order
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify
from tests.factories import make_booking, make_child, make_parent, make_staff, make_teen, make_user, signed_in

pytestmark = pytest.mark.django_db


def _queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def _order(user, number: str = "1", **fields) -> Order:
    values = {"status": "pending", "total_fen": 36000, "expires_at": timezone.now() + timedelta(minutes=20)}
    return Order.objects.create(
        user=user, number=number, currency="CNY", total_incl_tax=360, total_excl_tax=360, **(values | fields)
    )


def _page(client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_start_page_needs_no_account(client):
    page = _page(client, "/")
    assert "孩子的心事，有人一起想办法" in page
    assert "/help/now/" in page and "tel:12356" in page
    assert "考试与学业压力" in page


def test_the_start_page_shows_a_family_what_comes_next():
    parent = make_parent()
    booking = make_booking(child=parent.children.get(), booked_by=parent)
    _order(parent)
    page = _page(signed_in(parent), "/")
    assert str(booking.public_id) in page
    assert "有一笔 ¥360 的订单等你付款" in page


def test_an_order_that_expired_is_not_asked_for():
    parent = make_parent()
    _order(parent, expires_at=timezone.now() - timedelta(minutes=1))
    assert "等你付款" not in _page(signed_in(parent), "/")


def test_a_family_without_children_is_shown_where_to_add_one():
    assert "先添加孩子" in _page(signed_in(make_user()), "/")


def test_me_is_ones_own(client):
    assert client.get("/me/")["Location"] == "/accounts/login/?next=/me/"


def test_me_leads_everywhere_and_has_kind_empty_states():
    page = _page(signed_in(make_user(nickname="林女士")), "/me/")
    for path in (
        "/bookings/",
        "/orders/",
        "/mine/",
        "/mine/parcels/",
        "/family/add/",
        "/inbox/",
        "/accounts/settings/",
    ):
        assert f'href="{path}' in page
    assert "林女士" in page and "还没有预约" in page


def test_me_shows_nothing_of_strangers():
    stranger = make_parent()
    make_booking(child=stranger.children.get(), booked_by=stranger)
    _order(stranger)
    notify(key="k", recipient=stranger, body="你好", channels=[Channel.IN_APP])
    page = _page(signed_in(make_user()), "/me/")
    assert stranger.children.get().nickname not in page
    assert "等你付款" not in page and "未读" not in page


def test_me_counts_unread_messages():
    parent = make_user()
    for number in range(3):
        notify(key=f"k{number}", recipient=parent, body="你好", channels=[Channel.IN_APP])
    assert "3 条未读" in _page(signed_in(parent), "/me/")


def test_our_staff_is_led_to_work():
    assert "去工作台" in _page(signed_in(make_staff()), "/me/")


@pytest.mark.parametrize("path", ["/", "/me/"])
def test_a_big_family_costs_no_more_queries(path):
    small, big = make_parent(), make_parent(children=4)
    make_booking(child=small.children.get(), booked_by=small)
    _order(small)
    for number, child in enumerate(big.children.all()):
        make_booking(child=child, booked_by=big)
        _order(big, number=f"b{number}")
        notify(key=f"m{number}", recipient=big, body="你好", channels=[Channel.IN_APP])
        make_child(big)
    assert _queries(signed_in(big), path) == _queries(signed_in(small), path)


@pytest.mark.parametrize(
    ("make", "there", "elsewhere"),
    [(make_parent, "bookings:list", "community:home"), (make_teen, "community:home", "bookings:list")],
)
def test_the_phones_tabs_fit_who_holds_it(make, there, elsewhere):
    page = signed_in(make()).get(reverse("home")).content.decode()
    tabs = page.split('<nav class="tabbar"', 1)[1].split("</nav>", 1)[0]
    assert f'href="{reverse(there)}"' in tabs
    assert f'href="{reverse(elsewhere)}"' not in tabs
