"""Our rows as FHIR's resources (R4)."""

from typing import Any

from django.utils.translation import gettext as _

from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.fhir import appointment
from catalog.scheduling.models import HealthcareService, Occupancy, Provider
from catalog.scheduling.selectors import Slot

from ..sights import Sight

Resource = dict[str, Any]


def practitioner(provider: Provider) -> Resource:
    """Return who gives care."""
    found: Resource = {
        "resourceType": "Practitioner",
        "id": str(provider.public_id),
        "active": provider.is_active,
        "name": [{"text": provider.name}],
    }
    if provider.credential:
        found["qualification"] = [{"code": {"text": provider.credential}}]
    if provider.languages:
        found["communication"] = [{"text": language} for language in provider.languages]
    return found


def healthcare_service(service: HealthcareService) -> Resource:
    """Return what can be booked."""
    return {
        "resourceType": "HealthcareService",
        "id": str(service.product_id),
        "active": service.product.is_public,
        "name": service.product.title,
        "appointmentRequired": True,
        "extraDetails": _("{minutes} 分钟").format(minutes=service.duration_minutes),
    }


def schedule(provider: Provider) -> Resource:
    """Return a provider's calendar: one each, with the provider's id."""
    return {
        "resourceType": "Schedule",
        "id": str(provider.public_id),
        "active": provider.is_active,
        "actor": [{"reference": f"Practitioner/{provider.public_id}", "display": provider.name}],
    }


def free_slot_id(provider: Provider, service_id: int, slot: Slot) -> str:
    """Return the id of a free time: free times are reckoned and not kept, so it says which one it is."""
    return f"{provider.public_id}-{int(slot.starts_at.timestamp())}-{service_id}"


def free_slot(provider: Provider, service: HealthcareService, slot: Slot) -> Resource:
    """Return a time that can be booked now."""
    return {
        "resourceType": "Slot",
        "id": free_slot_id(provider, service.product_id, slot),
        "schedule": {"reference": f"Schedule/{provider.public_id}"},
        "serviceType": [{"text": service.product.title}],
        "status": "free",
        "start": slot.starts_at.isoformat(),
        "end": slot.ends_at.isoformat(),
    }


def busy_slot(occupancy: Occupancy) -> Resource:
    """Return a time that is taken; by whom, it does not say."""
    return {
        "resourceType": "Slot",
        "id": str(occupancy.public_id),
        "schedule": {"reference": f"Schedule/{occupancy.provider.public_id}"},
        "status": "busy-unavailable" if occupancy.kind == OccupancyKind.BLOCKED else "busy",
        "start": occupancy.starts_at.isoformat(),
        "end": occupancy.ends_at.isoformat(),
    }


def booked(sight: Sight) -> Resource:
    """Return a booking; who comes has neither name nor id here, so that no two organisations can compare."""
    booking = sight.booking
    found = appointment(booking, full=sight.detail)
    patient = f"Patient/{booking.child.public_id}"
    for each in found["participant"]:
        if each["actor"].get("reference") == patient:
            each["actor"] = {"display": _("来访者")}
    provider = booking.occupancy.provider
    found["participant"][-1]["actor"]["reference"] = f"Practitioner/{provider.public_id}"
    return found


def outcome(code: str, words: str) -> Resource:
    """Return an error."""
    issue = {"severity": "error", "code": code, "diagnostics": words}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def bundle(base: str, asked: str, resources: list[Resource], following: str = "") -> Resource:
    """Return what a search found, with the way to the next page."""
    links = [{"relation": "self", "url": asked}]
    if following:
        links.append({"relation": "next", "url": following})
    found: Resource = {"resourceType": "Bundle", "type": "searchset", "link": links}
    if resources:
        found["entry"] = [
            {
                "fullUrl": f"{base}/{each['resourceType']}/{each['id']}",
                "resource": each,
                "search": {"mode": "match"},
            }
            for each in resources
        ]
    return found
