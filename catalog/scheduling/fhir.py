"""A booking as FHIR's Appointment (R4)."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .enums import Attendee, BookingStatus, CancelledBy
from .models import Booking

#: https://hl7.org/fhir/R4/valueset-appointmentstatus.html: a hold is pending, a request proposed.
_STATUS = {
    BookingStatus.PENDING: "pending",
    BookingStatus.PROPOSED: "proposed",
    BookingStatus.BOOKED: "booked",
    BookingStatus.FULFILLED: "fulfilled",
    BookingStatus.NOSHOW: "noshow",
    BookingStatus.CANCELLED: "cancelled",
}
_REASONS = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason"
_REASON = {CancelledBy.FAMILY: "pat", CancelledBy.PROVIDER: "prov", CancelledBy.PLATFORM: "other"}

#: Says what bookings are based on, by their ids, as FHIR references.
Basis = Callable[[Collection[Booking]], Mapping[int, str]]
_bases: list[Basis] = []


def register_basis(basis: Basis) -> None:
    """Add something bookings can be based on; called once, when the app that knows it is ready."""
    _bases.append(basis)


def basis_of(bookings: Collection[Booking]) -> dict[int, str]:
    """Return what of these bookings is based on something, and on what."""
    return {booking_id: reference for basis in _bases for booking_id, reference in basis(bookings).items()}


def fhir_status(booking: Booking) -> str:
    """Return the code of Appointment.status."""
    return _STATUS[BookingStatus(booking.status)]


def appointment(booking: Booking, *, full: bool, based_on: str = "") -> dict[str, Any]:
    """Return a booking as a resource; not `full`, it names the organisation only, and not what it is about or based on."""
    partner = booking.occupancy.provider.partner.name
    carer = f"{booking.occupancy.provider.name} · {partner}" if full else partner
    carer_says = "needs-action" if booking.status == BookingStatus.PROPOSED else "accepted"
    found: dict[str, Any] = {
        "resourceType": "Appointment",
        "id": str(booking.public_id),
        "status": fhir_status(booking),
        "start": booking.occupancy.starts_at.isoformat(),
        "end": booking.occupancy.ends_at.isoformat(),
        "created": booking.created_at.isoformat(),
        "participant": [*_comers(booking), {"actor": {"display": carer}, "status": carer_says}],
    }
    if reason := _REASON.get(CancelledBy(booking.cancelled_by)) if booking.cancelled_by else None:
        found["cancelationReason"] = {"coding": [{"system": _REASONS, "code": reason}]}
    if full:
        found["serviceType"] = [{"text": booking.service.product.title}]
        if based_on:
            found["basedOn"] = [{"reference": based_on}]
    return found


def _comers(booking: Booking) -> list[dict[str, Any]]:
    comers = [{"actor": {"reference": f"Patient/{booking.child.public_id}"}, "status": "accepted"}]
    if booking.attendee == Attendee.GUARDIAN:
        comers.append({"actor": {"display": _("陪同的家长")}, "status": "accepted"})
    return comers
