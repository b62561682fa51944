"""Who gives care at an organisation, and what it offers."""

from django.db.models import Prefetch, QuerySet

from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.models import HealthcareService, Provider


def providers_of(partner: Partner) -> QuerySet[Provider]:
    """Return the organisation's providers, those who take no bookings now too."""
    return Provider.objects.filter(partner=partner)


def services_of(partner: Partner) -> QuerySet[HealthcareService]:
    """Return what the organisation's providers can be booked for, with its own price and its own providers."""
    return (
        HealthcareService.objects.filter(product__stockrecords__partner=partner)
        .select_related("product")
        .prefetch_related(
            Prefetch("providers", Provider.objects.filter(partner=partner).order_by("pk"), to_attr="own_providers"),
            Prefetch("product__stockrecords", StockRecord.objects.filter(partner=partner), to_attr="own_prices"),
        )
        .distinct()
    )
