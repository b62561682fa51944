"""What the portal shows."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from catalog.catalogue.enums import ProductKind, SaleState
from catalog.catalogue.models import Product
from catalog.fulfilment.models import Shipment
from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.models import Booking, HealthcareService, Occupancy, Provider
from catalog.scheduling.selectors import load_timetables, open_requests
from catalog.scheduling.selectors.bookings import in_force
from marketplace.core.encryption.keys import prefetch_keys

from .planner import PortalWeek, plan_week
from .rules import Portal


def local_midnight(on: date) -> datetime:
    """Return the instant at which a local day begins."""
    return timezone.make_aware(datetime.combine(on, time.min))


def provider_of(portal: Portal, public_id: UUID) -> Provider:
    """Return one provider of the portal; 404 for anybody else's."""
    return get_object_or_404(portal.providers(), public_id=public_id)


def sessions_of(portal: Portal) -> QuerySet[Occupancy]:
    """Return the live sessions of the portal's providers, each with its bookings in force and their children.

    Holds that have ended are left out of `places`; their time is free again, though it may still stand as taken.
    """
    bookings = (
        Booking.objects.filter(in_force(now=timezone.now()))
        .select_related("child", "order_line__order", "service", "occupancy__provider")
        .order_by("created_at")
    )
    return (
        Occupancy.objects.filter(provider__in=portal.providers(), is_live=True)
        .exclude(kind=OccupancyKind.BLOCKED)
        .select_related("provider", "service__product", "location", "room")
        .prefetch_related(Prefetch("bookings", bookings, to_attr="places"))
        .order_by("starts_at", "provider_id")
    )


def occupancies_between(
    portal: Portal, from_on: date, to_on: date, provider: Provider | None = None
) -> QuerySet[Occupancy]:
    """Return the live sessions of the days from_on to to_on (inclusive), of all providers or of one."""
    found = sessions_of(portal).filter(
        starts_at__gte=local_midnight(from_on), starts_at__lt=local_midnight(to_on + timedelta(days=1))
    )
    return found.filter(provider=provider) if provider else found


def reservations_between(
    portal: Portal, from_on: date, to_on: date, provider: Provider | None = None
) -> QuerySet[Occupancy]:
    """Return the rooms and lines that are kept for providers' own work in those days."""
    found = Occupancy.objects.filter(
        provider__in=[provider] if provider else portal.providers(),
        is_live=True,
        kind=OccupancyKind.BLOCKED,
        starts_at__gte=local_midnight(from_on),
        starts_at__lt=local_midnight(to_on + timedelta(days=1)),
    )
    return found.select_related("provider", "room").order_by("starts_at", "provider_id")


def groups_of(portal: Portal) -> QuerySet[Occupancy]:
    """Return the group sessions that are not over, the next one first, as `sessions_of` loads them."""
    return sessions_of(portal).filter(kind=OccupancyKind.GROUP, ends_at__gt=timezone.now())


def group_services_of(portal: Portal) -> QuerySet[HealthcareService]:
    """Return the groups whose dates this person may plan: those that one of their providers gives, on sale."""
    return (
        HealthcareService.objects.filter(
            product__kind=ProductKind.GROUP,
            product__is_public=True,
            product__sale_state=SaleState.ON_SALE,
            providers__in=portal.providers(),
        )
        .select_related("product")
        .order_by("product__title", "pk")
        .distinct()
    )


def requests_of(portal: Portal) -> QuerySet[Booking]:
    """Return the paid requests that this person may answer, the most urgent first."""
    return open_requests([portal.partner]).filter(occupancy__provider__in=portal.providers())


def open_notes(occupancies: Iterable[Occupancy]) -> None:
    """Fetch the keys of what families wrote when they booked, for all of a day's places at once."""
    places = (
        booking
        for occupancy in occupancies
        for booking in occupancy.places  # type: ignore[attr-defined]  # a Prefetch's to_attr
    )
    prefetch_keys(booking.order_line.order for booking in places if hasattr(booking, "order_line"))


def week_of(portal: Portal, monday: date, provider: Provider | None = None) -> PortalWeek:
    """Return the week from `monday`, of one provider or of all the portal's: taken times and free hours."""
    now = timezone.now()
    sunday = monday + timedelta(days=6)
    active = [provider.pk] if provider else portal.providers().filter(is_active=True).values_list("pk", flat=True)
    timetables = load_timetables(
        list(active), begin=local_midnight(monday), end=local_midnight(sunday + timedelta(days=1)), now=now
    )
    taken = [
        *occupancies_between(portal, monday, sunday, provider),
        *reservations_between(portal, monday, sunday, provider),
    ]
    return plan_week(monday, now, taken, list(timetables.values()))


def products_of(portal: Portal) -> QuerySet[Product]:
    """Return everything the partner offers, sessions first, with what the list shows."""
    return (
        Product.objects.filter(stockrecords__partner=portal.partner)
        .select_related("service")
        .prefetch_related("stockrecords", "service__providers")
        .order_by("-kind", "title", "pk")
        .distinct()
    )


def services_of(portal: Portal) -> QuerySet[HealthcareService]:
    """Return the sessions of the partner that a package may be good for: individual ones."""
    return (
        HealthcareService.objects.filter(product__stockrecords__partner=portal.partner)
        .exclude(product__kind=ProductKind.GROUP)
        .select_related("product")
        .order_by("product__title", "pk")
    )


def shipments_of(portal: Portal) -> QuerySet[Shipment]:
    """Return the partner's parcels, those to send first."""
    return (
        Shipment.objects.filter(partner=portal.partner)
        .select_related("order__shipping_address", "order__user")
        .prefetch_related("lines__product")
        .order_by(F("shipped_at").desc(nulls_first=True), "created_at")
    )
