"""Reads of the waiting list."""

from .families import (
    ahead_of,
    entries_of_person,
    entry_for,
    kept_bookings,
    live_offer_of,
    offer_for,
    open_offers_of,
)
from .numbers import WaitingNumbers, waiting_numbers
from .queues import (
    QueueRow,
    anybody_waits_for,
    entries_of,
    offers_open,
    overdue_entries,
    queues,
    services_waited_for,
    starts_offered_to,
)

__all__ = [
    "QueueRow",
    "WaitingNumbers",
    "ahead_of",
    "anybody_waits_for",
    "entries_of",
    "entries_of_person",
    "entry_for",
    "kept_bookings",
    "live_offer_of",
    "offer_for",
    "offers_open",
    "open_offers_of",
    "overdue_entries",
    "queues",
    "services_waited_for",
    "starts_offered_to",
    "waiting_numbers",
]
