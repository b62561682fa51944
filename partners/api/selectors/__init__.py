"""Reads of keys and addresses, and of what a key's organisation may read. Everything begins with the organisation."""

from .keeping import addresses_of, deliveries_of, keys_of
from .offer import providers_of, services_of
from .trade import orders_of, shipments_of
from .work import bookings_of, sessions_of

__all__ = [
    "addresses_of",
    "bookings_of",
    "deliveries_of",
    "keys_of",
    "orders_of",
    "providers_of",
    "services_of",
    "sessions_of",
    "shipments_of",
]
