"""A shop whose orders stand in the database: what a dying process had not committed never happened to them either."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from payments import payables
from payments.payables import Acceptance, PayableView
from tests.payments.shop import Order, Shop


class StoredShop(Shop):
    """Implements payments.payables.Payable; a slot is sold to one order."""

    kind = "proof-order"

    def __init__(self) -> None:
        super().__init__()
        self._do(
            "CREATE TABLE IF NOT EXISTS proof_order"
            " (id bigint PRIMARY KEY, fen bigint, slot int, state text, accepted int DEFAULT 0)"
        )
        self._do("CREATE INDEX IF NOT EXISTS proof_slot ON proof_order (slot)")

    def _do(self, sql: str, *params: object) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []

    def forget(self) -> None:
        """No orders."""
        self._do("DELETE FROM proof_order")

    def count(self) -> int:
        """How many orders there are."""
        return self._do("SELECT count(*) FROM proof_order")[0][0]

    def get(self, pk: int) -> Order:
        """One order as it stands."""
        return Order(*self._do("SELECT id, fen, slot, state FROM proof_order WHERE id = %s", pk)[0])

    def most_often_accepted(self) -> int:
        """How often the order was accepted that was accepted most often."""
        return self._do("SELECT coalesce(max(accepted), 0) FROM proof_order")[0][0]

    def place(self, *, amount_fen: int = 36000, slot: int = 0) -> Order:
        """A new pending order that holds a slot."""
        pk = self.count() + 1
        self._do("INSERT INTO proof_order VALUES (%s, %s, %s, 'pending')", pk, amount_fen, slot)
        return self.get(pk)

    def holders(self, slot: int) -> list[Order]:
        """Orders that have the slot now, paid or held."""
        kept = self._do(
            "SELECT id, fen, slot, state FROM proof_order WHERE slot = %s AND state IN ('pending', 'paid')", slot
        )
        return [Order(*row) for row in kept]

    def lock(self, payable_id: int) -> PayableView:
        """Lock its slot's orders: whether a late one is taken depends on its rivals."""
        rows = self._do(
            "SELECT id, fen, slot, state FROM proof_order WHERE slot = (SELECT slot FROM proof_order WHERE id = %s)"
            " ORDER BY id FOR UPDATE",
            payable_id,
        )
        [order] = [Order(*row) for row in rows if row[0] == payable_id]
        return PayableView(payable_id, order.amount_fen, awaits_payment=order.state == "pending")

    def accept(self, payable_id: int, *, paid_at: datetime, amount_fen: int) -> Acceptance:
        """Paid, or refused when cancelled or when another order has the slot by now."""
        if self.take(payable_id, only="pending"):
            return Acceptance.taken()
        order = self.get(payable_id)
        if order.state == "cancelled":
            return Acceptance.refused("cancelled")
        if order.state == "expired" and self.holders(order.slot):
            return Acceptance.refused("slot_taken")
        self.take(payable_id)
        return Acceptance.taken()

    def take(self, payable_id: int, *, only: str = "") -> bool:
        """Make it paid, in any state or in one `only`; whether it was done."""
        paid = self._do(
            "UPDATE proof_order SET state = 'paid', accepted = accepted + 1 WHERE id = %s AND %s IN ('', state)"
            " RETURNING id",
            payable_id,
            only,
        )
        return bool(paid)

    def release(self, payable_id: int, *, reason: str) -> None:
        """The hold is over."""
        self._do("UPDATE proof_order SET state = %s WHERE id = %s", reason, payable_id)

    def refunded(self, payable_id: int, *, refund: object) -> None:
        """Nothing to do: the proof looks at refunds where they are made."""


def stored_shop() -> Iterator[StoredShop]:
    """A shop registered while the proof runs."""
    shop = StoredShop()
    payables.register_payable(shop)
    yield shop
    payables._payables.pop(shop.kind, None)
    shop._do("DROP TABLE proof_order")
