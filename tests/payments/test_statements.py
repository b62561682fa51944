"""What settling asks of the database: little, the newest under lock, and nothing of what it guards left out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from payments import locks, selectors, services
from payments.enums import EndResult, IntentState, Method, SettleResult
from payments.models import PaymentAttempt, PaymentIntent
from tests.payments.till import Till


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_plain_payment_is_settled_in_ten_statements(till: Till) -> None:
    """One read, three locks, three looks at what stands beside it, and three writes."""
    numbers = []
    for _ in range(2):
        started = till.start(till.owe(), payer=services.Payer(till.buyer.pk))
        till.buy(started)
        numbers.append(started.attempt.out_trade_no)
    services.settle_payment(out_trade_no=numbers[0])
    with statements() as sent:
        assert services.settle_payment(out_trade_no=numbers[1]) == SettleResult.PAID
    assert len(sent) == 10, "\n".join(sent)
    locked = [sql.split(" OF ")[1].strip('"') for sql in sent if " FOR UPDATE OF " in sql]
    assert locked == ["payments_paymentintent", "payments_paymentattempt"]


def test_what_is_locked_is_the_whole_row_as_it_stands(till: Till) -> None:
    intent = till.paid()
    attempt = intent.settled_by
    assert attempt is not None
    with transaction.atomic():
        assert columns(locks.locked_intent(intent.pk)) == columns(PaymentIntent.objects.get())
        assert columns(locks.locked_attempt(attempt.pk)) == columns(PaymentAttempt.objects.get())
    found = selectors.attempt_of_number(attempt.out_trade_no)
    assert (columns(found), columns(found.intent)) == (columns(attempt), columns(intent))
    with pytest.raises(PaymentAttempt.DoesNotExist):
        selectors.attempt_of_number("nobody's")
    with transaction.atomic(), pytest.raises(PaymentIntent.DoesNotExist):
        locks.locked_intent(0)
    with transaction.atomic(), pytest.raises(PaymentAttempt.DoesNotExist):
        locks.locked_attempt(0)


def test_a_lock_outside_a_transaction_is_refused(till: Till) -> None:
    intent = till.paid()
    for _ in range(2):
        with pytest.raises(TransactionManagementError):
            locks.locked_intent(intent.pk)
        with transaction.atomic():
            locks.locked_intent(intent.pk)


def test_money_for_a_second_intent_of_a_paid_thing_goes_back(till: Till) -> None:
    order = till.shop.place()
    first = till.owe(order)
    page = till.start(first)
    assert services.cancel_intent(intent_id=first.pk) == EndResult.ENDED
    order.state = "pending"
    second = till.owe(order)
    code = till.start(second, Method.QR)
    for started in (page, code):
        till.buy(started)
    assert services.settle_payment(out_trade_no=page.attempt.out_trade_no) == SettleResult.PAID
    assert services.settle_payment(out_trade_no=code.attempt.out_trade_no) == SettleResult.REFUNDING
    assert till.shop.accepted == [order.pk]
    second.refresh_from_db()
    assert second.state == IntentState.CANCELLED
