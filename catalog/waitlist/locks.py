"""Row locks of the waiting list: after providers, rooms, children and bookings; an entry before its offers."""

from collections.abc import Collection

from .enums import LIVE_OFFER_STATES
from .models import WaitlistEntry, WaitlistOffer


def locked_entry(entry_id: int) -> WaitlistEntry:
    """Return an entry, locked and read after the lock: of two freed times it gets one."""
    return WaitlistEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry_id)


def locked_live_offers_of(booking_ids: Collection[int]) -> list[WaitlistOffer]:
    """Return the offers still open or accepted that these places belong to, their entries locked first, by id.

    What is said of a place is said of its offer: a row read before the lock is read again after it.
    """
    offers = WaitlistOffer.objects.filter(places__booking__in=booking_ids, state__in=LIVE_OFFER_STATES).distinct()
    entries = sorted(set(offers.values_list("entry_id", flat=True)))
    for entry_id in entries:
        locked_entry(entry_id)
    return list(offers.select_related("entry__joined_by").order_by("entry_id", "pk")) if entries else []
