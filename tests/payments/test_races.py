"""The same thing at once on several connections; and the proof that the guard is what helps."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from unittest.mock import patch

import pytest
from django.db import connection

from payments import services
from payments.enums import OPEN_ATTEMPT_STATES, IntentState, Method, SettleResult
from payments.models import PaymentAttempt, PaymentIntent
from payments.numbers import new_trade_number
from tests.payments.shop import Shop
from tests.payments.till import Till
from tests.support.concurrency import run_concurrently

ONE_OPEN = next(c for c in PaymentAttempt._meta.constraints if c.name == "one_open_attempt_per_intent")


@contextmanager
def both_meet_before_inserting() -> Iterator[None]:
    """Hold each thread between looking for another attempt and inserting its own."""
    meeting = threading.Barrier(2)

    def number() -> str:
        with suppress(threading.BrokenBarrierError):
            meeting.wait(1)
        return new_trade_number()

    with patch("payments.services.attempts.new_trade_number", number):
        yield


def start_both(till: Till, intent: PaymentIntent) -> int:
    """Start by page and by code at once; returns how many attempts are open then."""
    methods = [Method.PAGE, Method.QR]
    with both_meet_before_inserting():
        run_concurrently(lambda n: till.start(intent, methods[n]), 2)
    return PaymentAttempt.objects.filter(intent=intent, state__in=OPEN_ATTEMPT_STATES).count()


def without_lock(intent_id: int) -> PaymentIntent:
    return PaymentIntent.objects.get(pk=intent_id)


@pytest.fixture
def no_constraint(till: Till) -> Iterator[None]:
    """The database without its partial unique index."""
    with connection.schema_editor() as editor:
        editor.remove_constraint(PaymentAttempt, ONE_OPEN)
    yield
    PaymentAttempt.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(PaymentAttempt, ONE_OPEN)


def test_two_attempts_at_once_happen_without_guards(till: Till, no_constraint: None) -> None:
    with patch("payments.locks.locked_intent", without_lock):
        assert start_both(till, till.owe()) == 2


def test_the_index_alone_prevents_two_attempts(till: Till) -> None:
    with patch("payments.locks.locked_intent", without_lock):
        assert start_both(till, till.owe()) == 1


def test_two_attempts_at_once_become_one(till: Till) -> None:
    intent = till.owe()
    assert start_both(till, intent) == 1
    assert PaymentAttempt.objects.count() == 1


def settle_everywhere(till: Till, intent: PaymentIntent, number: str) -> list[SettleResult]:
    """Notification, return page, polling and reconciliation, all hearing "paid" at once."""
    meeting = threading.Barrier(4)
    lock = Shop.lock

    def meet_then_lock(shop: Shop, payable_id: int) -> object:
        with suppress(threading.BrokenBarrierError):
            meeting.wait(5)
        return lock(shop, payable_id)

    with patch.object(Shop, "lock", meet_then_lock):
        outcomes = run_concurrently(lambda _: services.settle_payment(out_trade_no=number), 4)
    assert [o.error for o in outcomes] == [None] * 4
    return sorted(o.value for o in outcomes)


def test_settling_everywhere_at_once_is_settling_once(till: Till) -> None:
    intent = till.owe()
    started = till.start(intent)
    till.buy(started)
    results = settle_everywhere(till, intent, started.attempt.out_trade_no)
    assert results == ["already_paid"] * 3 + ["paid"]
    assert till.shop.accepted == [intent.payable_id]


def test_expiring_while_settling_keeps_the_money_and_the_slot(till: Till) -> None:
    intent = till.owe()
    started = till.start(intent)
    till.buy(started)
    till.let_expire(intent)
    acts = [
        lambda: services.settle_payment(out_trade_no=started.attempt.out_trade_no),
        lambda: services.expire_intent(intent_id=intent.pk),
        lambda: services.cancel_intent(intent_id=intent.pk),
    ]
    outcomes = run_concurrently(lambda n: acts[n](), 3)
    assert [o.error for o in outcomes] == [None] * 3
    intent.refresh_from_db()
    assert (intent.state, till.order_of(intent).state) == (IntentState.PAID, "paid")


def test_two_workers_reconcile_different_rows(till: Till) -> None:
    """SKIP LOCKED: what one has claimed, the other leaves alone."""
    intents = [till.owe() for _ in range(4)]
    for intent in intents:
        till.buy(till.start(intent))
    till.make_due()
    asked_before = till.simulator.calls().count("alipay.trade.query")
    run_concurrently(lambda _: services.reconcile_due(), 2)
    assert {till.order_of(intent).state for intent in intents} == {"paid"}
    assert till.simulator.calls().count("alipay.trade.query") - asked_before == 4
