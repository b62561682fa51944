"""Cancelling paid sessions, and money going back: exactly as promised, never more than was paid."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalog.catalogue.cancellation import CancellationPolicy, Window
from catalog.order.enums import OrderStatus, QuestionStatus
from catalog.order.errors import NotYourOrder, QuestionAnswered, QuestionEmpty, QuestionErased, RefundChanged
from catalog.order.models import LineRefund
from catalog.order.rules import refund_fen
from catalog.order.selectors import open_questions
from catalog.order.services import answer_question, ask_question, cancel_booked_line, record_refund
from catalog.order.services.refunding import ask_line_refund
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.errors import BookingEnded, NotYourBooking, TooLateToChange
from marketplace.core.encryption.services import destroy_data_key
from marketplace.notifications.models import Message
from payments.enums import RefundReason
from payments.errors import RefundExceedsPayment
from payments.models import Refund
from payments.payables import RefundNews
from tests import factories
from tests.catalog.order.placed import order_of, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def line(parent):
    """A paid session of ¥360.01, free to cancel until 24 h before, then half of it."""
    order = order_of(parent, factories.make_service(price_fen=36_001, late_refund_percent=50))
    pay(order)
    return order.lines.select_related("booking__occupancy", "order").get()


def news_of(refund: Refund) -> RefundNews:
    return RefundNews(
        refund.public_id, refund.amount_fen, refund.amount_fen, refund.attempt.captured_fen, refund.reason
    )


def cancel(line, by, initiator, **fields):
    return cancel_booked_line(booking_id=line.booking_id, cancelled_by=by, initiator=initiator, **fields)


def test_in_time_all_of_it_comes_back(line, parent):
    cancelled = cancel(line, CancelledBy.FAMILY, parent, shown_refund_fen=36_001)
    assert cancelled.refund_fen == 36_001
    assert cancelled.booking.status == BookingStatus.CANCELLED
    refund = Refund.objects.get()
    assert (refund.amount_fen, refund.reason, refund.initiator) == (36_001, RefundReason.FAMILY_CANCELLED, parent)
    assert LineRefund.objects.get().line == line


def test_late_the_policy_decides_and_a_broken_fen_is_the_familys(line, parent):
    late = line.booking.occupancy.starts_at - timedelta(hours=3)
    assert cancel(line, CancelledBy.FAMILY, parent, now=late).refund_fen == 18_001


def test_what_was_shown_is_what_goes_back_or_nothing_happens(line, parent):
    late = line.booking.occupancy.starts_at - timedelta(hours=3)
    with pytest.raises(RefundChanged):
        cancel(line, CancelledBy.FAMILY, parent, shown_refund_fen=36_001, now=late)
    line.booking.refresh_from_db()
    assert line.booking.status == BookingStatus.BOOKED
    assert not Refund.objects.exists()


def test_a_session_that_began_cannot_be_cancelled_by_the_family(line, parent):
    with pytest.raises(TooLateToChange):
        cancel(line, CancelledBy.FAMILY, parent, now=line.booking.occupancy.starts_at)


def test_twice_is_refused_and_refunds_once(line, parent):
    cancel(line, CancelledBy.FAMILY, parent)
    with pytest.raises(BookingEnded):
        cancel(line, CancelledBy.FAMILY, parent)
    assert Refund.objects.count() == 1


def test_the_provider_gives_all_of_it_back_however_late_and_says_so(line, parent):
    staff = factories.make_partner_staff(line.booking.occupancy.provider.partner)
    late = line.booking.occupancy.starts_at - timedelta(minutes=5)
    assert cancel(line, CancelledBy.PROVIDER, staff, now=late).refund_fen == 36_001
    body = Message.objects.get(
        recipient=parent, key__startswith=f"order:{line.order_id}:cancelled", channel="in_app"
    ).body
    assert "¥360.01" in body


@pytest.mark.parametrize("by", [CancelledBy.FAMILY, CancelledBy.PROVIDER])
def test_strangers_cancel_nothing(line, by):
    for stranger in (factories.make_parent(), factories.make_partner_staff(factories.make_partner())):
        with pytest.raises(NotYourBooking):
            cancel(line, by, stranger)


def test_a_family_may_not_speak_for_the_provider(line, parent):
    with pytest.raises(NotYourBooking):
        cancel(line, CancelledBy.PROVIDER, parent)


def test_money_that_reached_the_family_is_noted_once_on_line_and_order(line, parent):
    cancel(line, CancelledBy.FAMILY, parent)
    record_refund(order_id=line.order_id, news=news_of(Refund.objects.get()))
    line.refresh_from_db()
    line.order.refresh_from_db()
    assert line.refunded_fen == line.order.refunded_fen == 36_001
    assert line.order.status == OrderStatus.REFUNDED


def test_part_of_the_money_leaves_the_order_paid(parent):
    order = order_of(parent, factories.make_service(price_fen=30_000), factories.make_course(price_fen=5_000))
    pay(order)
    cancel(order.lines.get(booking__isnull=False), CancelledBy.FAMILY, parent)
    record_refund(order_id=order.pk, news=news_of(Refund.objects.get()))
    order.refresh_from_db()
    assert (order.refunded_fen, order.status) == (30_000, OrderStatus.PAID)


def test_refunds_of_money_that_was_never_accepted_change_no_sum(line):
    news = RefundNews(uuid4(), 36_001, 36_001, 36_001, RefundReason.LATE)
    record_refund(order_id=line.order_id, news=news)
    line.order.refresh_from_db()
    assert (line.order.refunded_fen, line.order.status) == (0, OrderStatus.PAID)


def test_a_line_never_gives_back_more_than_it_cost(parent):
    order = order_of(parent, factories.make_course(price_fen=5_000), factories.make_service(price_fen=30_000))
    pay(order)
    line = order.lines.get(price_fen=5_000)
    ask_line_refund(line=line, amount_fen=3_000, reason=RefundReason.GOODWILL, initiator=parent)
    with pytest.raises(RefundExceedsPayment):
        ask_line_refund(line=line, amount_fen=2_001, reason=RefundReason.PROVIDER_CANCELLED, initiator=parent)
    ask_line_refund(line=line, amount_fen=2_000, reason=RefundReason.PROVIDER_CANCELLED, initiator=parent)


@given(price=st.integers(0, 10**9), percent=st.integers(0, 100), refunded=st.integers(0, 10**9))
def test_a_refund_is_never_negative_nor_more_than_is_left(price, percent, refunded):
    refunded = min(refunded, price)
    back = refund_fen(price_fen=price, window=Window(0, percent), claimed_fen=refunded)
    assert 0 <= back <= price - refunded
    if percent == 100:
        assert back == price - refunded
    if percent == 0:
        assert back == 0


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    prices=st.lists(st.integers(0, 10**7), min_size=1, max_size=3), asked=st.lists(st.integers(1, 10**7), max_size=6)
)
def test_lines_sum_to_the_order_and_refunds_never_exceed_it(prices, asked):
    parent = factories.make_parent()
    order = order_of(parent, *[factories.make_course(price_fen=fen, lessons=0) for fen in prices])
    assert sum(order.lines.values_list("price_fen", flat=True)) == order.total_fen == sum(prices)
    if order.total_fen == 0:
        return
    pay(order)
    reasons = [RefundReason.GOODWILL, RefundReason.FAMILY_CANCELLED, RefundReason.PROVIDER_CANCELLED]
    lines = list(order.lines.order_by("pk"))
    # A line is refunded once for each reason, so three rounds over the lines.
    acts = [(line, reason) for reason in reasons for line in lines]
    for (line, reason), fen in zip(acts, asked, strict=False):
        try:
            refund = ask_line_refund(line=line, amount_fen=fen, reason=reason, initiator=parent)
        except RefundExceedsPayment:
            continue
        record_refund(order_id=order.pk, news=news_of(refund))
    order.refresh_from_db()
    assert order.refunded_fen == sum(order.lines.values_list("refunded_fen", flat=True)) <= order.total_fen
    assert all(line.refunded_fen <= line.price_fen for line in order.lines.all())


def test_a_question_reaches_every_one_of_our_staff_and_its_answer_the_family(line, parent):
    staff = [factories.make_staff(), factories.make_staff()]
    question = ask_question(order=line.order, asked_by=parent, body=" 可以带孩子的爸爸一起去吗？ ")
    assert list(open_questions()) == [question]
    assert question.body == "可以带孩子的爸爸一起去吗？"
    assert {message.recipient for message in Message.objects.filter(key__startswith="order-question")} == set(staff)
    answer_question(question=question, answered_by=staff[0], answer="可以。")
    assert question.status == QuestionStatus.ANSWERED
    assert Message.objects.filter(recipient=parent, key__startswith="order-answer").exists()
    with pytest.raises(QuestionAnswered):
        answer_question(question=question, answered_by=staff[1], answer="可以的。")


def test_an_erased_question_is_shown_as_such_and_needs_no_answer(line, parent):
    staff = factories.make_staff()
    question = ask_question(order=line.order, asked_by=parent, body="可以改到下周吗？")
    destroy_data_key(subject_id=parent.public_id, reason="erasure", destroyed_by=None)
    queue = factories.signed_in(staff).get(reverse("backoffice:questions")).content.decode()
    assert "（内容已按本人要求删除）" in queue
    with pytest.raises(QuestionErased):
        answer_question(question=question, answered_by=staff, answer="可以。")


def test_questions_have_words_and_an_order_of_ones_own(line, parent):
    with pytest.raises(QuestionEmpty):
        ask_question(order=line.order, asked_by=parent, body="  ")
    with pytest.raises(NotYourOrder):
        ask_question(order=line.order, asked_by=factories.make_parent(), body="这是谁的订单？")


def test_a_policy_that_changes_after_the_sale_touches_nobody_who_bought_before(line, parent):
    """Stricter or milder: what the family agreed to counts."""
    product = line.booking.service.product
    product.cancellation_windows = CancellationPolicy((Window(0, 0),)).as_json()
    product.save()
    late = line.booking.occupancy.starts_at - timedelta(hours=3)
    assert cancel(line, CancelledBy.FAMILY, parent, now=late).refund_fen == 18_001


def test_three_windows_and_a_fee_give_back_what_they_say(parent):
    windows = CancellationPolicy((Window(24, 100), Window(2, 50, 1_000), Window(0, 0))).as_json()
    service = factories.make_service(price_fen=36_000, product={"cancellation_windows": windows})
    for hours, back in ((3, 17_000), (1, 0)):
        order = order_of(parent, service)
        pay(order)
        booked = order.lines.select_related("booking__occupancy", "order").get()
        late = booked.booking.occupancy.starts_at - timedelta(hours=hours)
        assert cancel(booked, CancelledBy.FAMILY, parent, now=late).refund_fen == back
