"""What orders announce. Sent inside the transaction that made it true; a receiver that fails rolls the payment back."""

from django.dispatch import Signal

#: An order is paid and its bookings are confirmed: open what it bought. Argument: `order`.
order_paid = Signal()
#: A paid order is taken back whole before any of it was delivered: close what it opened. Argument: `order`.
order_undone = Signal()

#: A family has money of a line back; the line's `refunded_fen` says how much of it in all. Arguments: `line`, and `key`,
#: which names the refund.
line_refunded = Signal()
