"""Asking somebody to pay: who may, whom, what is kept, and for how long."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalog.order.models import Order
from catalog.scheduling.models import Booking
from marketplace.notifications.models import Message
from payments.errors import SelfPayTooMuch
from payments.requests import services
from payments.requests.enums import RequestState, Shown
from payments.requests.errors import (
    AskAlreadyOpen,
    AskOver,
    GuardianMissing,
    MayNotAsk,
    NotYourAsk,
    NotYourGuardian,
    TooManyAsks,
)
from payments.requests.models import PaymentRequest, RequestEvent
from payments.requests.rules import ASKS
from payments.requests.selectors import ask_by_token, asks_for_guardian
from payments.requests.services import Ask
from payments.requests.tokens import TOKEN_LENGTH, digest_of
from tests import factories
from tests.catalog.order.placed import free_start
from tests.payments.requests.asking import asked, intent_of, order_of_teen

pytestmark = pytest.mark.django_db


def test_the_link_is_kept_as_a_digest_only():
    ask = asked(factories.make_teen())
    token = services.link_of(ask)
    assert len(token) == TOKEN_LENGTH and ask.token_digest == digest_of(token)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM payment_requests_paymentrequest t")
        assert token not in cursor.fetchone()[0]
    assert ask_by_token(token) == ask
    assert ask_by_token(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


def test_another_key_of_ours_makes_no_link(settings):
    ask = asked(factories.make_teen())
    settings.SECRET_KEY = "another"
    assert services.link_of(ask) == ""


def test_the_words_are_sealed():
    asked(factories.make_teen(), ask=Ask(message="谢谢妈妈，周六我自己去就行"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM payment_requests_paymentrequest t")
        assert "周六" not in cursor.fetchone()[0]
    assert PaymentRequest.objects.get().message == "谢谢妈妈，周六我自己去就行"


def test_a_time_waits_as_long_as_the_service_gives_a_parent():
    service = factories.make_service(price_fen=36_000, parent_pay_hours=5)
    ask = asked(factories.make_teen(), service)
    left = ask.expires_at - timezone.now()
    assert timedelta(hours=4, minutes=59) < left <= timedelta(hours=5)
    order, booking = Order.objects.get(), Booking.objects.get()
    assert ask.expires_at == order.expires_at == booking.held_until == intent_of(order).expires_at


def test_it_ends_two_hours_before_the_start():
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    from catalog.order.rules import payment_deadline

    start = now + timedelta(hours=6)
    assert payment_deadline(now=now, starts=[start], parent_pay_hours=12) == start - timedelta(hours=2)
    assert payment_deadline(now=now, starts=[], parent_pay_hours=12) == now + timedelta(hours=12)


def test_too_near_for_a_parent_it_is_an_ordinary_hold():
    from catalog.order.rules import payment_deadline

    now = timezone.now()
    near = now + timedelta(hours=2, minutes=10)
    assert payment_deadline(now=now, starts=[near], parent_pay_hours=12) == now + timedelta(minutes=30)
    nearer = now + timedelta(minutes=20)
    assert payment_deadline(now=now, starts=[nearer], parent_pay_hours=12) == nearer


def test_one_open_ask_and_the_second_order_is_not_placed():
    teen = factories.make_teen()
    asked(teen)
    with pytest.raises(AskAlreadyOpen):
        order_of_teen(teen, starts_at=free_start(hour=15), ask=Ask())
    assert Order.objects.count() == 1 and PaymentRequest.objects.count() == 1


def test_the_database_itself_allows_one():
    teen = factories.make_teen()
    first = asked(teen)
    with pytest.raises(IntegrityError, match="one_active_ask_per_intent|one_open_ask_per_person"), transaction.atomic():
        PaymentRequest.objects.create(intent=first.intent, created_by=teen, in_app=True, expires_at=first.expires_at)


def test_guardians_hear_of_it_in_the_app_and_only_those_who_were_asked():
    mother, father = factories.make_user(nickname="林女士"), factories.make_user(nickname="林先生")
    teen = factories.make_teen(mother, father, nickname="小禾")
    asked(teen, ask=Ask(guardian=mother))
    told = Message.objects.filter(recipient=mother, channel="in_app").get()
    assert "小禾 请你帮忙付一笔" in told.body and "¥360" in told.body and "考前" not in told.body
    assert not Message.objects.filter(recipient=father).exists()
    assert [ask.created_by for ask in asks_for_guardian(mother)] == [teen]


def test_below_sixteen_every_guardian_sees_that_there_is_an_ask_from_sixteen_only_who_was_asked():
    mother, father = factories.make_user(), factories.make_user()
    asked(factories.make_teen(mother, father, age=15), ask=Ask(guardian=mother))
    assert len(asks_for_guardian(father)) == 1
    grandmother, aunt = factories.make_user(), factories.make_user()
    asked(factories.make_teen(grandmother, aunt, age=16), ask=Ask(guardian=grandmother))
    assert len(asks_for_guardian(grandmother)) == 1 and asks_for_guardian(aunt) == []


def test_nobody_elses_guardian_can_be_asked():
    with pytest.raises(NotYourGuardian):
        order_of_teen(factories.make_teen(), ask=Ask(guardian=factories.make_user()))
    assert not Order.objects.exists()


def test_below_fourteen_only_a_guardian_is_asked_and_there_is_no_link():
    mother = factories.make_user()
    ask = asked(factories.make_teen(mother, age=12), ask=Ask(guardian=mother))
    assert not ask.has_link and services.link_of(ask) == ""
    with pytest.raises(GuardianMissing):
        order_of_teen(factories.make_teen(mother, age=12), ask=Ask())
    with pytest.raises(GuardianMissing):
        order_of_teen(factories.make_teen(age=12), ask=Ask(to_all=True))


def test_below_eight_nobody_asks():
    teen = factories.make_teen(factories.make_user(), age=15)
    order = order_of_teen(teen, ask=Ask())
    PaymentRequest.objects.all().delete()
    teen.young_profile.born_on = timezone.localdate() - timedelta(days=366 * 7)
    teen.young_profile.save()
    with pytest.raises(MayNotAsk):
        services.ask_for_payment(intent=intent_of(order), asked_by=teen, ask=Ask())


def test_only_the_buyer_asks():
    order = order_of_teen(factories.make_teen(), ask=Ask())
    with pytest.raises(NotYourAsk):
        services.ask_for_payment(intent=intent_of(order), asked_by=factories.make_teen(), ask=Ask())


def test_a_new_link_kills_the_old_one():
    teen = factories.make_teen()
    ask = asked(teen)
    old = services.link_of(ask)
    new = services.new_link(request=ask, asked_by=teen).token
    assert new != old and ask_by_token(old) is None and ask_by_token(new) == ask
    with pytest.raises(NotYourAsk):
        services.new_link(request=ask, asked_by=factories.make_teen())


def test_what_is_shown_can_be_changed_and_an_unknown_tick_is_refused_by_the_database():
    teen = factories.make_teen()
    ask = asked(teen, ask=Ask(shown=[Shown.TIME, Shown.CATEGORY]))
    assert ask.shown == ["category", "time"]
    assert services.change_shown(request=ask, asked_by=teen, shown=[]).shown == []
    with pytest.raises(IntegrityError, match="ask_shown_known"), transaction.atomic():
        PaymentRequest.objects.update(shown=["diagnosis"])


def test_asking_again_and_again_is_slowed_down():
    teen = factories.make_teen()
    ask = asked(teen)
    for _ in range(ASKS.free - 1):
        services.new_link(request=ask, asked_by=teen)
    with pytest.raises(TooManyAsks):
        services.new_link(request=ask, asked_by=teen)


def test_the_log_has_no_addresses():
    ask = asked(factories.make_teen())
    services.note_opened(request=ask, opened_by=None)
    assert {field.name for field in RequestEvent._meta.fields} == {"id", "request", "kind", "by", "at"}
    assert [event.kind for event in ask.events.all()] == ["asked", "opened"]
    ask.refresh_from_db()
    assert ask.state == RequestState.ACTIVE


def test_beyond_the_cap_nothing_is_placed_without_asking():
    with pytest.raises(SelfPayTooMuch):
        order_of_teen(factories.make_teen(age=17))
    assert not Order.objects.exists()


def test_an_ask_that_is_over_cannot_be_changed():
    teen = factories.make_teen()
    ask = asked(teen)
    services.revoke_ask(request=ask, revoked_by=teen)
    for change in (
        lambda: services.new_link(request=ask, asked_by=teen),
        lambda: services.change_shown(request=ask, asked_by=teen, shown=[]),
        lambda: services.revoke_ask(request=ask, revoked_by=teen),
        lambda: services.decline_ask(request=ask),
    ):
        with pytest.raises(AskOver):
            change()
