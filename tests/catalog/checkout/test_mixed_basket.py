"""EC-19: a time, a toy and a course in one basket: one payment, three deliveries, refunds line by line."""

import pytest

from catalog.basket.services import put_product_in_basket
from catalog.fulfilment.models import Entitlement, Shipment
from catalog.order.enums import OrderStatus
from catalog.order.services import cancel_booked_line
from catalog.returns.services import cancel_unsent, give_course_back
from catalog.scheduling.enums import BookingStatus, CancelledBy
from payments.models import PaymentIntent, Refund
from tests import factories
from tests.catalog.order.placed import pay, place, put_session

pytestmark = pytest.mark.django_db


def test_one_order_is_one_payment_and_three_deliveries_and_goes_back_line_by_line():
    parent = factories.make_parent()
    clinic, maker, school = (factories.make_partner() for _each in range(3))
    put_session(parent, factories.make_service(factories.make_provider(partner=clinic), price_fen=36_000))
    put_product_in_basket(user=parent, product=factories.make_goods(price_fen=12_800, partner=maker))
    put_product_in_basket(user=parent, product=factories.make_course(price_fen=6_800, partner=school))

    order = place(parent, shown_fen=55_600)
    pay(order)

    assert PaymentIntent.objects.get().amount_fen == order.total_fen == 55_600
    session, toy, course = (order.lines.get(partner=partner) for partner in (clinic, maker, school))
    assert session.booking.status == BookingStatus.BOOKED
    assert Shipment.objects.get().partner == maker and list(Shipment.objects.get().lines.all()) == [toy]
    assert Entitlement.objects.get().order_line == course

    cancel_booked_line(booking_id=session.booking_id, cancelled_by=CancelledBy.FAMILY, initiator=parent)
    cancel_unsent(line=toy, asked_by=parent)
    give_course_back(entitlement=Entitlement.objects.get(), asked_by=parent)

    by_line = {refund.order_line_refund.line_id: refund.amount_fen for refund in Refund.objects.all()}
    assert by_line == {session.pk: 36_000, toy.pk: 12_800, course.pk: 6_800}
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID  # until the money has arrived
