"""A booking as FHIR's Appointment, in every state."""

import pytest
from django.utils import timezone

from catalog.scheduling.enums import Attendee, BookingStatus, CancelledBy
from catalog.scheduling.fhir import appointment, fhir_status
from marketplace.consent.rights.copies.bundle import bundle_of
from tests.factories import make_booking

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", BookingStatus)
@pytest.mark.parametrize("full", [True, False])
def test_every_state_is_valid_fhir(status, full):
    booking = make_booking(status=status)
    resource = appointment(booking, full=full)
    bundle_of([resource], made_at=timezone.now())
    assert resource["status"] == fhir_status(booking) == status.value
    assert (booking.service.product.title in str(resource)) is full
    assert (booking.occupancy.provider.name in str(resource)) is full


@pytest.mark.parametrize("by", CancelledBy)
def test_who_cancelled_is_said_in_fhirs_words(by):
    resource = appointment(make_booking(status=BookingStatus.CANCELLED, cancelled_by=by), full=True)
    bundle_of([resource], made_at=timezone.now())
    codes = [coding["code"] for coding in resource.get("cancelationReason", {}).get("coding", [])]
    assert codes == {"family": ["pat"], "provider": ["prov"], "platform": ["other"], "expiry": []}[by]


def test_a_request_waits_for_its_provider_and_a_guardian_may_come_along():
    resource = appointment(make_booking(status=BookingStatus.PROPOSED, attendee=Attendee.GUARDIAN), full=True)
    assert [each["status"] for each in resource["participant"]] == ["accepted", "accepted", "needs-action"]
