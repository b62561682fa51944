"""Row locks of messages: those who write about one booking take turns."""

from catalog.scheduling.models import Booking


def lock_booking(booking_id: int) -> Booking:
    """Return a booking, locked and read after the lock, with those it is about."""
    found = Booking.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("child", "occupancy__provider__partner", "booked_by").get(pk=booking_id)
