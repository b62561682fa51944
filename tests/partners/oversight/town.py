"""A week that is over, with families in it: enough of some to be told, few enough of others to be withheld."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import HealthcareService
from marketplace.core.needs import Need
from partners.oversight.spans import Span, week_of
from tests import factories


def last_week() -> Span:
    """The week before this one."""
    return week_of(timezone.localdate() - timedelta(days=7))


def on(span: Span, day: int = 2, hour: int = 12) -> datetime:
    """A moment of the span, by Shanghai's clock."""
    return factories.shanghai(span.from_on + timedelta(days=day), hour)


def service_for(need: Need, district: str, **fields: object) -> HealthcareService:
    """A service for a need, in a district."""
    category = factories.make_category(slug=need.value)
    provider = factories.make_provider(partner=factories.make_partner(district=district), needs=[category])
    return factories.make_service(provider, product={"needs": [category]}, **fields)


def asked(service: HealthcareService, number: int, *, span: Span, born_on: date | None = None) -> None:
    """So many children for whom a session was asked in the span."""
    for place in range(number):
        child = factories.make_child(factories.make_user(), born_on=born_on)
        booking = factories.make_booking(
            service=service, child=child, starts_at=on(span, 6, 1) + timedelta(hours=place + 24), booked_by=child.guardians.get(),
            status=BookingStatus.CANCELLED, cancelled_by="guardian", cancelled_at=on(span),
        )  # fmt: skip
        type(booking).objects.filter(pk=booking.pk).update(created_at=on(span))
