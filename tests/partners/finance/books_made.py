"""Rows of the finance desk, as they stand in the database; no company is asked."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from catalog.order.enums import OrderStatus
from catalog.order.models import Order
from payments.books.enums import DifferenceKind
from payments.books.models import BookedBill, BookedLine, Difference
from payments.enums import AttemptState, IncidentKind, RefundReason, RefundState
from payments.gateways.accounting import BillKind
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, Refund
from payments.services.booking import book_capture, book_suspense
from tests import factories

_numbers = count(1)


def make_attempt(*, state: AttemptState = AttemptState.SUCCEEDED, fen: int = 36000) -> PaymentAttempt:
    """An attempt at Alipay for an order of ¥360, booked as its state says."""
    user = factories.make_parent()
    order = Order.objects.create(
        number=f"XQ{next(_numbers):08d}",
        user=user,
        currency="CNY",
        total_fen=fen,
        total_incl_tax=0,
        total_excl_tax=0,
        status=OrderStatus.PAID if state == AttemptState.SUCCEEDED else OrderStatus.PENDING,
    )
    now = timezone.now()
    intent = PaymentIntent.objects.create(
        payable_kind="order",
        payable_id=order.pk,
        amount_fen=fen,
        buyer=user,
        expires_at=now + timedelta(minutes=30),
    )
    paid = {"captured_fen": fen, "paid_at": now, "provider_ref": f"2026{next(_numbers)}"}
    attempt = PaymentAttempt.objects.create(
        intent=intent,
        gateway="alipay",
        method="page",
        client="desktop",
        out_trade_no=f"P{next(_numbers):030d}",
        amount_fen=fen,
        payable_until=intent.expires_at,
        state=state,
        **(paid if state == AttemptState.SUCCEEDED else {}),
    )
    if state == AttemptState.SUCCEEDED:
        PaymentIntent.objects.filter(pk=intent.pk).update(state="paid", paid_at=now, settled_by=attempt)
        book_capture(intent, attempt)
    return attempt


def make_difference(kind: DifferenceKind = DifferenceKind.UNKNOWN_REFUND, **fields: Any) -> Difference:
    """A refund of ¥50 that somebody made at the company, with its line on the bill."""
    attempt = make_attempt()
    refund_no = f"H{next(_numbers):020d}"
    bill, _ = BookedBill.objects.get_or_create(
        gateway="alipay", day=timezone.localdate() - timedelta(days=1), defaults={"next_check_at": timezone.now()}
    )
    BookedLine.objects.create(
        bill=bill,
        key=refund_no,
        kind=BillKind.REFUND,
        out_trade_no=attempt.out_trade_no,
        out_refund_no=refund_no,
        amount_fen=5000,
        fee_fen=-30,
        at=timezone.now(),
    )
    values = {
        "key": refund_no,
        "gateway": "alipay",
        "day": bill.day,
        "kind": kind,
        "out_trade_no": attempt.out_trade_no,
        "out_refund_no": refund_no,
        "theirs_fen": 5000,
    }
    return Difference.objects.create(**(values | fields))


def make_incident(*, held: bool = False) -> PaymentIncident:
    """A bad signature; or money that contradicts our rows, held in suspense."""
    if not held:
        key = f"bad_signature:alipay:{next(_numbers)}"
        kind = IncidentKind.BAD_SIGNATURE
        return PaymentIncident.objects.create(kind=kind, key=key, gateway="alipay", details={"fault": "malformed"})
    attempt = make_attempt(state=AttemptState.SUSPENSE)
    book_suspense(attempt, amount_fen=1)
    return PaymentIncident.objects.create(
        kind=IncidentKind.AMOUNT_MISMATCH,
        key=f"amount_mismatch:{attempt.out_trade_no}",
        gateway="alipay",
        attempt=attempt,
        details={"expected_fen": 36000, "told_fen": 1, "foreign": "", "provider_ref": "20261122"},
    )


def make_refund() -> Refund:
    """A refund that the company refused."""
    attempt = make_attempt()
    PaymentAttempt.objects.filter(pk=attempt.pk).update(refund_claimed_fen=36000)
    return Refund.objects.create(
        attempt=attempt,
        key=f"made:{attempt.out_trade_no}",
        out_refund_no=f"R{next(_numbers):030d}",
        amount_fen=36000,
        reason=RefundReason.PROVIDER_CANCELLED,
        state=RefundState.NEEDS_MANUAL,
    )
