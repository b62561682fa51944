"""Who was allowed to see what. On erasure what still stands is taken back; the ledger itself is proof and stays."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.enums import ConsentEventKind, DataItem, GivenAs
from marketplace.consent.fhir import STATUS
from marketplace.consent.models import Consent, ConsentEvent, SafetyOverride, StandingConsent
from marketplace.consent.rules import state_of
from marketplace.core.labels import shown_label

from ..enums import Scope
from ..registry import ErasureOutcome, Section, Subject, SubjectData
from ..removal import Removal, carried_out, foreseen, stays

_ITEMS = dict(DataItem.choices)


def _consents(subject: Subject) -> QuerySet[Consent]:
    mine = Q(child=subject.child) if subject.child else Q(events__by=subject.user)
    return (
        Consent.objects.filter(mine)
        .distinct()
        .select_related("child")
        .prefetch_related("events")
        .order_by("created_at", "pk")
    )


def _consent_row(consent: Consent) -> dict[str, Any]:
    return {
        "id": consent.public_id,
        "who": shown_label(consent.grantee_label),
        "items": [_ITEMS.get(item, item) for item in consent.items],
        "purpose": consent.get_purpose_display(),
        "from": consent.valid_from,
        "until": consent.valid_until,
        "state": state_of(consent, timezone.now()).label,
        "events": [
            {"kind": each.get_kind_display(), "as": each.get_given_as_display(), "at": each.at}
            for each in consent.events.all()
        ],
    }


def _override_row(override: SafetyOverride) -> dict[str, Any]:
    return {
        "opened_at": override.opened_at,
        "items": [_ITEMS.get(item, item) for item in override.items],
        "until": override.expires_at,
        "outcome": override.get_outcome_display(),
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    columns = {
        "who": _("给谁看"),
        "items": _("看什么"),
        "purpose": _("为了什么"),
        "from": _("从"),
        "until": _("到"),
        "state": _("现在"),
    }
    sections = [Section("consents", _("同意记录"), columns, [_consent_row(each) for each in _consents(subject)])]
    if subject.child:
        told = SafetyOverride.objects.filter(child=subject.child, told_at__isnull=False).order_by("opened_at")
        columns = {"opened_at": _("时间"), "items": _("看了什么"), "until": _("到"), "outcome": _("复核")}
        note = _("理由里可能有别人的信息，想知道理由请联系个人信息保护负责人。")
        rows = [_override_row(each) for each in told]
        sections.append(Section("overrides", _("安全例外"), columns, rows, note=note))
    return sections


_SCOPE = {"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}
_CATEGORY = {"system": "http://loinc.org", "code": "59284-0"}  # Consent Document


def _resource(consent: Consent) -> dict[str, Any]:
    return {
        "resourceType": "Consent",
        "id": str(consent.public_id),
        "status": STATUS[state_of(consent, timezone.now())],
        "scope": {"coding": [_SCOPE]},
        "category": [{"coding": [_CATEGORY]}],
        "patient": {"reference": f"Patient/{consent.child.public_id}"},
        "dateTime": consent.created_at.isoformat(),
        # FHIR asks for a rule where a policy is not named; PIPL is ours.
        "policyRule": {"text": "PIPL"},
        "provision": {
            "type": "permit",
            "period": {"start": consent.valid_from.isoformat(), "end": consent.valid_until.isoformat()},
            "actor": [
                {
                    "role": {
                        "coding": [
                            {"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}
                        ]
                    },
                    "reference": {"display": consent.grantee_label},
                }
            ],
            "purpose": [{"display": str(consent.get_purpose_display())}],
            "code": [{"text": str(_ITEMS.get(item, item))} for item in consent.items],
        },
    }


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    if subject.scope is not Scope.FULL or subject.child is None:
        return []
    return [_resource(each) for each in _consents(subject)]


def _removals(subject: Subject) -> list[Removal]:
    title = _("同意和收回的记录")
    removals = [stays(_consents(subject), record_class="consents", dated="valid_until", title=title)]
    if subject.child:
        overrides = SafetyOverride.objects.filter(child=subject.child)
        removals.append(
            stays(
                overrides,
                record_class="crisis_cases",
                dated="opened_at",
                title=_("安全例外的时间和经办（文字随密钥销毁，不再可读）"),
            )
        )
    if subject.user:
        to_me = Consent.objects.filter(grantee_id=subject.user.public_id)
        title = _("别人给您的同意里，您的称呼")
        removals.append(stays(to_me, record_class="consents", dated="valid_until", title=title))
    return removals


def _take_back(subject: Subject) -> None:
    """Revoke what still stands, in the name of whoever asked for the erasure."""
    if subject.child is None or subject.asked_by is None:
        return
    given_as = GivenAs.TEEN if subject.user == subject.asked_by else GivenAs.GUARDIAN
    standing = StandingConsent.objects.filter(child=subject.child, is_live=True, ends_at__gt=timezone.now())
    for consent_id in standing.order_by("consent_id").values_list("consent_id", flat=True).distinct():
        ConsentEvent.objects.create(
            consent_id=consent_id, kind=ConsentEventKind.REVOKED, given_as=given_as, by=subject.asked_by
        )


def _erase(subject: Subject) -> ErasureOutcome:
    _take_back(subject)
    return carried_out(_removals(subject))


DATA = SubjectData(
    key="consents",
    title=_("同意"),
    covers=frozenset({"consent.Consent", "consent.ConsentEvent", "consent.StandingConsent", "consent.SafetyOverride"}),
    export=_export,
    erase=_erase,
    foresee=lambda subject: foreseen(_removals(subject)),
    fhir=_fhir,
)
