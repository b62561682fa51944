"""What this FHIR interface can do, as it says it of itself."""

from typing import Any

#: Resource -> what it can be searched by: name, FHIR's type.
SEARCHES: dict[str, tuple[tuple[str, str], ...]] = {
    "Practitioner": (),
    "HealthcareService": (),
    "Schedule": (("actor", "reference"),),
    "Slot": (("schedule", "reference"), ("start", "date"), ("status", "token")),
    "Appointment": (("date", "date"), ("practitioner", "reference"), ("status", "token")),
}
#: When what is said here changed last.
CHANGED_ON = "2026-11-23"


def capability_statement(base: str) -> dict[str, Any]:
    """Return the CapabilityStatement."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": CHANGED_ON,
        "kind": "instance",
        "implementation": {"description": "Xinqiao", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "security": {"description": "Authorization: Bearer <key>, with the scope fhir:read"},
                "resource": [_resource(name, searches) for name, searches in SEARCHES.items()],
            }
        ],
    }


def _resource(name: str, searches: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    found: dict[str, Any] = {"type": name, "interaction": [{"code": "read"}, {"code": "search-type"}]}
    if searches:
        found["searchParam"] = [{"name": each, "type": kind} for each, kind in searches]
    return found
