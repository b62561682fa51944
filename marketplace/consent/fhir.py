"""A consent as a FHIR R4B Consent, out and in.

fhir.resources knows the structure and lets any word pass for a code, so codes are checked here: the required bindings of
R4B, and our own systems. What is read in becomes terms that a family can be asked about; it never opens anything by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from .enums import ConsentEventKind, ConsentState, DataItem, GivenAs, GranteeKind, Purpose
from .models import Consent
from .rules import state_of

Resource = dict[str, Any]

ITEMS = "https://xinqiao.example/fhir/data-item"
PURPOSES = "https://xinqiao.example/fhir/purpose"
_ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_URI = "urn:ietf:rfc:3986"

#: Consent.status is a required binding: draft, proposed, active, rejected, inactive, entered-in-error.
STATUS = {
    ConsentState.WAITING: "proposed",
    ConsentState.COMING: "active",
    ConsentState.IN_FORCE: "active",
    ConsentState.DECLINED: "rejected",
    ConsentState.ENDED: "inactive",
    ConsentState.REVOKED: "inactive",
}
_STATUSES = {*STATUS.values(), "draft", "entered-in-error"}
#: HL7's purposes of use, where one says what we mean.
_REASONS = {Purpose.GUARDIANSHIP: "FAMRQT", Purpose.CARE: "TREAT", Purpose.REFERRAL: "COC", Purpose.SAFETY: "ETREAT"}
_KINDS = {GranteeKind.ORGANISATION: "Organization", GranteeKind.PERSON: "Person"}


class NotUnderstood(ValueError):
    """A resource that is no consent of ours; says where, never with which value."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a consent asks for: about whom, for whom, what, which records (empty: all), for what, until when."""

    child_id: UUID
    grantee_kind: GranteeKind
    grantee_id: UUID
    grantee_label: str
    items: tuple[DataItem, ...]
    records: tuple[UUID, ...]
    purpose: Purpose
    since: datetime
    until: datetime


def resource_of(consent: Consent, now: datetime) -> Resource:
    """Return a consent as it stands at a moment as a FHIR R4B Consent; reads its events and its child."""
    return {
        "resourceType": "Consent",
        "id": str(consent.public_id),
        "status": STATUS[state_of(consent, now)],
        "scope": {"coding": [_coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy")]},
        "category": [{"coding": [_coding("http://loinc.org", "59284-0")]}],
        "patient": {"reference": f"Patient/{consent.child.public_id}"},
        "dateTime": consent.created_at.isoformat(),
        "policyRule": {
            "coding": [_coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN")],
            "text": "PIPL",
        },
        "verification": _verifications(consent),
        "provision": _provision(consent),
    }


def terms_of(resource: Resource) -> Terms:
    """Return the terms of a FHIR R4B Consent written with our codes. Raises NotUnderstood."""
    from fhir.resources.R4B.consent import Consent as FhirConsent  # slow to import, and seldom needed
    from pydantic import ValidationError

    try:
        read = FhirConsent.model_validate(resource)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise NotUnderstood(f"no Consent of R4B: {where}") from None
    provision = read.provision
    if read.status not in _STATUSES or provision is None or provision.type != "permit" or provision.provision:
        raise NotUnderstood("status, provision.type")
    actors = provision.actor or []
    if len(actors) != 1 or provision.period is None or read.patient is None:
        raise NotUnderstood("provision.actor, provision.period, patient")
    kinds = {word: kind for kind, word in _KINDS.items()}
    return Terms(
        child_id=_id_in("patient", (read.patient.reference or "").removeprefix("Patient/")),
        grantee_kind=_one("provision.actor", [kinds.get(actors[0].reference.type or "")]),
        grantee_id=_uuid_of("provision.actor", actors[0].reference.identifier),
        grantee_label=actors[0].reference.display or "",
        items=_codes("provision.code", _codings(provision.code), ITEMS, DataItem),
        records=tuple(_record(data) for data in provision.data or []),
        purpose=_one("provision.purpose", _codes("provision.purpose", provision.purpose, PURPOSES, Purpose)),
        since=_moment(provision.period.start),
        until=_moment(provision.period.end),
    )


def _provision(consent: Consent) -> Resource:
    reason = _REASONS.get(Purpose(consent.purpose))
    provision: Resource = {
        "type": "permit",
        "period": {"start": consent.valid_from.isoformat(), "end": consent.valid_until.isoformat()},
        "actor": [
            {
                "role": {"coding": [_coding("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP")]},
                "reference": {
                    "type": _KINDS[GranteeKind(consent.grantee_kind)],
                    "identifier": _identifier(consent.grantee_id),
                    "display": consent.grantee_label,
                },
            }
        ],
        "securityLabel": [
            _coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R"),
            _coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY"),
        ],
        "purpose": [_coding(PURPOSES, consent.purpose)] + ([_coding(_ACT_REASON, reason)] if reason else []),
        "code": [{"coding": [_coding(ITEMS, item)]} for item in consent.items],
    }
    if consent.records:
        provision["data"] = [
            {"meaning": "instance", "reference": {"identifier": _identifier(record)}} for record in consent.records
        ]
    return provision


def _verifications(consent: Consent) -> list[Resource]:
    """Who agreed, as what; a guardian by the relation alone."""
    patient = {"reference": f"Patient/{consent.child.public_id}"}
    guardian = {"type": "RelatedPerson", "display": str(GivenAs.GUARDIAN.label)}
    return [
        {
            "verified": True,
            "verifiedWith": patient if event.given_as == GivenAs.TEEN else guardian,
            "verificationDate": event.at.isoformat(),
        }
        for event in consent.events.all()
        if event.kind == ConsentEventKind.GRANTED
    ]


def _coding(system: str, code: str) -> Resource:
    return {"system": system, "code": str(code)}


def _identifier(public_id: UUID) -> Resource:
    return {"system": _URI, "value": f"urn:uuid:{public_id}"}


def _codings(concepts: Iterable[Any] | None) -> list[Any]:
    return [coding for concept in concepts or [] for coding in concept.coding or []]


def _codes(where: str, codings: Iterable[Any] | None, system: str, words: Any) -> tuple[Any, ...]:
    """The words of our system among codings; a code of ours that does not exist is refused, others' are passed over."""
    codes = [coding.code for coding in codings or [] if coding.system == system]
    if not codes or not set(codes) <= set(words.values):
        raise NotUnderstood(where)
    return tuple(words(code) for code in dict.fromkeys(codes))


def _one(where: str, found: Iterable[Any]) -> Any:
    values = list(found)
    if len(values) != 1 or values[0] is None:
        raise NotUnderstood(where)
    return values[0]


def _record(data: Any) -> UUID:
    if data.meaning != "instance":  # a required binding; "related" and the like would open more than is named
        raise NotUnderstood("provision.data.meaning")
    return _uuid_of("provision.data", data.reference.identifier)


def _uuid_of(where: str, identifier: Any) -> UUID:
    if identifier is None or identifier.system != _URI:
        raise NotUnderstood(where)
    return _id_in(where, (identifier.value or "").removeprefix("urn:uuid:"))


def _id_in(where: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotUnderstood(where) from None


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise NotUnderstood("provision.period")
    return value
