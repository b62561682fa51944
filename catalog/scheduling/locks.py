"""Every row lock of scheduling. Order: provider, child with the person who books, occupancy, booking.

The locks leave keys alone (FOR NO KEY UPDATE): a row that merely points to a provider need not wait for a booking.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from catalog.catalogue.enums import SaleState
from marketplace.families.models import Child, Guardianship

from .models import Booking, Provider


def locked_providers(provider_ids: Collection[int]) -> list[Provider]:
    """Return these providers, locked in id order; whoever changes their time waits for us."""
    return list(
        Provider.objects.filter(pk__in=provider_ids).order_by("pk").select_for_update(no_key=True, of=("self",))
    )


def locked_provider_of_service(*, provider_id: int, service_id: int) -> Provider | None:
    """Return the provider, locked, when active and giving this service while it is on sale; else None."""
    return (
        Provider.objects.filter(
            pk=provider_id,
            is_active=True,
            services=service_id,
            services__product__sale_state=SaleState.ON_SALE,
            services__product__is_public=True,
        )
        .order_by()
        .select_for_update(no_key=True, of=("self",))
        .first()
    )


def locked_guardianship(*, guardian_id: int, child_id: int) -> Guardianship | None:
    """Return that this person cares for this child, with both locked; None when they do not.

    The child's lock keeps it from two places at once, the person's keeps the limit of holds.
    """
    return (
        Guardianship.objects.filter(guardian_id=guardian_id, child_id=child_id, child__archived_at__isnull=True)
        .select_related("guardian", "child")
        .order_by()
        .select_for_update(no_key=True, of=("child", "guardian"))
        .first()
    )


def locked_child(child_id: int) -> Child:
    """Return the child, locked: nobody else books for it meanwhile."""
    return Child.objects.select_for_update(no_key=True, of=("self",)).get(pk=child_id)


def locked_bookings(booking_ids: Collection[int]) -> list[Booking]:
    """Return these bookings with occupancy and service, locked with their occupancies after their providers, by id.

    Every change of a booking takes its provider's lock first, so what is read here stays as it is.
    """
    providers = Booking.objects.filter(pk__in=booking_ids).values_list("occupancy__provider_id", flat=True)
    locked_providers(set(providers))
    return list(_with_occupancy(booking_ids).select_for_update(no_key=True, of=("self", "occupancy")))


def _with_occupancy(booking_ids: Collection[int]) -> QuerySet[Booking]:
    return Booking.objects.filter(pk__in=booking_ids).select_related("occupancy", "service").order_by("pk")
