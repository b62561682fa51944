"""What orders announce. Sent inside the transaction that made it true; a receiver that fails rolls the payment back."""

from django.dispatch import Signal

#: An order is paid and its bookings are confirmed: open what it bought. Argument: `order`.
order_paid = Signal()
