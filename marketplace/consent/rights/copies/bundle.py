"""A FHIR R4B Bundle of a person's records, checked by fhir.resources and then for what that library does not check.

The library knows the structure alone: it takes any word for a code and any resource for a reference (tried with 8.3:
`Slot.status = "banana"` passes). Value sets of required bindings and the kinds a reference may lead to stand here.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

Resource = dict[str, Any]

#: Required bindings of the fields we write (hl7.org/fhir/R4B), by resource and path.
VALUE_SETS: dict[tuple[str, str], frozenset[str]] = {
    ("Appointment", "status"): frozenset(
        "proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist".split()
    ),
    ("Appointment", "participant.status"): frozenset("accepted declined tentative needs-action".split()),
    ("AuditEvent", "action"): frozenset("CRUDE"),
    ("AuditEvent", "outcome"): frozenset({"0", "4", "8", "12"}),
    ("CarePlan", "intent"): frozenset("proposal plan order option".split()),
    ("CarePlan", "status"): frozenset("draft active on-hold revoked completed entered-in-error unknown".split()),
    ("CarePlan", "activity.detail.status"): frozenset(
        "not-started scheduled in-progress on-hold completed cancelled stopped unknown entered-in-error".split()
    ),
    ("Consent", "status"): frozenset("draft proposed active rejected inactive entered-in-error".split()),
    ("Consent", "provision.type"): frozenset({"deny", "permit"}),
    ("Goal", "lifecycleStatus"): frozenset(
        "proposed planned accepted active on-hold completed cancelled entered-in-error rejected".split()
    ),
    ("Invoice", "status"): frozenset("draft issued balanced cancelled entered-in-error".split()),
    ("Invoice", "totalGross.currency"): frozenset({"CNY"}),
    ("Patient", "name.use"): frozenset("usual official temp nickname anonymous old maiden".split()),
    ("Patient", "gender"): frozenset("male female other unknown".split()),
    ("Person", "name.use"): frozenset("usual official temp nickname anonymous old maiden".split()),
    ("Person", "telecom.system"): frozenset("phone fax email pager url sms other".split()),
    ("ServiceRequest", "intent"): frozenset("proposal plan directive order option".split()),
    ("ServiceRequest", "status"): frozenset("draft active on-hold revoked completed entered-in-error unknown".split()),
}
#: Codes of systems we use, where the binding is wider than what we mean.
CODES: dict[str, frozenset[str]] = {
    "http://terminology.hl7.org/CodeSystem/v3-RoleCode": frozenset({"MTH", "FTH", "GRPRN", "GUARD"}),
    "http://terminology.hl7.org/CodeSystem/consentscope": frozenset({"patient-privacy"}),
    "http://terminology.hl7.org/CodeSystem/audit-event-type": frozenset({"rest"}),
    "http://terminology.hl7.org/CodeSystem/v3-ParticipationType": frozenset({"IRCP"}),
    "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason": frozenset({"pat", "prov", "other"}),
    "http://loinc.org": frozenset({"59284-0"}),
}
#: What a reference may lead to.
TARGETS: dict[tuple[str, str], frozenset[str]] = {
    ("Appointment", "basedOn"): frozenset({"ServiceRequest"}),
    ("Appointment", "participant.actor"): frozenset(
        "Patient Practitioner PractitionerRole RelatedPerson Device HealthcareService Location".split()
    ),
    ("CarePlan", "goal"): frozenset({"Goal"}),
    ("CarePlan", "subject"): frozenset({"Patient", "Group"}),
    ("Consent", "patient"): frozenset({"Patient"}),
    ("Goal", "subject"): frozenset({"Patient", "Group", "Organization"}),
    ("Invoice", "subject"): frozenset({"Patient", "Group"}),
    ("Person", "link.target"): frozenset({"Patient", "Practitioner", "RelatedPerson", "Person"}),
    ("RelatedPerson", "patient"): frozenset({"Patient"}),
    ("ServiceRequest", "basedOn"): frozenset({"CarePlan", "ServiceRequest", "MedicationRequest"}),
    ("ServiceRequest", "subject"): frozenset({"Patient", "Group", "Location", "Device"}),
}


class NotValidFhir(Exception):
    """A resource breaks FHIR R4B; says where, never with which value."""


def bundle_of(resources: Iterable[Resource], *, made_at: datetime) -> str:
    """Return the resources as one Bundle of type collection, in JSON; each once. Raises NotValidFhir."""
    from fhir.resources.R4B.bundle import Bundle  # slow to import, and needed by the worker alone
    from pydantic import ValidationError

    once = {(each["resourceType"], each["id"]): each for each in resources}
    entries = [
        {"fullUrl": f"urn:uuid:{resource_id}", "resource": _resolved(resource, once.keys())}
        for (_kind, resource_id), resource in once.items()
    ]
    for resource in once.values():
        _check(resource)
    whole: Resource = {"resourceType": "Bundle", "type": "collection", "timestamp": made_at.isoformat()}
    if entries:
        whole["entry"] = entries
    try:
        text: str = Bundle.model_validate(whole).model_dump_json()
    except ValidationError as error:
        places = sorted({".".join(map(str, each["loc"])) for each in error.errors()})
        raise NotValidFhir(f"not R4B at {', '.join(places)}") from None
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2)


def _resolved(value: Any, known: Iterable[tuple[str, str]]) -> Any:
    """Turn "Patient/<id>" into the entry's address, or, where there is no such entry, into a logical reference."""
    if isinstance(value, list):
        return [_resolved(each, known) for each in value]
    if not isinstance(value, dict):
        return value
    if "reference" in value and isinstance(value["reference"], str):
        kind, _, resource_id = value["reference"].partition("/")
        if (kind, resource_id) in known:
            return value | {"reference": f"urn:uuid:{resource_id}", "type": kind}
        identifier = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{resource_id}"}
        return {"type": kind, "identifier": identifier}
    return {key: _resolved(each, known) for key, each in value.items()}


def _check(resource: Resource) -> None:
    kind = resource["resourceType"]
    for path, value in _leaves(resource):
        allowed = VALUE_SETS.get((kind, path))
        if allowed is not None and value not in allowed:
            raise NotValidFhir(f"{kind}.{path} is not in its value set")
        if path.endswith(".reference") or path == "reference":
            _check_target(kind, path.removesuffix(".reference"), str(value))
    for coding in _codings(resource):
        if coding.get("code") not in CODES.get(coding.get("system", ""), frozenset()):
            raise NotValidFhir(f"{kind} uses an unknown code")


def _check_target(kind: str, path: str, reference: str) -> None:
    allowed = TARGETS.get((kind, path))
    if allowed is not None and reference.partition("/")[0] not in allowed:
        raise NotValidFhir(f"{kind}.{path} leads to the wrong kind of resource")


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, path)
    else:
        yield path, value


def _codings(value: Any) -> Iterator[Resource]:
    if isinstance(value, dict):
        if "code" in value and "system" in value:
            yield value
        for each in value.values():
            yield from _codings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _codings(each)
