"""Reads: which sessions are concerned, and what could be had instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from catalog.basket.choosing import choose_url
from catalog.catalogue.enums import ProductKind, SaleState
from catalog.scheduling.models import Booking, HealthcareService, Occupancy, Provider
from catalog.scheduling.rules import PAID_AHEAD
from catalog.scheduling.selectors import Slot, next_open_slots

from .enums import Outcome
from .models import Rerouting

#: What is offered instead at most; services that are looked at, and free times of each.
OFFERS = 3
_SERVICES = 8
_TIMES = 400

IS_WITHHELD = Q(occupancy__provider__withheld_at__isnull=False) | Q(service__product__withheld_at__isnull=False)


@dataclass(frozen=True)
class Replacement:
    """A time with somebody else that a family could have instead."""

    service: HealthcareService
    provider: Provider | None
    slot: Slot
    url: str

    @property
    def key(self) -> str:
        """Names it in a form."""
        return f"{self.slot.service_id}@{self.slot.starts_at.isoformat()}"


def bookings_to_reroute(now: datetime) -> "QuerySet[Booking]":
    """Return paid sessions to come whose giver is withheld, or which are, and whose families have not heard of it."""
    told = Rerouting.objects.filter(booking=OuterRef("pk"), outcome=Outcome.OPEN)
    return Booking.objects.filter(
        IS_WITHHELD,
        ~Q(Exists(told)),
        status__in=PAID_AHEAD,
        starts_at__gt=now,
        order_line__order__paid_at__isnull=False,
    ).order_by("starts_at", "pk")


def is_still_withheld(booking: Booking) -> bool:
    """Whether a session still cannot take place, as the database says now."""
    return Booking.objects.filter(IS_WITHHELD, pk=booking.pk).exists()


def replacements(booking: Booking, *, now: datetime) -> list[Replacement]:
    """Return times with others that come nearest to a booking: the same kind, for that age, in that way.

    What shares most needs with it comes first, then what lies nearest in time; one of each service.
    """
    services = list(_services_like(booking))
    slots = next_open_slots(services=services, count=_TIMES, now=now)
    nearest = [
        (service, min(fitting, key=lambda slot: abs(slot.starts_at - booking.starts_at)))
        for service in services
        if (fitting := [slot for slot in slots[service.pk] if booking.mode in slot.modes])
    ]
    nearest.sort(key=lambda pair: (-pair[0].shared, abs(pair[1].starts_at - booking.starts_at)))  # type: ignore[attr-defined]
    return _named(nearest[:OFFERS])


def _services_like(booking: Booking) -> "QuerySet[HealthcareService]":
    product = booking.service.product
    needs = list(product.needs.values_list("pk", flat=True))
    given = Provider.objects.filter(services=OuterRef("pk"), is_active=True, withheld_at=None)
    age = booking.child.age
    return (
        HealthcareService.objects.filter(
            Q(Exists(given)),
            product__kind=product.kind if product.kind != ProductKind.GROUP else ProductKind.SESSION,
            product__is_public=True,
            product__sale_state=SaleState.ON_SALE,
            product__withheld_at=None,
            product__age_from__lte=age,
            product__age_to__gte=age,
            modes__contains=[booking.mode],
        )
        .annotate(shared=Count("product__needs", filter=Q(product__needs__in=needs), distinct=True))
        .select_related("product", "location")
        .order_by("-shared", "pk")[:_SERVICES]
    )


def _named(found: Sequence[tuple[HealthcareService, Slot]]) -> list[Replacement]:
    """Add who would give it, and where it is taken."""
    ids = {slot.provider_ids[0] for _, slot in found if slot.provider_ids}
    providers = Provider.objects.select_related("partner").in_bulk(ids)
    sessions = dict(
        Occupancy.objects.filter(pk__in=[slot.occupancy_id for _, slot in found if slot.occupancy_id]).values_list(
            "pk", "public_id"
        )
    )
    return [
        Replacement(
            service,
            providers.get(slot.provider_ids[0]) if slot.provider_ids else None,
            slot,
            choose_url(
                slot,
                provider_id=slot.provider_ids[0] if slot.provider_ids else None,
                occupancy_public_id=sessions.get(slot.occupancy_id or 0),
            ),
        )
        for service, slot in found
    ]
