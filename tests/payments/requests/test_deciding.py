"""A guardian's word on what a young person paid alone (Civil Code, art. 19 and 145)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from catalog.fulfilment.models import Entitlement, LessonProgress, Shipment
from catalog.order.models import Order
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking, Occupancy
from marketplace.families.models import Guardianship
from marketplace.notifications.models import Message
from payments.enums import AttemptState, RefundReason
from payments.minors import may_sign_agreement, self_pay_left_fen
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, Refund
from payments.requests.enums import Decision, Outcome
from payments.requests.errors import AlreadyDecided, NotSelfPaid
from payments.requests.models import GuardianDecision
from payments.requests.services import decide_on_payment
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.payments.requests.asking import intent_of, order_of_teen

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother():
    return factories.make_user(nickname="林女士")


@pytest.fixture
def teen(mother):
    return factories.make_teen(mother, age=17, nickname="小禾")


def paid_alone(teen, thing=None) -> PaymentIntent:
    """Something of 60 the teen paid with an attempt of their own."""
    order = order_of(teen, thing) if thing else order_of_teen(teen, factories.make_service(price_fen=6_000))
    pay(order)
    intent = intent_of(order)
    intent.attempts.update(payer=teen)
    intent.refresh_from_db()
    return intent


def refuse(intent, guardian):
    return decide_on_payment(intent=intent, guardian=guardian, decision=Decision.REFUSED)


def test_ratified_it_stands_and_is_kept_with_who_and_when(teen, mother):
    row = decide_on_payment(intent=paid_alone(teen), guardian=mother, decision=Decision.RATIFIED)
    assert (row.guardian, row.outcome) == (mother, Outcome.STANDS) and row.decided_at <= timezone.now()
    assert "家长同意了" in Message.objects.filter(recipient=teen).latest("pk").body
    assert not Refund.objects.exists()


def test_refused_before_the_session_all_of_it_goes_back_whatever_the_policy(teen, mother):
    intent = paid_alone(teen)
    Booking.objects.update(cancellation_windows=[{"hours": 999, "percent": 100, "fee_fen": 0}])
    row = refuse(intent, mother)
    refund = Refund.objects.get()
    assert (row.outcome, refund.amount_fen, refund.reason) == (Outcome.REFUNDED, 6_000, RefundReason.NOT_RATIFIED)
    assert refund.initiator == mother and Booking.objects.get().status == BookingStatus.CANCELLED
    assert Occupancy.objects.get().is_live is False
    words = Message.objects.filter(recipient=teen).latest("pk").body
    assert "没有同意" in words and "会全额原路退回" in words


def test_refused_a_course_that_was_not_begun_closes_and_goes_back(teen, mother):
    intent = paid_alone(teen, factories.make_course(price_fen=6_000))
    assert refuse(intent, mother).outcome == Outcome.REFUNDED
    assert Entitlement.objects.get().ended_at is not None


def test_refused_goods_are_not_sent_and_are_in_stock_again(teen, mother):
    goods = factories.make_goods(price_fen=6_000, stock=1)
    intent = paid_alone(teen, goods)
    assert refuse(intent, mother).outcome == Outcome.REFUNDED
    assert Shipment.objects.get().status == "stopped" and goods.stockrecords.get().net_stock_level == 1


def had_the_session(intent):
    Occupancy.objects.update(
        busy_from=timezone.now() - timedelta(hours=2),
        starts_at=timezone.now() - timedelta(hours=2),
        ends_at=timezone.now() - timedelta(hours=1),
        busy_until=timezone.now() - timedelta(minutes=50),
    )


def did_a_lesson(intent):
    entitlement = Entitlement.objects.get()
    LessonProgress.objects.create(entitlement=entitlement, lesson=entitlement.product.lessons.first())


@pytest.mark.parametrize("deliver", [had_the_session, did_a_lesson])
def test_what_was_delivered_goes_to_people(teen, mother, deliver):
    thing = factories.make_course(price_fen=6_000) if deliver is did_a_lesson else None
    intent = paid_alone(teen, thing)
    deliver(intent)
    assert refuse(intent, mother).outcome == Outcome.WITH_STAFF
    incident = PaymentIncident.objects.get()
    assert incident.kind == "not_ratified" and incident.attempt == intent.settled_by
    assert not Refund.objects.exists()


def test_one_decision_and_it_is_never_changed(teen, mother):
    intent = paid_alone(teen)
    decide_on_payment(intent=intent, guardian=mother, decision=Decision.RATIFIED)
    with pytest.raises(AlreadyDecided):
        refuse(intent, mother)
    for change in (
        lambda: GuardianDecision.objects.update(decision="refused", outcome="refunded"),
        lambda: GuardianDecision.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_retention_alone_takes_it_out(teen, mother):
    from payments.requests.retention import _erase_decisions

    decide_on_payment(intent=paid_alone(teen), guardian=mother, decision=Decision.RATIFIED)
    with transaction.atomic():
        assert _erase_decisions(GuardianDecision.objects.all()) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('xinqiao.payment_retention', true)")
        assert cursor.fetchone()[0] != "on"


def test_who_only_books_a_stranger_and_the_teen_decide_nothing(teen):
    intent = paid_alone(teen)
    books = factories.make_user()
    Guardianship.objects.create(guardian=books, child=teen.young_profile, relation="other", scope="booking")
    for person in (books, factories.make_parent(), teen):
        with pytest.raises(NotSelfPaid):
            refuse(intent, person)


def test_what_a_parent_paid_is_not_up_for_it(teen, mother):
    intent = paid_alone(teen)
    intent.attempts.update(payer=mother)
    with pytest.raises(NotSelfPaid):
        refuse(intent, mother)


def test_the_page_shows_sums_and_days_only(teen, mother):
    intent = paid_alone(teen)
    browser = factories.signed_in(mother)
    text = browser.get("/pay/for/alone/").content.decode()
    assert "¥60" in text and "小禾" in text
    line = Order.objects.get().lines.get()
    assert line.title not in text and line.partner_name not in text
    answer = browser.post(f"/pay/for/alone/{intent.public_id}/decide/", {"decision": "refused"}, follow=True)
    assert "会全额原路退回" in answer.content.decode() and "不同意" in answer.content.decode()
    other = factories.signed_in(factories.make_parent())
    assert "¥60" not in other.get("/pay/for/alone/").content.decode()
    assert other.post(f"/pay/for/alone/{intent.public_id}/decide/", {"decision": "refused"}).status_code == 404


# --- caps ----------------------------------------------------------------------------------------------------------
def test_caps_by_age():
    assert self_pay_left_fen(factories.make_teen(age=15)) == 0
    assert self_pay_left_fen(factories.make_teen(age=17)) == 10_000
    assert self_pay_left_fen(factories.make_parent()) is None
    grown = factories.make_teen(age=18)
    assert self_pay_left_fen(grown) is None and may_sign_agreement(grown)
    assert not may_sign_agreement(factories.make_teen(age=17))


def test_a_month_begins_in_shanghai_and_what_went_back_counts_no_more(teen):
    intent = paid_alone(teen)
    assert self_pay_left_fen(teen) == 10_000
    PaymentAttempt.objects.update(amount_fen=35_000, captured_fen=35_000)
    assert self_pay_left_fen(teen) == 5_000
    PaymentAttempt.objects.update(refund_claimed_fen=35_000, refunded_fen=35_000)
    assert self_pay_left_fen(teen) == 10_000
    PaymentAttempt.objects.update(refund_claimed_fen=0, refunded_fen=0)
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    PaymentAttempt.objects.update(paid_at=month - timedelta(seconds=1))
    assert self_pay_left_fen(teen) == 10_000
    assert intent.paid_at is not None


def test_what_is_on_its_way_counts_already(teen):
    intent = intent_of(order_of_teen(teen, factories.make_service(price_fen=6_000)))
    PaymentAttempt.objects.create(
        intent=intent, gateway="alipay", method="qr", client="phone", out_trade_no="P9", amount_fen=38_000,
        payable_until=intent.expires_at, state=AttemptState.PENDING, payer=teen,
    )  # fmt: skip
    assert self_pay_left_fen(teen) == 2_000
    assert self_pay_left_fen(teen, besides=intent) == 10_000
    PaymentAttempt.objects.update(state=AttemptState.CLOSED, next_check_at=timezone.now())
    assert self_pay_left_fen(teen) == 2_000, "its company had no trade to close: the old page may still take money"
    PaymentAttempt.objects.update(next_check_at=None)
    assert self_pay_left_fen(teen) == 10_000
