"""What happens to bookings and orders becomes news for the programs of those concerned, inside its transaction."""

from typing import Any

from django.dispatch import receiver

from catalog.order.models import Line, Order
from catalog.order.signals import order_paid
from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.models import Booking
from catalog.scheduling.signals import attendance_marked, booking_booked, booking_ended, booking_moved

from .enums import EventKind
from .services import tell


def _told(booking: Booking, kind: EventKind) -> None:
    occupancy = booking.occupancy
    about = {
        "booking": str(booking.public_id),
        "status": str(booking.status),
        "starts_at": occupancy.starts_at.isoformat(),
        "ends_at": occupancy.ends_at.isoformat(),
        "provider": str(occupancy.provider.public_id),
    }
    tell(partner_id=occupancy.provider.partner_id, kind=kind, about=about)


@receiver(booking_booked, dispatch_uid="tell_programs_booked")
def booked(*, booking: Booking, **_: Any) -> None:
    """A place is fixed."""
    _told(booking, EventKind.BOOKING_BOOKED)


@receiver(booking_moved, dispatch_uid="tell_programs_moved")
def moved(*, booking: Booking, **_: Any) -> None:
    """A place has another time."""
    _told(booking, EventKind.BOOKING_MOVED)


@receiver(booking_ended, dispatch_uid="tell_programs_ended")
def ended(*, booking: Booking, cancelled_by: str, **_: Any) -> None:
    """A place that was paid for is given back; of holds that nobody paid for no program ever heard."""
    paid = Line.objects.filter(booking=booking, order__paid_at__isnull=False)
    if cancelled_by != CancelledBy.EXPIRY and paid.exists():
        _told(booking, EventKind.BOOKING_CANCELLED)


@receiver(attendance_marked, dispatch_uid="tell_programs_attended")
def attended(*, booking: Booking, **_: Any) -> None:
    """Somebody said whether a session was held."""
    _told(booking, EventKind.BOOKING_ATTENDED)


@receiver(order_paid, dispatch_uid="tell_programs_paid")
def paid(*, order: Order, **_: Any) -> None:
    """Every organisation of the order hears of its own part, by the order's id alone."""
    partners = Line.objects.filter(order=order).order_by("partner_id").values_list("partner_id", flat=True)
    for partner_id in dict.fromkeys(partners):
        if partner_id is not None:
            tell(partner_id=partner_id, kind=EventKind.ORDER_PAID, about={"order": str(order.public_id)})
