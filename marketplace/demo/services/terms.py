"""What else demo services offer: sessions in series, and one that asks its organisation first."""

from django.db.models import QuerySet

from catalog.catalogue.enums import ProductKind
from catalog.partner.enums import OrganisationType
from catalog.scheduling.models import HealthcareService

_SERIES = 8


def make_terms() -> bool:
    """Write the terms where they still stand as services are made; returns whether any were written."""
    sessions = HealthcareService.objects.filter(product__is_demo=True, product__kind=ProductKind.SESSION)
    written = sessions.filter(series_limit=1).update(series_limit=_SERIES)
    return bool(written + _ask_first(sessions))


def _ask_first(sessions: QuerySet[HealthcareService]) -> int:
    """One service of a community has its people look at each request."""
    theirs = sessions.filter(providers__partner__organisation_type=OrganisationType.COMMUNITY).order_by("-pk").first()
    if theirs is None or theirs.needs_confirmation:
        return 0
    return HealthcareService.objects.filter(pk=theirs.pk).update(needs_confirmation=True)
