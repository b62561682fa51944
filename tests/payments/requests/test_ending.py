"""How an ask ends: paid, not this time, taken back, out of time; and what the young person hears."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.order.enums import OrderStatus
from catalog.order.models import Order
from catalog.order.services import cancel_order
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.notifications.models import Message
from payments.enums import AttemptState, Client, IntentState, Method
from payments.models import PaymentAttempt, PaymentIntent
from payments.requests import services
from payments.requests.enums import RequestState
from payments.requests.errors import AskOver, AskUnclear, NotYourAsk
from payments.requests.models import PaymentRequest
from payments.requests.services import Ask
from payments.services import expire_intent
from tests import factories
from tests.catalog.order.placed import pay
from tests.payments.requests.asking import asked, order_of_teen

pytestmark = pytest.mark.django_db


def words_to(user):
    return [message.body for message in Message.objects.filter(recipient=user, channel="in_app").order_by("pk")]


def states(ask):
    ask.refresh_from_db()
    return ask.state, ask.intent.state, Order.objects.get().status, Booking.objects.get().status


@pytest.fixture
def teen():
    return factories.make_teen(factories.make_user(nickname="林女士"), nickname="小禾")


def test_paid_ends_the_ask_in_the_same_transaction(teen):
    ask = asked(teen)
    pay(Order.objects.get())
    assert states(ask) == (RequestState.PAID, IntentState.PAID, OrderStatus.PAID, BookingStatus.BOOKED)
    assert any("已经付好了" in words for words in words_to(teen))
    assert services.link_of(ask) == ""


def test_not_this_time_frees_the_time_at_once_and_is_said_kindly(teen):
    ask = asked(teen)
    services.decline_ask(request=ask)
    assert states(ask) == (
        RequestState.DECLINED,
        IntentState.CANCELLED,
        OrderStatus.CANCELLED,
        BookingStatus.CANCELLED,
    )
    assert "不是因为你说错了什么" in words_to(teen)[-1] and "12356" in words_to(teen)[-1]
    order_of_teen(teen, Booking.objects.get().service, ask=Ask())  # the same time, asked for again


def test_a_guardian_who_declines_is_written_down(teen):
    guardian = teen.young_profile.guardians.get()
    ask = asked(teen, ask=Ask(guardian=guardian))
    services.decline_ask(request=ask, declined_by=guardian)
    last = ask.events.last()
    assert (last.kind, last.by) == ("declined", guardian)


def test_the_one_who_asked_takes_it_back_and_hears_nothing_more(teen):
    ask = asked(teen)
    services.revoke_ask(request=ask, revoked_by=teen)
    assert states(ask)[0] == RequestState.REVOKED and states(ask)[3] == BookingStatus.CANCELLED
    assert words_to(teen) == []


def test_a_guardian_of_record_may_take_it_back_and_a_stranger_may_not(teen):
    ask = asked(teen)
    with pytest.raises(NotYourAsk):
        services.revoke_ask(request=ask, revoked_by=factories.make_parent())
    services.revoke_ask(request=ask, revoked_by=teen.young_profile.guardians.get())
    assert states(ask)[0] == RequestState.REVOKED and "家长撤回" in words_to(teen)[-1]


def test_giving_the_order_up_takes_the_ask_back(teen):
    ask = asked(teen)
    cancel_order(order=Order.objects.get(), cancelled_by=teen)
    assert states(ask)[0] == RequestState.REVOKED


def past(ask, *, ago=timedelta(seconds=1)):
    then = timezone.now() - ago
    PaymentRequest.objects.filter(pk=ask.pk).update(expires_at=then, created_at=then - timedelta(hours=1))
    PaymentIntent.objects.filter(pk=ask.intent_id).update(expires_at=then)
    Order.objects.update(expires_at=then)


def test_out_of_time_everything_ends_together(teen):
    ask = asked(teen)
    past(ask)
    expire_intent(intent_id=ask.intent_id)
    assert states(ask) == (RequestState.EXPIRED, IntentState.EXPIRED, OrderStatus.EXPIRED, BookingStatus.CANCELLED)
    assert "TA 可能只是没看到" in words_to(teen)[-1]


def test_an_ask_out_of_time_does_not_stand_in_the_way_of_the_next(teen):
    ask = asked(teen)
    past(ask)
    services.end_overdue_ask(user=teen)
    assert states(ask)[0] == RequestState.EXPIRED
    asked(teen)


def test_money_that_comes_a_moment_late_and_is_accepted_makes_the_ask_paid(teen):
    ask = asked(teen)
    past(ask)
    expire_intent(intent_id=ask.intent_id)
    pay(Order.objects.get())
    assert states(ask)[:3] == (RequestState.PAID, IntentState.PAID, OrderStatus.PAID)


def test_after_not_this_time_late_money_goes_back_and_the_answer_stands(teen):
    ask = asked(teen)
    services.decline_ask(request=ask)
    pay(Order.objects.get())
    assert states(ask)[:3] == (RequestState.DECLINED, IntentState.CANCELLED, OrderStatus.CANCELLED)
    assert ask.intent.attempts.get().refund_claimed_fen == 36_000


def test_while_somebody_may_be_paying_nobody_is_told_no(teen, monkeypatch):
    from payments.enums import SettleResult
    from payments.services import intents

    ask = asked(teen)
    PaymentAttempt.objects.create(
        intent=ask.intent, gateway="alipay", method=Method.QR, client=Client.PHONE, out_trade_no="1", amount_fen=1,
        payable_until=ask.expires_at, state=AttemptState.PENDING,
    )  # fmt: skip
    monkeypatch.setattr(intents, "close_attempt", lambda **_: SettleResult.UNKNOWN)
    with pytest.raises(AskUnclear):
        services.decline_ask(request=ask)
    assert states(ask)[0] == RequestState.ACTIVE and words_to(teen) == []


def test_answering_twice_says_so(teen):
    ask = asked(teen)
    services.decline_ask(request=ask)
    with pytest.raises(AskOver):
        services.decline_ask(request=ask)


def test_each_is_told_once(teen):
    ask = asked(teen)
    services.decline_ask(request=ask)
    services.note_ended(intent=ask.intent, state=IntentState.CANCELLED, because="")
    assert len(words_to(teen)) == 1


def test_the_payer_with_an_account_hears_of_a_refund_and_not_of_why(teen):
    guardian = teen.young_profile.guardians.get()
    ask = asked(teen, ask=Ask(guardian=guardian))
    pay(Order.objects.get())
    ask.intent.refresh_from_db()
    attempt = ask.intent.attempts.get()
    attempt.payer = guardian
    attempt.save(update_fields=["payer"])
    from payments.gateways.base import RefundStatus, RefundTruth
    from payments.models import Refund
    from payments.services import request_refund
    from payments.services.refunding import _finish_refund

    refund = request_refund(intent_id=ask.intent_id, amount_fen=36_000, reason="provider_cancelled", key="x")
    Refund.objects.filter(pk=refund.pk).update(state="sent")
    refund.refresh_from_db()
    _finish_refund(refund, RefundTruth(RefundStatus.SUCCEEDED, amount_fen=36_000))
    assert "你付的一笔有 ¥360 已原路退回。" in words_to(guardian)
