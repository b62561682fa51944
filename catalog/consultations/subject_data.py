"""What sessions hold about people: that they were there, and what they left for an emergency."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stays
from marketplace.core.encryption.keys import prefetch_keys

from .models import Emergency, Encounter, Visit, Whereabouts

_VIRTUAL = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "VR", "display": "virtual"}


def _visits(subject: Subject) -> "QuerySet[Visit]":
    """Of a child those that filled its places; of an adult their own."""
    mine = Q(bookings__child=subject.child) if subject.child else Q(pk__in=[])
    if subject.user:
        mine |= Q(person=subject.user)
    found = Visit.objects.filter(mine).distinct()
    return found.select_related("encounter__occupancy__provider__partner").order_by("arrived_at", "pk")


def _whereabouts(subject: Subject) -> "QuerySet[Whereabouts]":
    mine = Q(booking__child=subject.child) if subject.child else Q(given_by=subject.user)
    return Whereabouts.objects.filter(mine).select_related("booking__child").order_by("given_at", "pk")


def _emergencies(subject: Subject) -> "QuerySet[Emergency]":
    """For the young person alone: a worry about safety may be about whoever else asks."""
    child = subject.child
    if child is None or subject.user is None or child.account_id != subject.user.pk:
        return Emergency.objects.none()
    return Emergency.objects.filter(booking__child=child).order_by("raised_at", "pk")


def _visits_section(subject: Subject) -> Section:
    columns = {
        "arrived_at": _("到咨询室"),
        "admitted_at": _("进入"),
        "left_at": _("离开"),
        "organisation": _("机构"),
    }
    rows = [
        {
            "arrived_at": each.arrived_at,
            "admitted_at": each.admitted_at,
            "left_at": each.left_at,
            "organisation": each.encounter.occupancy.provider.partner.name,
        }
        for each in _visits(subject)
    ]
    note = _("会面里的声音、画面和文字从来没有保存过，所以这里没有。")
    return Section("session_visits", _("线上会面"), columns, rows, note=note)


def _whereabouts_section(subject: Subject) -> Section:
    columns = {
        "given_at": _("填写时间"),
        "place": _("会面时在哪里"),
        "contact_name": _("联系人"),
        "contact_phone": _("电话"),
    }
    found = list(_whereabouts(subject))
    prefetch_keys(found)
    rows = [{name: getattr(each, name) for name in columns} for each in found]
    return Section("session_whereabouts", _("为会面留的所在地点和联系人"), columns, rows)


def _emergencies_section(subject: Subject) -> Section:
    rows = [{"raised_at": each.raised_at} for each in _emergencies(subject)]
    return Section("session_emergencies", _("会面中的紧急求助"), {"raised_at": _("时间")}, rows)


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    sections = [_visits_section(subject), _whereabouts_section(subject), _emergencies_section(subject)]
    return [section for section in sections if section.rows]


def _fhir(subject: Subject) -> list[dict[str, Any]] | None:
    if subject.scope is not Scope.FULL or subject.child is None:
        return None
    child = subject.child
    found = Encounter.objects.filter(occupancy__bookings__child=child).distinct().order_by("pk")
    return [_encounter(each, subject) for each in found.select_related("occupancy")]


def _encounter(encounter: Encounter, subject: Subject) -> dict[str, Any]:
    assert subject.child
    bookings = encounter.occupancy.bookings.filter(child=subject.child).order_by("pk")
    resource: dict[str, Any] = {
        "resourceType": "Encounter",
        "id": str(encounter.public_id),
        "status": encounter.status,
        "class": _VIRTUAL,
        "subject": {"reference": f"Patient/{subject.child.public_id}"},
        "appointment": [{"reference": f"Appointment/{each.public_id}"} for each in bookings],
    }
    moments = {"start": encounter.started_at, "end": encounter.ended_at}
    period = {name: moment.isoformat() for name, moment in moments.items() if moment}
    return resource | ({"period": period} if period else {})


def _removals(subject: Subject) -> list[Removal]:
    emergencies = Emergency.objects.filter(booking__child=subject.child) if subject.child else Emergency.objects.none()
    return [
        goes(_("为会面留的所在地点和联系人"), _whereabouts(subject)),
        stays(_visits(subject), record_class="bookings", dated="arrived_at", title=_("线上会面的时间（没有内容）")),
        stays(emergencies, record_class="bookings", dated="raised_at", title=_("会面中发出过紧急求助的时间")),
    ]


def register_subject_data() -> None:
    """Answer for sessions."""
    register(
        SubjectData(
            key="consultations",
            title=_("线上会面"),
            covers=frozenset(f"consultations.{name}" for name in ("Encounter", "Visit", "Whereabouts", "Emergency")),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            fhir=_fhir,
        )
    )


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))
