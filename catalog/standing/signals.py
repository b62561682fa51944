"""What standing announces, inside the transaction."""

from django.dispatch import Signal

#: Something may no longer, or may again, be booked or bought. Arguments: `product_ids`, `provider_ids` (tuples).
standing_changed = Signal()
