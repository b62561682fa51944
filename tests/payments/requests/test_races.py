"""Two at the same moment, on connections of their own. Each race is shown without its guard first."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from catalog.order.enums import OrderStatus
from catalog.order.models import Order
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.families.models import GuardianLimits
from payments.enums import OPEN_ATTEMPT_STATES, AttemptState, Client, IntentState, Method
from payments.errors import SelfPayTooMuch
from payments.models import PaymentAttempt, PaymentIntent
from payments.requests import services
from payments.requests.enums import Decision, RequestState
from payments.requests.errors import AlreadyDecided, AskAlreadyOpen
from payments.requests.models import GuardianDecision, PaymentRequest
from payments.requests.services import Ask
from payments.services import Payer, attempts, settling
from tests import factories
from tests.catalog.order.placed import free_start, pay
from tests.payments.requests.asking import asked, intent_of, order_of_teen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gateway(monkeypatch):
    """A company that opens every trade, and closes every trade, at once."""
    from payments.gateways.base import Caps, Qr, TradeStatus, Truth

    class Company:
        code, caps = "alipay", Caps(methods=frozenset(Method))

        def create(self, attempt):
            return Qr(attempt.out_trade_no)

        def query(self, trade):
            return Truth(TradeStatus.WAITING)

        def close(self, trade):
            return Truth(TradeStatus.CLOSED)

    company = Company()
    for module in (attempts, settling):
        monkeypatch.setattr(module, "gateway_for", lambda code: company)
    return company


def errors_of(outcomes):
    return [type(outcome.error) for outcome in outcomes if outcome.error]


# --- two payers ----------------------------------------------------------------------------------------------------
def begin(ask, **about):
    fields = {"gateway_code": "alipay", "method": Method.QR, "client": Client.PHONE, "payer": Payer()} | about
    return services.start_payment_for(request=ask, **fields)


def test_two_payers_at_once_make_one_attempt(gateway, run_concurrently):
    ask = asked(factories.make_teen())
    methods = [Method.QR, Method.PAGE]
    outcomes = run_concurrently(lambda number: begin(PaymentRequest.objects.get(pk=ask.pk), method=methods[number]), 2)
    assert PaymentAttempt.objects.filter(state__in=OPEN_ATTEMPT_STATES).count() == 1
    assert len(errors_of(outcomes)) == 1, outcomes


def test_without_the_database_there_would_be_two():
    """The guard is the partial unique index: two open attempts of one intent cannot be written."""
    ask = asked(factories.make_teen())
    rows = [
        PaymentAttempt(
            intent=ask.intent, gateway="alipay", method=method, client=Client.PHONE, out_trade_no=method,
            amount_fen=1, payable_until=ask.expires_at,
        )
        for method in (Method.QR, Method.PAGE)
    ]  # fmt: skip
    rows[0].save()
    with pytest.raises(IntegrityError, match="one_open_attempt_per_intent"):
        rows[1].save()


# --- two asks of one young person ----------------------------------------------------------------------------------
def ask_twice(teen, run_concurrently):
    intents = [order_of_teen(teen, starts_at=free_start(hour=hour), ask=Ask()) for hour in (9,)]
    PaymentRequest.objects.all().delete()
    intents.append(order_of_teen(teen, starts_at=free_start(hour=15), ask=Ask()))
    PaymentRequest.objects.all().delete()

    def ask(number):
        from django.db import transaction

        with transaction.atomic():
            return services.ask_for_payment(intent=intent_of(intents[number]), asked_by=teen, ask=Ask())

    return run_concurrently(ask, 2)


def test_two_asks_of_one_person_at_once_are_one(run_concurrently):
    outcomes = ask_twice(factories.make_teen(), run_concurrently)
    assert errors_of(outcomes) == [AskAlreadyOpen]
    assert PaymentRequest.objects.filter(state=RequestState.ACTIVE).count() == 1


def test_without_the_index_they_would_be_two(run_concurrently):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_open_ask_per_person")
    outcomes = ask_twice(factories.make_teen(), run_concurrently)
    assert errors_of(outcomes) == []
    assert PaymentRequest.objects.filter(state=RequestState.ACTIVE).count() == 2


# --- taking back, and time, against money --------------------------------------------------------------------------
def consistent(ask):
    """Either paid and booked, or over and free: never one without the other."""
    ask.refresh_from_db()
    intent, order, booking = PaymentIntent.objects.get(), Order.objects.get(), Booking.objects.get()
    attempt = intent.attempts.get()
    if intent.state == IntentState.PAID:
        assert (order.status, booking.status, ask.state) == (OrderStatus.PAID, BookingStatus.BOOKED, RequestState.PAID)
        assert attempt.refund_claimed_fen == 0
        return "paid"
    assert booking.status == BookingStatus.CANCELLED and order.paid_at is None
    assert ask.state in (RequestState.REVOKED, RequestState.EXPIRED, RequestState.DECLINED)
    assert attempt.state != AttemptState.SUCCEEDED or attempt.refund_claimed_fen == attempt.captured_fen
    return "over"


@pytest.mark.parametrize("_round", range(4))
def test_taking_back_against_paying(run_concurrently, _round):
    teen = factories.make_teen()
    ask = asked(teen)
    order = Order.objects.get()

    def act(number):
        if number:
            return services.revoke_ask(request=PaymentRequest.objects.get(pk=ask.pk), revoked_by=teen)
        return pay(Order.objects.get(pk=order.pk))

    run_concurrently(act, 2)
    consistent(ask)


@pytest.mark.parametrize("_round", range(4))
def test_time_against_paying(run_concurrently, _round):
    from payments.services import expire_intent

    ask = asked(factories.make_teen())
    then = timezone.now() - timedelta(hours=3)
    PaymentRequest.objects.update(expires_at=then, created_at=then - timedelta(hours=1))
    PaymentIntent.objects.update(expires_at=then)

    def act(number):
        return expire_intent(intent_id=ask.intent_id) if number else pay(Order.objects.get())

    run_concurrently(act, 2)
    consistent(ask)


# --- what one may pay alone ----------------------------------------------------------------------------------------
@pytest.fixture
def two_orders():
    """A teen of 17 who may pay 100 at once and 100 in a month, with two orders of 60 each."""
    teen = factories.make_teen(age=17)
    GuardianLimits.objects.create(child=teen.young_profile, self_pay_month_fen=10_000)
    service = factories.make_service(price_fen=6_000)
    orders = [order_of_teen(teen, service, starts_at=free_start(hour=hour)) for hour in (9, 15)]
    return teen, [intent_of(order) for order in orders]


def pay_both_alone(teen, intents, run_concurrently):
    def start(number):
        return attempts.start_attempt(
            intent=intents[number],
            gateway_code="alipay",
            method=Method.QR,
            client=Client.PHONE,
            payer=Payer(user_id=teen.pk),
        )

    return run_concurrently(start, 2)


def test_two_orders_at_once_do_not_exceed_the_cap(gateway, two_orders, run_concurrently):
    teen, intents = two_orders
    outcomes = pay_both_alone(teen, intents, run_concurrently)
    assert errors_of(outcomes) == [SelfPayTooMuch]
    assert PaymentAttempt.objects.filter(payer=teen).count() == 1


def test_without_the_lock_on_the_person_they_would(gateway, two_orders, run_concurrently, monkeypatch):
    from marketplace.accounts.models import User

    both_have_counted = threading.Barrier(2, timeout=20)
    refuse = attempts.refuse_beyond_caps

    def count_then_wait(*about):
        refuse(*about)
        both_have_counted.wait()

    monkeypatch.setattr(attempts, "refuse_beyond_caps", count_then_wait)
    monkeypatch.setattr(attempts.locks, "locked_young_payer", lambda user_id: User.objects.get(pk=user_id))
    outcomes = pay_both_alone(*two_orders, run_concurrently)
    assert errors_of(outcomes) == []
    assert PaymentAttempt.objects.count() == 2


# --- two guardians -------------------------------------------------------------------------------------------------
def test_two_guardians_who_disagree_are_one_decision(run_concurrently):
    guardians = [factories.make_user(), factories.make_user()]
    teen = factories.make_teen(*guardians, age=17)
    order = order_of_teen(teen, factories.make_service(price_fen=6_000))
    pay(order)
    intent = intent_of(order)
    intent.attempts.update(payer=teen)
    says = [Decision.RATIFIED, Decision.REFUSED]
    outcomes = run_concurrently(
        lambda number: services.decide_on_payment(intent=intent, guardian=guardians[number], decision=says[number]), 2
    )
    assert errors_of(outcomes) == [AlreadyDecided]
    assert GuardianDecision.objects.count() == 1
