"""Money of orders on its way back."""

from django.db.models import Sum

from marketplace.accounts.models import User
from payments.enums import RefundReason
from payments.errors import NothingToRefund, RefundExceedsPayment
from payments.models import Refund
from payments.payables import RefundNews
from payments.selectors import latest_intent_of
from payments.services import request_refund

from ..enums import PAYABLE_KIND, OrderStatus
from ..models import Line, LineRefund, Order
from ..signals import line_refunded
from . import telling

#: Refunds of money that was never this order's: it came too late, or a second time.
NEVER_OURS = (RefundReason.LATE, RefundReason.DUPLICATE)


def ask_line_refund(
    *, line: Line, amount_fen: int, reason: RefundReason, initiator: User | None, act: str = ""
) -> Refund:
    """Ask for part of a paid line back, once per line, reason and act. Not durable; the caller holds the order's lock.

    Without `initiator` nobody asked: a deadline passed. `act` names one of several refunds for the same reason: a return,
    some sessions of a package, a goodwill.

    Raises: NothingToRefund, RefundExceedsPayment (of the line or of the payment).
    """
    intent = latest_intent_of(PAYABLE_KIND, line.order_id)
    if intent is None:
        raise NothingToRefund
    key = f"order-line:{line.pk}:{reason}" + (f":{act}" if act else "")
    asked = LineRefund.objects.filter(line=line).exclude(refund__key=key).aggregate(fen=Sum("refund__amount_fen"))
    if (asked["fen"] or 0) + amount_fen > line.price_fen:
        raise RefundExceedsPayment
    refund = request_refund(
        intent_id=intent.pk,
        amount_fen=amount_fen,
        reason=reason,
        key=key,
        initiator_id=initiator.pk if initiator else None,
    )
    LineRefund.objects.get_or_create(refund=refund, defaults={"line": line})
    return refund


def record_refund(*, order_id: int, news: RefundNews) -> None:
    """Note that the family has this money back. Not durable: joins payments, which tells it once per refund."""
    order = Order.objects.select_related("user").get(pk=order_id)
    if news.reason not in NEVER_OURS:
        for line in _lines_of(order, news):
            line_refunded.send(sender=Line, line=line, key=f"refund:{news.public_id}")
        order.refunded_fen += news.amount_fen
        order.save(update_fields=["refunded_fen"])
        if order.refunded_fen == order.total_fen:
            order.set_status(OrderStatus.REFUNDED)
    telling.tell_refunded(order, news)


def _lines_of(order: Order, news: RefundNews) -> list[Line]:
    """Add a refund to the line it was for; one of the whole order (a card dispute) to its lines, first to last."""
    line = Line.objects.filter(refunds__refund__public_id=news.public_id).first()
    lines = [line] if line else list(Line.objects.filter(order=order).order_by("pk"))
    left, changed = news.amount_fen, []
    for each in lines:
        part = left if line else min(left, each.price_fen - each.refunded_fen)
        if part:
            each.refunded_fen += part
            each.save(update_fields=["refunded_fen"])
            changed.append(each)
            left -= part
    return changed
