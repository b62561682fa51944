"""When an organisation's providers are busy, and who has a place in that time."""

from django.db.models import QuerySet

from catalog.partner.models import Partner
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking, Occupancy


def sessions_of(partner: Partner) -> QuerySet[Occupancy]:
    """Return the live stretches of time that are taken, each with its provider."""
    return Occupancy.objects.filter(provider__partner=partner, is_live=True).select_related("provider", "service")


def bookings_of(partner: Partner) -> QuerySet[Booking]:
    """Return the bookings with the organisation's providers; holds that nobody paid for are nobody's business."""
    return (
        Booking.objects.filter(occupancy__provider__partner=partner)
        .exclude(status=BookingStatus.PENDING)
        .exclude(status=BookingStatus.CANCELLED, cancelled_by=CancelledBy.EXPIRY)
        .select_related("occupancy__provider__partner", "service__product", "child")
    )
