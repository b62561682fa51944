"""What others may want to know of concerns."""

from django.dispatch import Signal

#: Sent inside the transaction for each text behind a concern that is closed: `ref`, `source`, `outcome` (an Outcome).
concern_closed = Signal()
