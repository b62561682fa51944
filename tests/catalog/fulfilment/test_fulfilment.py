"""What was bought opens at once, once; parcels are sent by whose they are."""

import pytest

from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.errors import AlreadyShipped, NotYourParcel, NotYours, TrackingMissing
from catalog.fulfilment.models import Entitlement, LessonProgress, Shipment
from catalog.fulfilment.selectors import course_of, parcels_to_send
from catalog.fulfilment.services import finish_lesson, grant_entitlements, mark_shipped, open_shipments
from marketplace.notifications.models import Message
from tests import factories
from tests.catalog.order.placed import order_of, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def parcel(parent) -> Shipment:
    order = order_of(parent, factories.make_goods(stock=3))
    pay(order)
    return Shipment.objects.get(order=order)


def send(parcel, by, **fields):
    return mark_shipped(shipment=parcel, **{"carrier": "顺丰", "tracking_number": "SF000", "shipped_by": by} | fields)


def test_granting_again_opens_nothing_twice(parent):
    order = order_of(parent, factories.make_course(), factories.make_goods(stock=1))
    pay(order)
    for _ in range(2):
        grant_entitlements(order=order)
        open_shipments(order=order)
    assert Entitlement.objects.count() == 1
    assert Shipment.objects.get().lines.count() == 1


def test_goods_of_two_partners_are_two_parcels(parent):
    order = order_of(parent, factories.make_goods(stock=1), factories.make_goods(stock=1))
    pay(order)
    assert Shipment.objects.filter(order=order).count() == 2


def test_sending_takes_the_unit_out_of_stock_and_tells_the_family(parcel, parent):
    staff = factories.make_partner_staff(parcel.partner)
    assert list(parcels_to_send(parcel.partner)) == [parcel]
    sent = send(parcel, staff)
    assert (sent.status, sent.carrier) == (ShipmentStatus.SHIPPED, "顺丰")
    record = parcel.lines.get().stockrecord
    assert (record.num_in_stock, record.num_allocated) == (2, 0)
    assert "SF000" in Message.objects.get(recipient=parent, key__contains="shipped:in_app").body
    assert not parcels_to_send(parcel.partner)


def test_a_parcel_is_sent_once_with_a_number_and_by_its_own_partner(parcel):
    staff = factories.make_partner_staff(parcel.partner)
    with pytest.raises(NotYourParcel):
        send(parcel, factories.make_partner_staff(factories.make_partner()))
    with pytest.raises(TrackingMissing):
        send(parcel, staff, tracking_number=" ")
    send(parcel, factories.make_staff())
    with pytest.raises(AlreadyShipped):
        send(parcel, staff)


def test_progress_counts_each_lesson_once(parent):
    pay(order_of(parent, factories.make_course(lessons=3)))
    entitlement = Entitlement.objects.get()
    lesson = entitlement.product.lessons.first()
    for _ in range(2):
        finish_lesson(entitlement=entitlement, lesson=lesson, user=parent)
    course = course_of(parent, entitlement.public_id)
    assert (course.finished_count, len(course.lessons), course.next_lesson.position) == (1, 3, 2)


def test_only_its_owner_reads_a_course_and_only_its_own_lessons(parent):
    pay(order_of(parent, factories.make_course()))
    entitlement = Entitlement.objects.get()
    stranger = factories.make_parent()
    assert course_of(stranger, entitlement.public_id) is None
    with pytest.raises(NotYours):
        finish_lesson(entitlement=entitlement, lesson=entitlement.product.lessons.first(), user=stranger)
    with pytest.raises(NotYours):
        finish_lesson(entitlement=entitlement, lesson=factories.make_course().lessons.first(), user=parent)
    assert not LessonProgress.objects.exists()
