"""Requests: paid first, then granted, declined or left unanswered; whoever gets no yes gets all of the money."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.fulfilment.sweeping import earn_due
from catalog.order.enums import DeclineReason, OrderStatus
from catalog.order.services import answer_request, cancel_booked_line, lapse_requests
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.errors import BookingEnded, NotYourBooking, RequestEnded, SlotTaken
from catalog.scheduling.selectors import upcoming_bookings
from catalog.scheduling.selectors.bookings import open_requests
from catalog.scheduling.services import confirm_bookings, mark_attendance
from catalog.scheduling.signals import booking_booked, booking_ended
from marketplace.notifications.models import Message
from payments.enums import RefundReason
from payments.models import Refund
from payments.settlement.models import Earning
from tests import factories
from tests.catalog.order.placed import order_of, pay, put_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def service():
    return factories.make_service(price_fen=36_001, needs_confirmation=True, answer_hours=24)


@pytest.fixture
def line(parent, service):
    order = order_of(parent, service)
    pay(order)
    return order.lines.select_related("booking__occupancy__provider__partner", "order").get()


@pytest.fixture
def staff(line):
    return factories.make_partner_staff(line.booking.occupancy.provider.partner)


@pytest.fixture
def announced():
    heard = []

    def booked(booking, **_):
        heard.append(("booked", booking.pk))

    def ended(booking, cancelled_by, **_):
        heard.append((str(cancelled_by), booking.pk))

    booking_booked.connect(booked)
    booking_ended.connect(ended)
    yield heard
    booking_booked.disconnect(booked)
    booking_ended.disconnect(ended)


def messages_to(person):
    return list(Message.objects.filter(recipient=person, channel="in_app").values_list("body", flat=True))


def test_paying_asks_and_keeps_the_time(line, parent, service):
    booking = line.booking
    assert (line.order.status, booking.status) == (OrderStatus.PAID, BookingStatus.PROPOSED)
    assert timedelta(hours=23) < booking.answer_by - timezone.now() <= timedelta(hours=24)
    assert list(upcoming_bookings(parent)) == [booking]
    assert list(open_requests([booking.occupancy.provider.partner])) == [booking]
    other = factories.make_parent()
    with pytest.raises(SlotTaken):
        put_session(other, service, provider=booking.occupancy.provider, starts_at=booking.starts_at)
    assert any("等机构确认" in body for body in messages_to(parent))


def test_near_its_time_it_is_answered_two_hours_before_and_never_in_less_than_half_an_hour(parent, service):
    booking = order_of(parent, service).lines.get().booking
    starts_at, now = booking.starts_at, booking.starts_at - timedelta(hours=5)
    confirm_bookings(booking_ids=[booking.pk], now=now)
    booking.refresh_from_db()
    assert booking.answer_by == starts_at - timedelta(hours=2)
    type(booking).objects.update(status=BookingStatus.PENDING, answer_by=None)
    confirm_bookings(booking_ids=[booking.pk], now=starts_at - timedelta(hours=2))
    booking.refresh_from_db()
    assert booking.answer_by == starts_at - timedelta(hours=1, minutes=30)
    type(booking).objects.update(status=BookingStatus.PENDING, answer_by=None)
    confirm_bookings(booking_ids=[booking.pk], now=starts_at - timedelta(minutes=10))
    booking.refresh_from_db()
    assert booking.answer_by == starts_at


def test_a_yes_fixes_it(line, staff, parent, announced):
    booking = answer_request(booking_id=line.booking_id, accepted=True, answered_by=staff)
    assert (booking.status, booking.answer_by) == (BookingStatus.BOOKED, None)
    assert announced == [("booked", booking.pk)]
    assert any("确认了" in body for body in messages_to(parent))
    assert not Refund.objects.exists()


@pytest.mark.parametrize("reason", ["", DeclineReason.TIME])
def test_a_no_gives_all_of_it_back(line, staff, parent, announced, reason):
    booking = answer_request(booking_id=line.booking_id, accepted=False, answered_by=staff, reason=reason)
    assert (booking.status, booking.cancelled_by) == (BookingStatus.CANCELLED, CancelledBy.PROVIDER)
    refund = Refund.objects.get()
    assert (refund.amount_fen, refund.reason) == (36_001, RefundReason.PROVIDER_CANCELLED)
    assert announced == [("provider", booking.pk)]
    body = next(body for body in messages_to(parent) if "不能接待" in body)
    assert "¥360.01" in body and ("临时有安排" in body) == bool(reason)
    assert put_session(factories.make_parent(), line.booking.service, starts_at=booking.starts_at)


def test_no_answer_gives_all_of_it_back_and_nobody_is_blamed(line, parent):
    assert lapse_requests(now=line.booking.answer_by - timedelta(seconds=1)) == 0
    assert lapse_requests(now=line.booking.answer_by) == 1
    assert lapse_requests(now=line.booking.answer_by) == 0
    line.booking.refresh_from_db()
    assert line.booking.status == BookingStatus.CANCELLED
    refund = Refund.objects.get()
    assert (refund.amount_fen, refund.initiator) == (36_001, None)
    assert any("没有及时确认" in body for body in messages_to(parent))


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_is_given_once(line, staff, accepted):
    answer_request(booking_id=line.booking_id, accepted=accepted, answered_by=staff)
    for again in (True, False):
        with pytest.raises(RequestEnded):
            answer_request(booking_id=line.booking_id, accepted=again, answered_by=staff)
    assert lapse_requests(now=timezone.now() + timedelta(days=3)) == 0


def test_only_those_who_act_for_the_provider_answer(line, parent):
    for stranger in (parent, factories.make_partner_staff(factories.make_partner())):
        with pytest.raises(NotYourBooking):
            answer_request(booking_id=line.booking_id, accepted=True, answered_by=stranger)


def test_the_family_takes_a_request_back_without_loss_however_late(line, parent):
    late = line.booking.occupancy.starts_at - timedelta(minutes=5)
    cancelled = cancel_booked_line(
        booking_id=line.booking_id, cancelled_by=CancelledBy.FAMILY, initiator=parent, now=late
    )
    assert cancelled.refund_fen == 36_001


def test_what_was_never_granted_earns_nothing_and_cannot_be_marked(line, staff):
    long_after = line.booking.occupancy.ends_at + timedelta(days=4)
    earn_due(now=long_after)
    with pytest.raises(BookingEnded):
        mark_attendance(booking_id=line.booking_id, attended=True, marked_by=staff, now=long_after)
    lapse_requests(now=long_after)
    earn_due(now=long_after)
    assert not Earning.objects.exists()


def test_granted_it_earns_like_any_other(line, staff):
    answer_request(booking_id=line.booking_id, accepted=True, answered_by=staff)
    earn_due(now=line.booking.occupancy.ends_at + timedelta(days=4))
    assert Earning.objects.get().paid_fen == 36_001
