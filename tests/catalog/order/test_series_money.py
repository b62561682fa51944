"""Money of series and of places taken together: line by line, never more than was paid, whatever is cancelled and when."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import drop_expired_lines, put_series_in_basket, put_together_in_basket, remove_line
from catalog.basket.services.codes import enter_code
from catalog.catalogue.cancellation import CancellationPolicy, Window
from catalog.credits.models import CreditGrant
from catalog.order.cancellations import lines_cancelled_with, lines_of_series, quote_cancellation
from catalog.order.errors import RefundChanged
from catalog.order.models import LineRefund
from catalog.order.rules import refund_fen
from catalog.order.services import answer_request, cancel_booked_line, cancel_series
from catalog.scheduling.enums import Attendee, BookingStatus, CancelledBy
from catalog.scheduling.errors import BookingEnded, SlotTaken, TooLateToChange
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services import TogetherWish, release_bookings
from catalog.vouchers.enums import RewardKind
from catalog.vouchers.models import Reward
from catalog.vouchers.rules import Terms
from catalog.vouchers.services import make_voucher
from marketplace.notifications.models import Message
from payments.models import Refund
from tests import factories
from tests.catalog.order.placed import pay, place
from tests.factories.money import make_package

pytestmark = pytest.mark.django_db
TEN = factories.shanghai(factories.next_weekday(5, weeks=1), 10)
WEEK = timedelta(weeks=1)


@pytest.fixture
def parent():
    return factories.make_parent(children=2)


@pytest.fixture
def service():
    return factories.make_service(
        factories.make_provider(keeps_holidays=False), price_fen=36_001, late_refund_percent=50, series_limit=8
    )


@pytest.fixture
def group():
    service = factories.make_group_service(price_fen=9_901, late_refund_percent=50, admits_guardian=True)
    return factories.make_group_occupancy(service, starts_at=TEN, seats=4)


def series_in_basket(parent, service, count=4):
    return put_series_in_basket(
        user=parent,
        service=service,
        provider=service.providers.get(),
        starts=[TEN + WEEK * number for number in range(count)],
        every_weeks=1,
        child=parent.children.first(),
        mode="video",
    )


def pair_in_basket(parent, group):
    child = parent.children.first()
    return put_together_in_basket(
        user=parent,
        wishes=[
            TogetherWish(group.service, child, "video", occupancy=group),
            TogetherWish(group.service, child, "video", occupancy=group, attendee=Attendee.GUARDIAN),
        ],
    )


def cancel(line, by, initiator, **fields):
    return cancel_booked_line(booking_id=line.booking_id, cancelled_by=by, initiator=initiator, **fields)


def test_a_series_is_one_order_with_a_line_for_each_date(parent, service):
    assert len(series_in_basket(parent, service)) == len(series_in_basket(parent, service)) == 4
    order = place(parent, shown_fen=4 * 36_001)
    pay(order)
    assert order.lines.count() == 4 and order.paid_at is not None
    assert set(Booking.objects.values_list("status", flat=True)) == {BookingStatus.BOOKED}
    staff = factories.make_partner_staff(service.providers.get().partner)
    assert not Message.objects.filter(recipient=staff).exists()
    body = Message.objects.get(recipient=parent, channel="in_app", subject="付款成功").body
    assert "起共 4 场" in body


def test_a_package_pays_as_far_as_it_reaches(parent, service):
    from tests.catalog.credits.test_credits import buy

    grant = buy(parent, make_package(service, sessions=3, price_fen=100_000))
    lines = series_in_basket(parent, service)
    order = place(parent, credits={line.pk: grant.public_id for line in lines[:3]}, shown_fen=36_001)
    pay(order)
    grant = CreditGrant.objects.get(pk=grant.pk)
    assert grant.left == 0 and sum(order.lines.values_list("credit_fen", flat=True)) == 100_000
    series = Booking.objects.first().series
    cancelled = cancel_series(series=series, initiator=parent, shown_refund_fen=36_001)
    assert sum(each.is_credit_back for each in cancelled) == 3
    assert CreditGrant.objects.get(pk=grant.pk).left == 3


def test_the_rest_of_a_series_goes_each_by_its_own_window(parent, service):
    series_in_basket(parent, service)
    order = place(parent)
    pay(order)
    series = Booking.objects.first().series
    now = TEN + WEEK - timedelta(hours=3)  # the first is over, the second late, two in time
    quote = quote_cancellation(lines_of_series(series, user=parent, now=now), now=now)
    assert quote.refund_fen == 18_001 + 2 * 36_001
    with pytest.raises(RefundChanged):
        cancel_series(series=series, initiator=parent, shown_refund_fen=quote.refund_fen + 1, now=now)
    cancel_series(series=series, initiator=parent, shown_refund_fen=quote.refund_fen, now=now)
    assert sorted(Refund.objects.values_list("amount_fen", flat=True)) == [18_001, 36_001, 36_001]
    assert list(Booking.objects.order_by("starts_at").values_list("status", flat=True)) == [
        BookingStatus.BOOKED,
        *[BookingStatus.CANCELLED] * 3,
    ]
    with pytest.raises(BookingEnded):
        cancel_series(series=series, initiator=parent, now=now)
    assert Message.objects.filter(recipient=parent, channel="in_app", subject="预约已取消").count() == 1


def test_a_series_of_somebody_else_is_nobodys(parent, service):
    series_in_basket(parent, service)
    pay(place(parent))
    with pytest.raises(BookingEnded):
        cancel_series(series=Booking.objects.first().series, initiator=factories.make_parent())


def test_places_together_end_together_with_the_sum_that_was_shown(parent, group):
    pair_in_basket(parent, group)
    order = place(parent, shown_fen=2 * 9_901)
    pay(order)
    line = order.lines.first()
    late = TEN - timedelta(hours=3)
    assert quote_cancellation(lines_cancelled_with(line), now=late).refund_fen == 2 * 4_951
    with pytest.raises(RefundChanged):
        cancel(line, CancelledBy.FAMILY, parent, shown_refund_fen=4_951, now=late)
    cancelled = cancel(line, CancelledBy.FAMILY, parent, shown_refund_fen=2 * 4_951, now=late)
    assert (cancelled.refund_fen, cancelled.total_refund_fen, len(cancelled.others)) == (4_951, 9_902, 1)
    group.refresh_from_db()
    assert group.seats_taken == 0
    assert set(Booking.objects.values_list("status", flat=True)) == {BookingStatus.CANCELLED}


def test_out_of_the_basket_together(parent, group):
    lines = pair_in_basket(parent, group)
    assert pair_in_basket(parent, group) == lines
    remove_line(user=parent, line_id=lines[1].pk)
    group.refresh_from_db()
    assert group.seats_taken == 0 and not open_basket_of(parent).lines.exists()
    pair_in_basket(parent, group)
    released = Booking.objects.filter(status=BookingStatus.PENDING).first()
    release_bookings(booking_ids=[released.pk], cancelled_by=CancelledBy.EXPIRY)
    assert drop_expired_lines(user=parent) == [TEN]
    group.refresh_from_db()
    assert group.seats_taken == 0 and not open_basket_of(parent).lines.exists()


def test_one_date_of_a_series_may_be_left_out(parent, service):
    lines = series_in_basket(parent, service)
    remove_line(user=parent, line_id=lines[1].pk)
    assert open_basket_of(parent).lines.count() == 3


def test_paid_late_all_of_it_or_nothing(parent, group):
    pair_in_basket(parent, group)
    order = place(parent)
    one = order.lines.first().booking
    release_bookings(booking_ids=[one.pk], cancelled_by=CancelledBy.EXPIRY)
    Occupancy.objects.update(seats=1)  # the other seat is all there is left
    pay(order)
    assert order.paid_at is None
    assert not Booking.objects.filter(status=BookingStatus.BOOKED).exists()
    assert Refund.objects.get().amount_fen == 2 * 9_901


def test_a_no_to_one_is_a_no_to_both(parent):
    providers = [factories.make_provider(), factories.make_provider()]
    service = factories.make_service(*providers, price_fen=30_000, needs_confirmation=True)
    put_together_in_basket(
        user=parent,
        wishes=[TogetherWish(service, child, "video", starts_at=TEN) for child in parent.children.all()],
    )
    pay(place(parent))
    first, second = Booking.objects.order_by("pk")
    staff = factories.make_staff()
    answer_request(booking_id=first.pk, accepted=True, answered_by=staff)
    second.refresh_from_db()
    assert second.status == BookingStatus.PROPOSED
    answer_request(booking_id=second.pk, accepted=False, answered_by=staff)
    assert set(Booking.objects.values_list("status", flat=True)) == {BookingStatus.CANCELLED}
    assert sum(Refund.objects.values_list("amount_fen", flat=True)) == 60_000


def test_a_provider_that_cancels_late_says_sorry_once_with_more_than_the_price(parent, service):
    series_in_basket(parent, service, count=2)
    order = place(parent)
    pay(order)
    staff = factories.make_partner_staff(service.providers.get().partner)
    late, early = order.lines.order_by("booking__starts_at")
    cancel(early, CancelledBy.PROVIDER, staff, now=TEN - timedelta(hours=3))
    assert not Reward.objects.exists()
    assert cancel(late, CancelledBy.PROVIDER, staff, now=TEN - timedelta(hours=3)).refund_fen == 36_001
    reward = Reward.objects.get()
    assert (reward.person, reward.kind, reward.booking) == (parent, RewardKind.SORRY, late.booking)


def test_somebody_quicker_and_nothing_lies_in_the_basket(parent, service):
    factories.make_booking(service=service, starts_at=TEN + WEEK * 3)
    with pytest.raises(SlotTaken):
        series_in_basket(parent, service)
    assert open_basket_of(parent) is None or not open_basket_of(parent).lines.exists()
    assert not Booking.objects.filter(booked_by=parent).exists()


windows = st.builds(Window, hours=st.just(24), percent=st.integers(0, 100), fee_fen=st.integers(0, 5_000))
acts = st.lists(
    st.tuples(
        st.sampled_from(["one", "series", "provider"]),
        st.integers(0, 3),
        st.integers(min_value=-24 * 8, max_value=24 * 30),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=12, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None, database=None
)
@given(
    price=st.integers(1, 99_999),
    first=windows,
    later=st.integers(0, 100),
    off=st.integers(0, 200_000),
    acts=acts,
)
def test_whatever_is_cancelled_in_whatever_order_nobody_gets_more_than_was_paid(price, first, later, off, acts):
    """Refunds of each line follow its window at that moment; together they never pass what was paid for it."""
    later = Window(0, min(later, first.percent), first.fee_fen)
    parent = factories.make_parent()
    service = factories.make_service(
        factories.make_provider(keeps_holidays=False),
        price_fen=price,
        series_limit=4,
        product={"cancellation_windows": CancellationPolicy((first, later)).as_json()},
    )
    series_in_basket(parent, service)
    if off:
        _lay_in_voucher(parent, off)
    order = place(parent)
    if order.total_fen:
        pay(order)
    assert order.paid_at is not None and order.lines.count() == 4
    _act(parent, service, order, acts)


def _lay_in_voucher(parent, off):
    code, now = f"MINUS{factories.next_number()}", TEN - timedelta(days=30)
    make_voucher(code=code, name="x", terms=Terms(amount_fen=off), starts_at=now, ends_at=TEN + timedelta(days=90))
    enter_code(user=parent, code=code)


def _act(parent, service, order, acts):
    staff = factories.make_staff()
    ordered = list(order.lines.order_by("booking__starts_at").select_related("booking"))
    series = ordered[0].booking.series
    expected = 0
    for kind, number, hours in acts:
        now = TEN + timedelta(hours=hours)
        live = [line for line in ordered if Booking.objects.get(pk=line.booking_id).status == BookingStatus.BOOKED]
        line = ordered[number]
        policy = line.booking.cancellation_policy
        try:
            if kind == "series":
                quote = quote_cancellation(lines_of_series(series, user=parent, now=now), now=now)
                came = cancel_series(series=series, initiator=parent, shown_refund_fen=quote.refund_fen, now=now)
                ahead = [each for each in live if each.booking.starts_at > now]
                expected += sum(
                    refund_fen(price_fen=e.price_fen, window=policy.window_at(starts_at=e.booking.starts_at, now=now))
                    for e in ahead
                )
                assert sum(each.refund_fen for each in came) == quote.refund_fen
            elif kind == "one":
                cancel(line, CancelledBy.FAMILY, parent, now=now)
                expected += refund_fen(
                    price_fen=line.price_fen, window=policy.window_at(starts_at=line.booking.starts_at, now=now)
                )
            else:
                cancel(line, CancelledBy.PROVIDER, staff, now=now)
                expected += line.price_fen
        except (BookingEnded, TooLateToChange):
            continue  # over already, or too late: nothing may have happened
    by_line = [
        sum(LineRefund.objects.filter(line=line).values_list("refund__amount_fen", flat=True)) for line in ordered
    ]
    assert all(0 <= back <= line.price_fen for back, line in zip(by_line, ordered, strict=True))
    assert sum(by_line) == expected <= order.total_fen
