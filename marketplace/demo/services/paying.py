"""Money of the demo's past: paid at the simulator, as if it had happened then."""

from datetime import datetime
from functools import cache

from django.db import transaction

from catalog.order.enums import PAYABLE_KIND
from catalog.order.models import Order
from payments.enums import AttemptState, Client, IntentState, Method
from payments.models import PaymentAttempt, PaymentIntent
from payments.numbers import new_trade_number
from payments.payables import payable_for
from payments.selectors import open_intent_of
from payments.services.booking import book_capture
from payments.simulators.alipay.house import house_from_environment
from payments.simulators.alipay.trades import Book, Offer
from payments.states import move_intent


def pay_order(*, order: Order, paid_at: datetime) -> None:
    """Settle an order at `paid_at`."""
    pay_for(kind=PAYABLE_KIND, payable_id=order.pk, paid_at=paid_at)


@transaction.atomic(durable=True)
def pay_for(*, kind: str, payable_id: int, paid_at: datetime) -> None:
    """Settle what is owed for one thing. The simulator keeps the trade, so that it can be refunded when someone cancels."""
    payable = payable_for(kind)
    payable.lock(payable_id)
    intent = open_intent_of(kind, payable_id)
    if intent is None:
        return
    attempt = PaymentAttempt.objects.create(
        intent=intent,
        gateway="alipay",
        method=Method.QR,
        client=Client.DESKTOP,
        out_trade_no=new_trade_number(),
        state=AttemptState.SUCCEEDED,
        payable_until=intent.expires_at,
        paid_at=paid_at,
        amount_fen=intent.amount_fen,
        captured_fen=intent.amount_fen,
    )
    PaymentAttempt.objects.filter(pk=attempt.pk).update(provider_ref=_paid_trade(intent, attempt))
    payable.accept(payable_id, paid_at=paid_at, amount_fen=attempt.captured_fen)
    book_capture(intent, attempt)
    move_intent(intent.pk, IntentState.PAID, paid_at=paid_at, settled_by=attempt, next_check_at=None)


def _paid_trade(intent: PaymentIntent, attempt: PaymentAttempt) -> str:
    book = _book()
    subject = payable_for(intent.payable_kind).describe(intent.payable_id).subject
    book.open(Offer(attempt.out_trade_no, attempt.amount_fen, subject, product=str(attempt.method)))
    return book.pay(attempt.out_trade_no).trade_no


@cache
def _book() -> Book:
    return house_from_environment().book
