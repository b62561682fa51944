"""Row locks of orders. House order: order, provider, occupancy, booking, stock, payment."""

from collections.abc import Iterable

from catalog.partner.models import StockRecord
from catalog.scheduling.locks import locked_bookings

from .models import Line, Order, OrderQuestion, RefundProposal


def locked_order(order_id: int) -> Order:
    """Return the order, locked and read after the lock."""
    return Order.objects.select_for_update(of=("self",)).get(pk=order_id)


def locked_question(question_id: int) -> OrderQuestion:
    """Return the question, locked and read after the lock."""
    return OrderQuestion.objects.select_for_update(of=("self",)).get(pk=question_id)


def locked_proposal(proposal_id: int) -> RefundProposal:
    """Return the proposal, locked and read after the lock. Lock its order first."""
    return RefundProposal.objects.select_for_update(of=("self",)).select_related("line__order").get(pk=proposal_id)


def lock_order_with_holdings(order_id: int) -> Order:
    """Return the order, locked, and lock what it holds: its bookings with their providers, then its stock."""
    order = locked_order(order_id)
    lines = list(Line.objects.filter(order=order).values_list("booking_id", "stockrecord_id"))
    locked_bookings([booking for booking, _ in lines if booking])
    locked_stock(stockrecord for _, stockrecord in lines if stockrecord)
    return order


def lock_orders_with_holdings(order_ids: Iterable[int]) -> None:
    """Lock several orders in id order, and then what they hold, as `lock_order_with_holdings` does for one."""
    ids = sorted(set(order_ids))
    for order_id in ids:
        locked_order(order_id)
    lines = list(Line.objects.filter(order__in=ids).values_list("booking_id", "stockrecord_id"))
    locked_bookings([booking for booking, _ in lines if booking])
    locked_stock(stockrecord for _, stockrecord in lines if stockrecord)


def locked_stock(stockrecord_ids: Iterable[int]) -> dict[int, StockRecord]:
    """Return counted stock records by id, locked in id order; records that count nothing are left alone."""
    records = (
        StockRecord.objects.filter(pk__in=set(stockrecord_ids), product__product_class__track_stock=True)
        .select_related("product__product_class")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    return {record.pk: record for record in records}
