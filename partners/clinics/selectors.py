"""What the portal shows."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.fulfilment.models import Shipment
from catalog.scheduling.enums import BookingStatus, OccupancyKind
from catalog.scheduling.models import Booking, Occupancy, Provider

from .rules import Portal


@dataclass
class PortalDay:
    """One day of the week view: its date and the taken times in it."""

    on: date
    is_today: bool
    occupancies: list[Occupancy] = field(default_factory=list)


def local_midnight(on: date) -> datetime:
    """Return the instant at which a local day begins."""
    return timezone.make_aware(datetime.combine(on, time.min))


def occupancies_between(
    portal: Portal, from_on: date, to_on: date, provider: Provider | None = None
) -> QuerySet[Occupancy]:
    """Return the live sessions of the days from_on to to_on (inclusive), each with its bookings and children."""
    providers = portal.providers()
    bookings = (
        Booking.objects.exclude(status=BookingStatus.CANCELLED)
        .select_related("child", "order_line__order", "service")
        .order_by("created_at")
    )
    found = Occupancy.objects.filter(
        provider__in=[provider] if provider else providers,
        is_live=True,
        starts_at__gte=local_midnight(from_on),
        starts_at__lt=local_midnight(to_on + timedelta(days=1)),
    )
    return (
        found.exclude(kind=OccupancyKind.BLOCKED)
        .select_related("provider", "service__product", "location")
        .prefetch_related(Prefetch("bookings", bookings, to_attr="places"))
        .order_by("starts_at", "provider_id")
    )


def week_of(portal: Portal, monday: date, today: date, provider: Provider | None = None) -> list[PortalDay]:
    """Return seven days from `monday` with their taken times."""
    days = {on: PortalDay(on, on == today) for on in (monday + timedelta(days=n) for n in range(7))}
    for occupancy in occupancies_between(portal, monday, monday + timedelta(days=6), provider):
        days[timezone.localtime(occupancy.starts_at).date()].occupancies.append(occupancy)
    return list(days.values())


def products_of(portal: Portal) -> QuerySet[Product]:
    """Return everything the partner offers, sessions first, with what the list shows."""
    return (
        Product.objects.filter(stockrecords__partner=portal.partner)
        .select_related("service")
        .prefetch_related("stockrecords", "service__providers")
        .order_by("-kind", "title", "pk")
        .distinct()
    )


def shipments_of(portal: Portal) -> QuerySet[Shipment]:
    """Return the partner's parcels, those to send first."""
    return (
        Shipment.objects.filter(partner=portal.partner)
        .select_related("order__shipping_address")
        .prefetch_related("lines__product")
        .order_by("shipped_at", "-created_at")
    )
