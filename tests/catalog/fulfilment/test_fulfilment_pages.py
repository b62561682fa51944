"""Courses and parcels under 我的."""

import pytest
from django.urls import reverse

from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Entitlement, LessonProgress, Shipment
from catalog.fulfilment.services import mark_shipped
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.catalog.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def client(parent):
    return factories.signed_in(parent)


@pytest.fixture
def course(parent):
    pay(order_of(parent, factories.make_course(lessons=2, title="清晨练习")))
    return Entitlement.objects.get()


def at(name, course, *more):
    return reverse(f"mine:{name}", args=[course.public_id, *more])


def test_a_course_is_read_lesson_by_lesson_to_its_end(client, course):
    assert "清晨练习" in client.get(reverse("mine:library")).content.decode()
    assert "0 / 2 课" in client.get(at("course", course)).content.decode()
    assert "第 1 / 2 课" in client.get(at("lesson", course, 1)).content.decode()
    assert client.post(at("finish", course, 1)).url == at("lesson", course, 2)
    assert client.post(at("finish", course, 2)).url == at("course", course)
    assert client.post(at("finish", course, 2)).url == at("course", course)
    assert "2 / 2 课" in client.get(at("course", course)).content.decode()
    assert LessonProgress.objects.count() == 2


def test_an_unpaid_course_is_not_open(client, parent):
    order_of(parent, factories.make_course(title="清晨练习"))
    assert "清晨练习" not in client.get(reverse("mine:library")).content.decode()


def test_strangers_find_no_course_lesson_or_parcel(course):
    stranger = factories.signed_in(factories.make_parent())
    assert stranger.get(at("course", course)).status_code == 404
    assert stranger.get(at("lesson", course, 1)).status_code == 404
    assert stranger.post(at("finish", course, 1)).status_code == 404
    assert "清晨练习" not in stranger.get(reverse("mine:library")).content.decode()


def test_lessons_that_do_not_exist_are_not_found(client, course):
    assert client.get(at("lesson", course, 9)).status_code == 404
    assert client.post(at("finish", course, 9)).status_code == 404
    assert client.get(at("finish", course, 1)).status_code == 405


def test_parcels_show_their_state_and_only_to_their_family(client, parent):
    pay(order_of(parent, factories.make_goods(stock=1, title="小灯")))
    text = client.get(reverse("mine:parcels")).content.decode()
    assert "小灯" in text
    assert "待发货" in text
    stranger = factories.signed_in(factories.make_parent())
    assert "小灯" not in stranger.get(reverse("mine:parcels")).content.decode()


def test_a_family_says_that_its_parcel_has_arrived(client, parent):
    pay(order_of(parent, factories.make_goods(stock=1)))
    parcel = Shipment.objects.get()
    assert "我收到了" not in client.get(reverse("mine:parcels")).content.decode()
    assert "还没有发出" in client.post(at("received", parcel), follow=True).content.decode()
    mark_shipped(shipment=parcel, carrier="顺丰", tracking_number="SF0", shipped_by=factories.make_staff())
    assert "我收到了" in client.get(reverse("mine:parcels")).content.decode()
    assert factories.signed_in(factories.make_parent()).post(at("received", parcel)).status_code == 404

    assert "七天内" in client.post(at("received", parcel), follow=True).content.decode()

    parcel.refresh_from_db()
    assert parcel.status == ShipmentStatus.DELIVERED
    assert "我收到了" not in client.get(reverse("mine:parcels")).content.decode()


@pytest.mark.parametrize("name", ["library", "parcels"])
def test_three_rows_cost_no_more_queries_than_one(client, parent, name):
    def buy():
        pay(order_of(parent, factories.make_course(), factories.make_goods(stock=1)))

    buy()
    address = reverse(f"mine:{name}")
    client.get(address)
    one = queries_of(lambda: client.get(address))
    buy()
    buy()
    assert queries_of(lambda: client.get(address)) <= one
