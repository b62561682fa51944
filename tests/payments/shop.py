"""A payable of the tests' own: orders that hold slots, each slot sold once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from payments.payables import Acceptance, NeutralDescription, PayableView, RefundNews


@dataclass
class Order:
    """One order for one slot; `refunds` collects what payments told."""

    pk: int
    amount_fen: int
    slot: int
    state: str = "pending"
    refunds: list[RefundNews] = field(default_factory=list)


class Shop:
    """Implements payments.payables.Payable. Kept in memory, locked in the database."""

    kind = "test-order"

    def __init__(self) -> None:
        self.orders: dict[int, Order] = {}
        self.accepted: list[int] = []

    def place(self, *, amount_fen: int = 36000, slot: int = 0) -> Order:
        """A new pending order that holds a slot."""
        order = Order(len(self.orders) + 1, amount_fen, slot or len(self.orders) + 1)
        self.orders[order.pk] = order
        return order

    def holders(self, slot: int) -> list[Order]:
        """Orders that have the slot now, paid or held."""
        return [o for o in self.orders.values() if o.slot == slot and o.state in ("pending", "paid")]

    def lock(self, payable_id: int) -> PayableView:
        """Lock for the rest of the transaction, on the connection of the caller."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [4711, payable_id])
        order = self.orders[payable_id]
        return PayableView(payable_id, order.amount_fen, awaits_payment=order.state == "pending")

    def describe(self, payable_id: int) -> NeutralDescription:
        """Neutral words."""
        return NeutralDescription("健康服务 1 项", f"XQ{payable_id:06d}", "青禾（示例）", f"/orders/{payable_id}/")

    def accept(self, payable_id: int, *, paid_at: datetime, amount_fen: int) -> Acceptance:
        """Paid, or refused when cancelled or when another order has the slot by now."""
        order = self.orders[payable_id]
        if order.state == "cancelled":
            return Acceptance.refused("cancelled")
        if order.state == "expired" and self.holders(order.slot):
            return Acceptance.refused("slot_taken")
        order.state = "paid"
        self.accepted.append(payable_id)
        return Acceptance.taken()

    def release(self, payable_id: int, *, reason: str) -> None:
        """The hold is over."""
        self.orders[payable_id].state = reason

    def refunded(self, payable_id: int, *, refund: RefundNews) -> None:
        """Remember what was told."""
        self.orders[payable_id].refunds.append(refund)


def shop_registered() -> Iterator[Shop]:
    """A fresh shop under its kind while the test runs."""
    from payments import payables

    shop = Shop()
    payables.register_payable(shop)
    yield shop
    payables._payables.pop(Shop.kind)
