"""Which counsellors a young person can show a page of their diary to: those they have a session with, or had lately."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cms.wellbeing.confidants import Confidant, register_confidants
from marketplace.consent.enums import Purpose
from marketplace.core.labels import kept_label
from marketplace.families.models import Child

from .disclosure import KEEPS_OPEN
from .enums import BookingStatus
from .models import Booking, Provider


def counsellors_of(child: Child) -> Iterable[Confidant]:
    """Providers with an account of their own whom the child has a booking with, as long as the booking opens anything."""
    now = timezone.now()
    live = ~Q(status=BookingStatus.CANCELLED) & (~Q(status=BookingStatus.PENDING) | Q(held_until__gt=now))
    booked = Booking.objects.filter(
        live, child=child, occupancy__provider=OuterRef("pk"), occupancy__ends_at__gt=now - KEEPS_OPEN
    )
    providers = Provider.objects.filter(Exists(booked), user__is_active=True).select_related("user", "partner")
    return [
        Confidant(provider.user, kept_label(provider.name, provider.partner.name), Purpose.CARE)
        for provider in providers.order_by("name", "pk")
        if provider.user is not None
    ]


def register_counsellors() -> None:
    """Tell wellbeing."""
    register_confidants(counsellors_of)
